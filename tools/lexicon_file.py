# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes the lexicon's one file: a line that names it, a line of JSON that tells the columns, the columns."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from watchword.core.names.lexicon import MAGIC, UNKNOWN, Totals
from watchword.core.names.tables import TABLE_VERSION


@dataclass(slots=True)
class Row:
    """What is gathered of one skeleton before it is written."""

    given: int = 0
    patronymic: int = 0
    surname: int = 0
    gender: int = 0
    groups: set[str] = field(default_factory=set)
    fathers: set[str] = field(default_factory=set)
    base: str = ""


def contents(rows: Mapping[str, Row], totals: Totals, sources: Mapping[str, str]) -> bytes:
    """The file's bytes; the same from the same rows, whatever their order."""
    names = sorted(rows)
    ordered = [rows[name] for name in names]
    labels = sorted({group for row in ordered for group in row.groups | row.fathers})
    number = {label: at for at, label in enumerate(labels)}
    at_row = {name: at for at, name in enumerate(names)}
    text_at, text = joined([name.encode("ascii") for name in names])
    label_at, label = joined([group.encode("utf-8") for group in labels])
    groups_at, groups = ragged([sorted(number[group] for group in row.groups) for row in ordered])
    fathers_at, fathers = ragged([sorted(number[group] for group in row.fathers) for row in ordered])
    columns: dict[str, NDArray[np.generic]] = {
        "text": text,
        "text_at": text_at,
        "slots": slots(names),
        "given": np.array([row.given for row in ordered], np.uint32),
        "patronymic": np.array([row.patronymic for row in ordered], np.uint32),
        "surname": np.array([row.surname for row in ordered], np.uint32),
        "gender": np.array([row.gender for row in ordered], np.uint8),
        "groups": groups,
        "groups_at": groups_at,
        "fathers": fathers,
        "fathers_at": fathers_at,
        "base": np.array([at_row.get(row.base, UNKNOWN) for row in ordered], np.int32),
        "label": label,
        "label_at": label_at,
    }
    return assembled(columns, {"totals": totals._asdict(), "sources": dict(sorted(sources.items()))})


def offsets(lengths: Iterable[int]) -> NDArray[np.uint32]:
    return np.concatenate([[0], np.cumsum(list(lengths), dtype=np.uint64)]).astype(np.uint32)


def joined(texts: list[bytes]) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    return offsets(map(len, texts)), np.frombuffer(b"".join(texts), np.uint8)


def ragged(lists: list[list[int]]) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
    return offsets(map(len, lists)), np.array([number for row in lists for number in row], np.uint16)


def slots(names: list[str]) -> NDArray[np.int32]:
    """An open table of hashes, at most half full, so that a search ends after a step or two."""
    size = 1 << (2 * len(names)).bit_length()
    taken = [UNKNOWN] * size
    for row, name in enumerate(names):
        slot = crc32(name.encode("ascii")) & (size - 1)
        while taken[slot] != UNKNOWN:
            slot = (slot + 1) & (size - 1)
        taken[slot] = row
    return np.array(taken, np.int32)


def assembled(columns: Mapping[str, NDArray[np.generic]], head: dict[str, object]) -> bytes:
    """The columns behind a head that tells where each begins; each begins at a multiple of 64 bytes."""
    described: list[tuple[str, str, int, int]] = []
    parts: list[bytes] = []
    at = 0
    for name, column in columns.items():
        described.append((name, column.dtype.str, len(column), at))
        body = column.tobytes()
        parts.append(body + bytes(-len(body) % 64))
        at += len(parts[-1])
    line = json.dumps({"table_version": TABLE_VERSION, "size": at, **head, "columns": described}).encode(
        "ascii"
    )
    start = MAGIC + line + b"\n"
    return start + bytes(-len(start) % 64) + b"".join(parts)
