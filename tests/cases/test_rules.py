# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may know of a case, work on it, move it and write in it: the rules alone, without a database."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.rules import Standing
from watchword.core.refusals import NotFound, NotPermitted, WrongState, sentence

IRIS = Actor("iris", "Iris", frozenset({"intake"}))
ADA = Actor("ada", "Ada", frozenset({"vetting"}))
HUGO = Actor("hugo", "Hugo", frozenset({"vetting"}))
CLEO = Actor("cleo", "Cleo", frozenset({"examiner"}))
EVA = Actor("eva", "Eva", frozenset({"board"}))
AUD = Actor("aud", "Aud", frozenset({"auditor"}))
OLHA = Actor("olha", "Olha", frozenset({"administrator"}))

KEPT = Standing(
    code="WW-7F3K-29",
    seen_by=frozenset({"vetting"}),
    keeper="ada",
    colleagues=frozenset(),
    ties=frozenset(),
    closed=False,
    reachable=True,
)
NEW = replace(KEPT, seen_by=frozenset({"intake"}), keeper=None, reachable=False)


@pytest.mark.parametrize("stranger", [IRIS, HUGO, CLEO, EVA, AUD, OLHA], ids=lambda actor: actor.id)
def test_a_kept_case_does_not_exist_for_anybody_else(stranger: Actor) -> None:
    with pytest.raises(NotFound, match="no such case"):
        rules.check_may_know(stranger, KEPT)


@pytest.mark.parametrize("watcher", [AUD, OLHA], ids=lambda actor: actor.id)
def test_no_stage_shows_a_case_to_who_runs_or_watches_the_house(watcher: Actor) -> None:
    assert not rules.may_know(watcher, replace(KEPT, seen_by=watcher.roles, keeper=None))


def test_the_keeper_knows_the_case() -> None:
    rules.check_may_know(ADA, KEPT)


def test_a_colleague_knows_it_once_asked() -> None:
    rules.check_may_know(HUGO, replace(KEPT, colleagues=frozenset({"hugo"})))


def test_a_keeper_who_lost_the_role_knows_it_no_longer() -> None:
    assert not rules.may_know(replace(ADA, roles=frozenset({"examiner"})), KEPT)


def test_all_of_vetting_know_a_case_that_nobody_keeps() -> None:
    assert rules.may_know(HUGO, replace(KEPT, keeper=None))


@pytest.mark.parametrize("actor", [IRIS, ADA, EVA], ids=lambda actor: actor.id)
def test_whoever_declared_a_tie_knows_the_case_no_longer(actor: Actor) -> None:
    tied = replace(
        KEPT, seen_by=actor.roles, keeper=None, colleagues=frozenset({actor.id}), ties=frozenset({actor.id})
    )
    assert not rules.may_know(actor, tied)


def test_recusal_is_said_in_words() -> None:
    with pytest.raises(NotPermitted, match="you take no part"):
        rules.check_not_recused(EVA, {"eva"})


def test_only_readers_open_a_compartment() -> None:
    with pytest.raises(NotPermitted, match="Not for your role"):
        rules.check_may_open(CLEO, KEPT, {"vetting", "board"})


def test_a_closed_case_can_be_read_and_not_worked_on() -> None:
    closed = replace(KEPT, closed=True)
    rules.check_may_open(ADA, closed, {"vetting"})
    with pytest.raises(WrongState, match="closed"):
        rules.check_may_work(ADA, closed)


def test_a_colleague_records_and_writes_but_does_not_move_the_case() -> None:
    asked = replace(KEPT, colleagues=frozenset({"hugo"}))
    rules.check_acts_as(HUGO, asked, {"vetting"})
    rules.check_may_write(HUGO, asked, {"vetting"})
    with pytest.raises(NotPermitted, match="Only the keeper"):
        rules.check_may_move(HUGO, asked, {"vetting"}, ())


def test_vetting_takes_no_step_in_a_case_that_nobody_keeps() -> None:
    with pytest.raises(NotPermitted, match="Take this case first"):
        rules.check_may_move(ADA, replace(KEPT, keeper=None), {"vetting"}, ())


