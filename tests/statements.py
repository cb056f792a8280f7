# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finds the tests that need not be repeated on PostgreSQL: whatever they ask of it, others ask as well.

    pytest -q -p tests.statements -m database tests

It runs them on SQLite and writes ``tests/asked_by_others.txt``, which engines.py reads. A statement is its
SQL without values, the function of ours that asks it, and whether it was refused. Whoever really commits is
repeated in any case, and so is a test that is not in the list: it is new, or has another name.
"""

import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from tests.engines import BY_OTHERS, fixtures_of, name_of

ROOT = Path(__file__).parents[1]
OURS = str(ROOT / "watchword")
HEAD = "# Written by tests/statements.py. What these ask of PostgreSQL, other tests ask as well.\n"

Asked = dict[str, set[str]]
_asked: Asked = defaultdict(set)
_seconds: dict[str, float] = defaultdict(float)
_commits: set[str] = set()
_running = ""


def shape(sql: str) -> str:
    """The statement, however many values it has and whatever its savepoint is called."""
    one = re.sub(r'"s\d+_x\d+"', "savepoint", sql)
    one = re.sub(r"\((?:%s(?:, )?)+\)", "(..)", one)
    return re.sub(r"\b\d+\b", "0", re.sub(r"(\(\.\.\)(, )?)+", "(..)", one))


def place() -> str:
    """The function of ours that asks, or nothing where a test itself does."""
    frame = sys._getframe(2)
    while not frame.f_code.co_filename.startswith(OURS):
        if frame.f_back is None:
            return ""
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_code.co_qualname}"


def hear(execute: Callable[..., Any], sql: object, *more: Any) -> Any:
    what = f"{place()} {shape(str(sql))}"
    try:
        answer = execute(sql, *more)
    except Exception as refused:
        _asked[_running].add(f"{what} {type(refused).__name__}")
        raise
    _asked[_running].add(what)
    return answer


def listen(connection: BaseDatabaseWrapper, **_: object) -> None:
    if hear not in connection.execute_wrappers:
        connection.execute_wrappers.append(hear)


connection_created.connect(listen)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    global _running  # noqa: PLW0603 - a plugin is one program
    _running = name_of(item)
    began = time.process_time()
    mark = item.get_closest_marker("django_db")
    if "transactional_db" in fixtures_of(item) or (mark and mark.kwargs.get("transaction")):
        _commits.add(_running)
    answer = yield
    _seconds[_running] += time.process_time() - began
    return answer


def pytest_sessionfinish() -> None:
    kept = fewest({test: asked for test, asked in _asked.items() if test}, _seconds, _commits)
    left = sorted(_seconds.keys() - kept)
    BY_OTHERS.write_text(HEAD + "".join(f"{test}\n" for test in left), encoding="utf-8")


def fewest(asked: Mapping[str, set[str]], seconds: Mapping[str, float], commits: set[str]) -> set[str]:
    """The cheapest tests found that together ask everything."""
    kept = commits & asked.keys()
    left = set().union(*asked.values()).difference(*(asked[test] for test in kept))
    while left:
        best = max(sorted(asked), key=lambda test: len(asked[test] & left) / (seconds[test] + 0.05))
        kept.add(best)
        left -= asked[best]
    times = Counter(one for test in kept for one in asked[test])
    for test in sorted(kept - commits, key=lambda test: (-seconds[test], test)):
        if all(times[one] > 1 for one in asked[test]):
            kept.remove(test)
            times.subtract(asked[test])
    return kept
