# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each parcel arrives once, and each letter, wherever the line is cut or the Desk falls over."""

from collections.abc import Callable, Iterable
from itertools import count

import pytest

from tests.cast import Office
from tests.courier.town import NOTHING, Town
from tests.courier.wire import When, Wire
from watchword.cases import services as cases
from watchword.cases.models import Case
from watchword.courier.deskside import services as courier
from watchword.courier.deskside.client import GateClient
from watchword.courier.deskside.models import RequestCounter
from watchword.intake.models import CourierCounter
from watchword.intake.services import Visit
from watchword.journal import services as journal

# Half an answer matters where something long is fetched; an application tries that at every place.
ENDS = (When.BEFORE, When.AFTER)


class PowerCut(BaseException):
    """Not an Exception, so that nothing can swallow it."""


def a_whole_round(town: Town) -> None:
    done = town.round()
    assert (done.failure, done.put_off) == ("", 0)


def cut_everywhere(
    town: Town, act: Callable[[], object], expected: dict[str, int], whens: Iterable[When] = ENDS
) -> int:
    """Do ``act`` and cut the round at its first request, then at its second, until one is not reached.

    In each way of ``whens``; a whole round follows every time. Returns how many places there were.
    """
    for cut in count(1):
        for when in whens:
            act()
            before = town.at_the_desk()
            wire = Wire(town.gate, cut=cut, when=when)
            done = town.round(wire)
            reached = len(wire.carried) >= cut
            assert bool(done.failure) == reached
            a_whole_round(town)
            after = town.at_the_desk()
            assert {name: after[name] - before[name] for name in expected} == expected, (cut, when)
            assert town.at_the_gate() == NOTHING
            if not reached:
                return cut - 1
    raise AssertionError


def test_a_round_over_a_good_line_brings_everything(town: Town) -> None:
    visits = [town.applies() for _ in range(2)]
    assert town.at_the_gate()["Parcel"] == 2
    done = town.round()
    assert (done.pulled, done.delivered, done.put_off, done.failure) == (2, 0, 0, "")
    assert town.at_the_desk() == {"cases": 2, "letters": 0, "pulled": 2, "pushed": 0, "waiting": 0}
    assert town.at_the_gate() == NOTHING
    assert {town.case_of(visit) for visit in visits} == set(Case.objects.values_list("uid", flat=True))
    assert town.organisation.audit().ok


def test_an_application_arrives_once_wherever_the_line_is_cut(town: Town) -> None:
    assert cut_everywhere(town, town.applies, {"cases": 1, "pulled": 1}, When) >= 5
    assert town.organisation.audit().ok


@pytest.fixture
def correspondent(town: Town) -> Visit:
    """Somebody whose case is open at the Desk, and whose mailbox is known there."""
    visit = town.applies()
    town.round()
    Office(town.organisation, town.case_of(visit)).open("iris", "routing")
    a_whole_round(town)
    return visit


def test_letters_cross_each_other_once_wherever_the_line_is_cut(town: Town, correspondent: Visit) -> None:
    office = Office(town.organisation, town.case_of(correspondent))

    def both_write() -> None:
        town.writes(correspondent)
        office.write("iris", "countersign")

    written = cut_everywhere(town, both_write, {"letters": 1, "pulled": 1, "pushed": 1, "waiting": -1})
    assert written >= 4
    numbers = town.letters_of(correspondent)
    assert numbers == list(range(len(numbers), 0, -1))
    assert town.organisation.audit().ok


def test_a_withdrawal_stops_the_case_once_wherever_the_line_is_cut(town: Town) -> None:
    def leaves() -> None:
        visit = town.applies()
        a_whole_round(town)
        town.withdraws(visit)

    assert cut_everywhere(town, leaves, {"pulled": 1}) >= 3
    assert set(Case.objects.values_list("stage", flat=True)) == {"withdrawn"}
    assert town.organisation.audit().ok


# The calls between which the Desk may fall over, by the module in which a round finds them.
# Before a step is where the one in front of it left things.
STEPS: list[tuple[object, str, bool]] = [
    (GateClient, "parcels", True),
    (courier, "keep", False),
    (cases, "open_case", True),
    (courier, "keep", True),
    (journal, "integrate", True),
    (GateClient, "acknowledge", True),
]


@pytest.mark.parametrize(("place", "step", "after"), STEPS)
def test_an_application_arrives_once_wherever_the_desk_falls_over(
    town: Town, monkeypatch: pytest.MonkeyPatch, place: object, step: str, after: bool
) -> None:
    town.applies()
    whole = getattr(place, step)

    def falls(*given: object, **named: object) -> None:
        if after:
            whole(*given, **named)
        raise PowerCut

    with monkeypatch.context() as power:
        power.setattr(place, step, falls)
        with pytest.raises(PowerCut):
            town.round()
    a_whole_round(town)
    assert town.at_the_desk() == {"cases": 1, "letters": 0, "pulled": 1, "pushed": 0, "waiting": 0}
    assert town.at_the_gate() == NOTHING
    assert {path.parent.name for path in town.files()} & {"incoming"} == set()
    assert town.organisation.audit().ok


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_letter_arrives_once_wherever_the_desk_falls_over(
    town: Town, correspondent: Visit, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    Office(town.organisation, town.case_of(correspondent)).write("iris", "countersign")
    whole = cases.letters_delivered

    def falls(**named: object) -> None:
        if after:
            whole(**named)  # type: ignore[arg-type]  # passes on what it was given
        raise PowerCut

    with monkeypatch.context() as power:
        power.setattr(cases, "letters_delivered", falls)
        with pytest.raises(PowerCut):
            town.round()
    a_whole_round(town)
    a_whole_round(town)
    assert town.letters_of(correspondent) == [2, 1]
    assert town.at_the_desk()["pushed"] == 2


def test_a_desk_restored_from_a_backup_goes_on_above_the_count_of_the_gate(town: Town) -> None:
    town.applies()
    a_whole_round(town)
    RequestCounter.objects.update(value=1)
    town.applies()
    a_whole_round(town)
    newest = CourierCounter.objects.get().value
    assert RequestCounter.objects.get().value == newest
    assert town.at_the_desk()["cases"] == 2


def test_a_parcel_that_the_gate_kept_after_a_lost_acknowledgement_is_not_fetched_again(town: Town) -> None:
    town.applies()
    entries = town.at_the_gate()["SealedEntry"]
    # One request for the list, one for each entry, and the next is the acknowledgement.
    assert town.round(Wire(town.gate, cut=entries + 2)).failure
    again = Wire(town.gate)
    assert town.round(again).failure == ""
    assert [path for path in again.carried if path.endswith("/entry")] == []
    assert town.at_the_gate() == NOTHING
