# SPDX-License-Identifier: AGPL-3.0-or-later
"""The law of screening, without a database: what comes next, and what vetting is told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchword.accounts.rules import Actor
from watchword.cases.rules import Standing
from watchword.cases.rules.judged import Judging, LikenessFacts, Verdict, check_judgement
from watchword.core.refusals import NotPermitted, WrongState
from watchword.screening import rules
from watchword.screening.rules import Progress, Step, next_step, result

READERS = frozenset({"screening"})
SOFIA = Actor("sofia", "Sofia", READERS)
STAS = Actor("stas", "Stas", READERS)
ADA = Actor("ada", "Ada", frozenset({"vetting"}))
CASE = Standing("WW-AAAA-00", frozenset({"screening"}), None, frozenset(), frozenset(), False, True)
OPEN = LikenessFacts(Judging.OPEN, None, None)
WAITING = LikenessFacts(Judging.SECOND, None, "sofia")
CLEARED = LikenessFacts(Judging.JUDGED, Verdict.DIFFERENT, "sofia")
SAME = LikenessFacts(Judging.JUDGED, Verdict.SAME, "sofia")
DONE = Progress("answers", "answers", current=True, told=True, hits=(CLEARED,))


@pytest.mark.parametrize(
    ("progress", "step"),
    [
        (replace(DONE, identity=None), Step.LODGE),
        (replace(DONE, compared=None), Step.COMPARE),
        (replace(DONE, compared="older answers", hits=(OPEN,)), Step.COMPARE),
        (replace(DONE, hits=(CLEARED, OPEN)), Step.JUDGE),
        (replace(DONE, hits=(WAITING, OPEN)), Step.JUDGE),
        (replace(DONE, hits=(WAITING,), current=False), Step.SECOND),
        (replace(DONE, current=False), Step.CATCH_UP),
        (replace(DONE, told=False), Step.TELL),
        (DONE, Step.NOTHING),
    ],
    ids=str,
)
def test_one_thing_comes_after_the_other(progress: Progress, step: Step) -> None:
    assert next_step(progress, frozenset()) is step


def test_the_judgement_of_somebody_who_declares_a_tie_waits_for_nobody() -> None:
    """Law 4: it is as if nobody had judged yet."""
    assert next_step(replace(DONE, hits=(WAITING,)), {"sofia"}) is Step.JUDGE
    rules.check_may_judge(STAS, replace(CASE, ties=frozenset({"sofia"})), READERS, WAITING)


@given(st.lists(st.sampled_from(Verdict)))
def test_vetting_is_told_the_least_certain_thing(outcomes: list[Verdict]) -> None:
    told = result(outcomes)
    assert (told == "no_hit") is (outcomes == [])
    assert (told == "hit_same") is (Verdict.SAME in outcomes)
    assert (told == "hit_cleared") is (set(outcomes) == {Verdict.DIFFERENT})


def test_only_screening_looks() -> None:
    for check in (rules.check_may_judge, rules.check_may_second):
        with pytest.raises(NotPermitted):
            check(ADA, CASE, READERS, OPEN)
    with pytest.raises(NotPermitted):
        rules.check_may_look(Actor("ada", "Ada", frozenset({"vetting", "board"})), CASE, READERS)


def test_whoever_has_a_tie_looks_at_nothing() -> None:
    with pytest.raises(NotPermitted, match="tie"):
        rules.check_may_look(SOFIA, replace(CASE, ties=frozenset({"sofia"})), READERS)


def test_nobody_seconds_their_own_judgement() -> None:
    with pytest.raises(NotPermitted, match="someone else"):
        rules.check_may_second(SOFIA, CASE, READERS, WAITING)
    rules.check_may_second(STAS, CASE, READERS, WAITING)


@pytest.mark.parametrize("hit", [OPEN, CLEARED, SAME], ids=str)
def test_there_is_nothing_to_second_where_nobody_found_the_same_person(hit: LikenessFacts) -> None:
    with pytest.raises(WrongState):
        rules.check_may_second(STAS, CASE, READERS, hit)


def test_what_two_people_found_one_does_not_overturn() -> None:
    with pytest.raises(WrongState, match="Two people"):
        rules.check_may_judge(STAS, CASE, READERS, SAME)
    with pytest.raises(WrongState, match="second person"):
        rules.check_may_judge(STAS, CASE, READERS, WAITING)
    rules.check_may_judge(STAS, CASE, READERS, CLEARED)


def test_a_closed_case_is_looked_at_and_not_judged() -> None:
    closed = replace(CASE, closed=True)
    rules.check_may_look(SOFIA, closed, READERS)
    with pytest.raises(WrongState, match="closed"):
        rules.check_may_judge(SOFIA, closed, READERS, OPEN)
    with pytest.raises(WrongState, match="closed"):
        rules.check_may_screen(SOFIA, closed, READERS, "answers")


def test_a_judgement_has_a_reason_and_is_about_what_was_shown() -> None:
    with pytest.raises(WrongState, match="reason"):
        check_judgement(" \n", seen="a", present="a")
    with pytest.raises(WrongState, match="Open it again"):
        check_judgement("Because.", seen="a", present="b")


@pytest.mark.parametrize("step", set(Step) - {Step.TELL}, ids=str)
def test_vetting_is_told_only_when_all_is_done(step: Step) -> None:
    with pytest.raises(WrongState):
        rules.check_may_tell(SOFIA, CASE, READERS, step)
