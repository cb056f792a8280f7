# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whoever lays a copy of the table beside an older one sees what the specification says, and no more."""

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from watchword.matcher import table as tables
from watchword.matcher.keys import Keys
from watchword.matcher.table import Table

Rows = dict[bytes, bytes]
FIRST, OTHER, LATER = (bytes([letter]) * 16 for letter in b"fol")
FIRSTS = [(kind, bytes([kind]) * 16) for kind in range(8)]
TWINS = [*FIRSTS[:5], *((kind, bytes([100 + kind]) * 16) for kind in range(5, 8))]
STRANGERS = [(kind, bytes([200 + kind]) * 16) for kind in range(8)]


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Table:
    """Of two people, and without rows of nobody: they blur what is counted here."""
    monkeypatch.setattr(tables, "random_bytes", lambda size: b"\1" * size)
    made = Table(tmp_path / "table.db", Keys([b"k" * 32]))
    made.put(FIRST, FIRSTS)
    made.put(OTHER, [(0, b"x" * 16)])
    return made


def compared(tmp_path: Path, change: Callable[[], None]) -> list[tuple[int, int, int]]:
    """Of each table: how many rows are new, are gone, and stand where they stood with other bytes."""
    before = copied(tmp_path)
    change()
    return [
        (
            len(now.keys() - then.keys()),
            len(then.keys() - now.keys()),
            sum(now.get(key) != then[key] for key in then.keys() & now.keys()),
        )
        for then, now in zip(before, copied(tmp_path), strict=True)
    ]


def copied(tmp_path: Path) -> list[Rows]:
    base = sqlite3.connect(tmp_path / "table.db")
    return [dict(base.execute(query)) for query in ("select * from places", "select * from cases")]


def test_an_application_by_somebody_known_looks_like_one_by_a_stranger(table: Table, tmp_path: Path) -> None:
    for keys in (TWINS, STRANGERS):
        assert compared(tmp_path, partial(table.put, LATER, keys)) == [(8, 0, 0), (1, 0, 0)]
        table.forget(LATER)


def test_looking_again_at_the_same_answers_changes_no_byte(table: Table, tmp_path: Path) -> None:
    before = (tmp_path / "table.db").read_bytes()
    table.put(FIRST, FIRSTS[::-1])
    assert (tmp_path / "table.db").read_bytes() == before


def test_forgetting_the_last_who_came_tells_nothing_of_others_and_of_an_earlier_one_how_many_keys_met(
    table: Table, tmp_path: Path
) -> None:
    table.put(LATER, TWINS)
    assert compared(tmp_path, partial(table.forget, LATER)) == [(0, 8, 0), (0, 1, 0)]
    table.put(LATER, TWINS)
    # The later one moves into five gaps: that is what the specification admits.
    assert compared(tmp_path, partial(table.forget, FIRST)) == [(0, 8, 5), (0, 1, 0)]
