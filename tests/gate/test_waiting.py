# SPDX-License-Identifier: AGPL-3.0-or-later
"""A machine asks two hundred times a second, and people still get in."""

import re

import pytest

from tests.gate.browser import Browser
from tests.intake.harbour import Harbour
from watchword.gate import budget, waiting
from watchword.gate.budget import Budget
from watchword.gate.waiting import GOOD_FOR, KEPT_FREE, PATIENCE, Line

RATE = 200
RETRY = 10


class Seconds:
    """A clock that is set by hand, and a line with a budget that go by it."""

    def __init__(self, capacity: float = 600, per_second: float = 10, kept_free: float = 300) -> None:
        self.now = 0.0
        bucket = Budget(capacity, per_second, lambda: self.now)
        self.line = Line(lambda: bucket, kept_free, lambda: self.now)


def test_whoever_waits_goes_in_before_a_machine_that_only_asks() -> None:
    clock = Seconds()
    places: dict[int, tuple[str, float]] = {}
    waited: list[float] = []
    for second in range(600):
        clock.now = float(second)
        for _ in range(RATE):
            clock.line.enters("")
        if second % 2 == 0:
            places[second] = (clock.line.place(""), clock.now)
        for who, (held, since) in list(places.items()):
            if (second - who) % RETRY == 0 and clock.line.enters(held):
                waited.append(clock.now - since)
                del places[who]
    assert len(waited) > 280
    assert max(waited) <= 2 * RETRY + PATIENCE


def test_a_place_goes_in_once() -> None:
    clock = Seconds()
    held = clock.line.place("")
    clock.now = PATIENCE
    empty(clock)
    assert clock.line.enters(held)
    assert not clock.line.enters(held)
    assert clock.line.place(held) != held


def test_who_comes_back_early_keeps_the_place() -> None:
    clock = Seconds(capacity=1, per_second=0, kept_free=1)
    held = clock.line.place("")
    clock.now = PATIENCE - 1
    assert not clock.line.enters(held)
    assert clock.line.place(held) == held
    clock.now = PATIENCE
    assert clock.line.enters(held)


@pytest.mark.parametrize("held", ["", "0.00", "no place", "9999:x", "\u202e", "0.ff:" + "A" * 43])
def test_a_place_of_ones_own_making_is_worth_nothing(held: str) -> None:
    clock = Seconds(capacity=300, per_second=0)
    clock.now = PATIENCE
    assert not clock.line.enters(held)


def test_a_stock_of_old_places_is_worth_nothing() -> None:
    clock = Seconds(capacity=300, per_second=0)
    held = clock.line.place("")
    clock.now = GOOD_FOR
    assert not clock.line.enters(held)


def test_places_are_forgotten_when_they_are_worth_nothing() -> None:
    clock = Seconds()
    for _ in range(3):
        held = clock.line.place("")
        clock.now += PATIENCE
        assert clock.line.enters(held)
        clock.now += GOOD_FOR
    assert len(clock.line._gone_in) == 1


def test_the_page_brings_the_place_back(gate: Harbour, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = [0.0]
    bucket = Budget(KEPT_FREE, 0, lambda: seconds[0])
    monkeypatch.setattr(budget, "forms", bucket)
    monkeypatch.setattr(waiting, "_line", Line(lambda: bucket, KEPT_FREE, lambda: seconds[0]))
    page = Browser().open("/mailbox/sign-in/?for=withdraw")
    assert page.status == 503
    again = re.search(r'content="10;url=([^"]+)"', page.html)
    assert again
    address = "/mailbox/sign-in/" + again[1].replace("&amp;", "&")
    assert "for=withdraw" in address
    seconds[0] = PATIENCE
    assert Browser().open(address).status == 200


def empty(clock: Seconds) -> None:
    """Somebody takes all that those may take who have not waited."""
    while clock.line.enters(""):
        pass
