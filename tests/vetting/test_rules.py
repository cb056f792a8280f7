# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may record which evidence, and what an item must say: the rules alone, without a database."""

from dataclasses import replace
from typing import Any

import pytest

from watchword import profiles
from watchword.accounts.rules import Actor
from watchword.cases.rules import Standing
from watchword.core.refusals import NotPermitted, Refused, WrongState
from watchword.vetting import rules

PROFILE = profiles.load("legion")
KINDS = {kind.id: kind for kind in PROFILE.evidence_kinds}
ADA = Actor("ada", "Ada", frozenset({"vetting"}))
HUGO = Actor("hugo", "Hugo", frozenset({"vetting"}))
POLA = Actor("pola", "Pola", frozenset({"examiner"}))
BOTH = Actor("both", "Both", frozenset({"vetting", "examiner"}))
AUD = Actor("aud", "Aud", frozenset({"auditor"}))
CASE = Standing(
    code="WW-7F3K-29",
    seen_by=frozenset({"vetting", "examiner"}),
    keeper="ada",
    colleagues=frozenset({"both"}),
    ties=frozenset(),
    closed=False,
    reachable=True,
)


def check(actor: Actor, kind: str, *recorded: str, case: Standing = CASE) -> None:
    titles = [PROFILE.role(role).title for role in KINDS[kind].recorded_by]
    rules.check_may_record(actor, case, KINDS[kind], [KINDS[one] for one in recorded], titles)


def test_the_interviewer_is_not_the_examiner() -> None:
    """Law 3, in both directions."""
    with pytest.raises(NotPermitted, match="someone else"):
        check(BOTH, "polygraph", "interview")
    with pytest.raises(NotPermitted, match="someone else"):
        check(BOTH, "interview", "polygraph")


def test_the_second_reader_has_not_worked_on_the_case() -> None:
    for first in ("check", "reference", "interview"):
        with pytest.raises(NotPermitted, match="someone else"):
            check(ADA, "second-reading", first)


@pytest.mark.parametrize(
    ("actor", "kind", "case"),
    [
        (ADA, "polygraph", CASE),
        (POLA, "interview", CASE),
        (AUD, "check", CASE),
        (HUGO, "check", CASE),
        (ADA, "check", replace(CASE, ties=frozenset({"ada"}))),
        (POLA, "polygraph", replace(CASE, ties=frozenset({"pola"}))),
        (ADA, "check", replace(CASE, closed=True)),
    ],
    ids=[
        "vetting examines",
        "the examiner interviews",
        "the auditor writes",
        "a colleague who was not asked",
        "the keeper with a tie",
        "the examiner with a tie",
        "a closed case",
    ],
)
def test_evidence_that_nobody_may_record(actor: Actor, kind: str, case: Standing) -> None:
    with pytest.raises(Refused):
        check(actor, kind, case=case)


def test_each_does_his_own_work() -> None:
    check(ADA, "check", "check")
    check(ADA, "interview", "check")
    check(POLA, "polygraph")


GOOD: dict[str, Any] = {
    "guideline": "D",
    "source_grade": "B",
    "information_grade": "2",
    "disclosure": "open",
    "bearing": "for",
    "result": "",
    "facts": "The baker remembers him.",
    "favourable": "He named the baker.",
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"guideline": "Z"},
        {"source_grade": "G"},
        {"source_grade": ""},
        {"information_grade": "7"},
        {"information_grade": ""},
        {"disclosure": "secret"},
        {"bearing": "0.7"},
        {"result": "fit"},
        {"facts": "  "},
        {"favourable": "  "},
    ],
    ids=str,
)
def test_an_item_that_does_not_say_everything_is_refused(wrong: dict[str, str]) -> None:
    guidelines = {one.code for one in PROFILE.guidelines}
    rules.check_item(KINDS["check"], guidelines=guidelines, **GOOD)
    with pytest.raises(WrongState):
        rules.check_item(KINDS["check"], guidelines=guidelines, **{**GOOD, **wrong})


@pytest.mark.parametrize("result", ["", "probably-fit"])
def test_a_kind_with_results_has_one_of_them(result: str) -> None:
    guidelines = {one.code for one in PROFILE.guidelines}
    with pytest.raises(WrongState, match="results"):
        rules.check_item(KINDS["medical"], guidelines=guidelines, **{**GOOD, "result": result})
