# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a dictionary of names says of a word, as numbers by which two words meet that letters keep apart."""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from hashlib import blake2b
from typing import Protocol

import numpy as np

from watchword.core.screening.index.layout import Int32, UInt64

KIND_BITS = 2


class Kind(IntEnum):
    """Why two words meet, and the lower bits of the key."""

    SURNAME = 0  # the same surname but for the ending of its gender
    GROUP = 1  # one given name in several languages, or its short forms
    FATHER = 2  # a patronymic from the same group


class Counts(Protocol):
    """Bearers by role: of one word, or all that were counted."""

    @property
    def given(self) -> int: ...
    @property
    def patronymic(self) -> int: ...
    @property
    def surname(self) -> int: ...


class Entry(Counts, Protocol):
    """The part of a lexicon's entry that is used here."""

    @property
    def groups(self) -> Sequence[int]: ...
    @property
    def patronymic_of(self) -> Sequence[int]: ...
    @property
    def surname_base(self) -> str: ...


class Lexicon(Protocol):
    """Whatever can say what it knows of a skeleton."""

    @property
    def totals(self) -> Counts: ...
    def look_up(self, skeleton: str) -> Entry: ...


def share_of(entry: Entry, totals: Counts) -> float:
    """The share of people who bear the word in the role in which it is most frequent."""
    return max(
        entry.given / max(totals.given, 1),
        entry.patronymic / max(totals.patronymic, 1),
        entry.surname / max(totals.surname, 1),
    )


def is_surname(entry: Entry, totals: Counts) -> bool:
    """Whether the word is most frequent as a surname, or known as nothing."""
    surname = entry.surname / max(totals.surname, 1)
    return surname >= share_of(entry, totals)


def keys_of(entry: Entry) -> list[int]:
    """The keys of one word; two words with a key in common may be the same name."""
    found = [(group << KIND_BITS) | Kind.GROUP for group in entry.groups]
    found += [(group << KIND_BITS) | Kind.FATHER for group in entry.patronymic_of]
    if entry.surname_base:
        digest = blake2b(entry.surname_base.encode(), digest_size=8).digest()
        found.append(int.from_bytes(digest, "big") >> KIND_BITS << KIND_BITS | Kind.SURNAME)
    return found


def key_columns(words: Iterable[str], lexicon: Lexicon) -> tuple[UInt64, Int32]:
    """Every key with the number of its word, in the order of the words."""
    keys: list[int] = []
    owners: list[int] = []
    for number, word in enumerate(words):
        found = keys_of(lexicon.look_up(word))
        keys += found
        owners += [number] * len(found)
    return np.array(keys, dtype=np.uint64), np.array(owners, dtype=np.int32)