def test_another_roles_step_is_refused() -> None:
    with pytest.raises(NotPermitted, match="another role"):
        rules.check_may_move(ADA, KEPT, {"board"}, ())


def test_a_step_waits_for_what_is_missing() -> None:
    with pytest.raises(WrongState, match="no reply"):
        rules.check_may_move(ADA, KEPT, {"vetting"}, [sentence("There is no reply yet.")])


@pytest.mark.parametrize(
    ("actor", "case", "staff_id", "roles", "why"),
    [
        (HUGO, KEPT, "hugo", {"vetting"}, "Only the keeper"),
        (EVA, NEW, "ada", {"vetting"}, "role does not allow"),
        (IRIS, NEW, "cleo", {"examiner"}, "Only somebody of vetting"),
        (IRIS, replace(NEW, ties=frozenset({"ada"})), "ada", {"vetting"}, "declared a tie"),
        (IRIS, replace(NEW, closed=True), "ada", {"vetting"}, "closed"),
        (ADA, KEPT, "hugo", {"vetting"}, "offer it"),
    ],
)
def test_a_case_is_not_given_to_just_anyone(
    actor: Actor, case: Standing, staff_id: str, roles: set[str], why: str
) -> None:
    with pytest.raises((NotPermitted, WrongState), match=why):
        rules.check_may_keep(actor, case, staff_id=staff_id, staff_roles=roles)


def test_intake_gives_a_new_case_and_the_keeper_offers_it() -> None:
    rules.check_may_keep(IRIS, NEW, staff_id="ada", staff_roles={"vetting"})
    rules.check_may_offer(ADA, KEPT, offered=False)
    rules.check_can_keep(KEPT, staff_id="hugo", staff_roles={"vetting"})


@pytest.mark.parametrize(
    ("actor", "case", "staff_id", "roles", "why"),
    [
        (HUGO, KEPT, "hugo", {"vetting"}, "Only the keeper"),
        (ADA, KEPT, "cleo", {"examiner"}, "their stage"),
        (ADA, KEPT, "ada", {"vetting"}, "already"),
        (ADA, replace(KEPT, ties=frozenset({"hugo"})), "hugo", {"vetting"}, "tie"),
    ],
)
def test_a_colleague_is_not_just_anyone(
    actor: Actor, case: Standing, staff_id: str, roles: set[str], why: str
) -> None:
    with pytest.raises((NotPermitted, WrongState), match=why):
        rules.check_may_ask(actor, case, staff_id=staff_id, staff_roles=roles)


@pytest.mark.parametrize(
    ("actor", "case", "by", "why"),
    [
        (IRIS, NEW, {"intake"}, "cannot be reached yet"),
        (IRIS, replace(NEW, reachable=True), {"vetting"}, "another role"),
        (HUGO, KEPT, {"vetting"}, "Take this case first"),
        (EVA, KEPT, {"board"}, "role does not allow"),
    ],
)
def test_a_letter_that_nobody_may_write(actor: Actor, case: Standing, by: set[str], why: str) -> None:
    with pytest.raises((NotPermitted, WrongState), match=why):
        rules.check_may_write(actor, case, by)


def test_a_tie_is_declared_once() -> None:
    rules.check_may_declare_tie(ADA, KEPT)
    with pytest.raises(WrongState, match="already"):
        rules.check_may_declare_tie(ADA, replace(KEPT, ties=frozenset({"ada"})))
    with pytest.raises(NotPermitted):
        rules.check_may_declare_tie(OLHA, KEPT)


@given(st.binary(min_size=6, max_size=6))
def test_a_code_is_readable_aloud_whatever_the_dice_say(entropy: bytes) -> None:
    code = rules.case_code(entropy)
    assert len(code) == 10
    assert code[:3] + code[7] == "WW--"
    assert set(code[3:7]) <= set(rules.ALPHABET)
    assert code[8:].isdigit()


def test_times_are_kept_to_the_minute() -> None:
    assert rules.minute(datetime(2026, 11, 22, 14, 5, 59, 7, UTC)) == datetime(
        2026, 11, 22, 14, 5, tzinfo=UTC
    )
