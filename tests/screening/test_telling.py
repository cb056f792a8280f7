# SPDX-License-Identifier: AGPL-3.0-or-later
"""Vetting is told when all is judged: the result follows from the judgements and is no matter of choice."""

import pytest

from tests.screening.booth import DOV, STRANGER, TOLD, Booth
from watchword.cases.models import Case, EvidenceMark
from watchword.cases.rules.judged import Verdict
from watchword.core.refusals import WrongState
from watchword.journal.events import Event
from watchword.journal.selectors import timeline
from watchword.screening.rules import Step
from watchword.vetting import services as vetting
from watchword.vetting.models import Evidence


def test_no_hit_is_a_result_as_well(booth: Booth) -> None:
    booth.load(STRANGER)
    with pytest.raises(WrongState, match="Compare"):
        booth.tell()
    booth.compare()
    told = booth.tell()
    assert told.evidence.result == "no_hit"
    assert booth.step() is Step.NOTHING
    assert EvidenceMark.objects.filter(case=booth.case, kind="screening").count() == 1
    assert timeline(booth.case)[-1].event is Event.EVIDENCE_ADD


@pytest.mark.parametrize(
    ("verdict", "result"),
    [(Verdict.DIFFERENT, "hit_cleared"), (Verdict.UNSURE, "unsure"), (Verdict.SAME, "hit_same")],
)
def test_the_result_follows_from_the_judgements(booth: Booth, verdict: Verdict, result: str) -> None:
    booth.found()
    with pytest.raises(WrongState, match="Judge"):
        booth.tell()
    booth.judge(verdict)
    if verdict is Verdict.SAME:
        with pytest.raises(WrongState, match="second person"):
            booth.tell()
        booth.second(verdict)
    assert booth.tell().evidence.result == result


def test_vetting_reads_the_officers_words_and_no_name(booth: Booth) -> None:
    booth.found()
    booth.judge(Verdict.DIFFERENT)
    item = booth.tell(facts="One likeness on a list, and it is somebody else.").evidence
    read = vetting.open_evidence(
        case_uid=booth.case, evidence_uid=item.uid, actor=booth.organisation.actor("ada"), now=booth.now
    )
    assert read.facts == "One likeness on a list, and it is somebody else."


def test_the_same_is_told_once(booth: Booth) -> None:
    booth.load(STRANGER)
    booth.compare()
    booth.tell()
    with pytest.raises(WrongState, match="Nothing waits"):
        booth.tell("stas")


def test_old_lists_are_not_told_of(booth: Booth) -> None:
    booth.load(STRANGER)
    booth.compare()
    booth.load(STRANGER, DOV)
    with pytest.raises(WrongState, match="lists have changed"):
        booth.tell()


def test_nobody_types_the_result_in_past_the_comparison(booth: Booth) -> None:
    browser, code = booth.organisation.browser("sofia"), Case.objects.get(pk=booth.case).code
    for ask in (browser.get, browser.post):
        assert ask(f"/case/{code}/evidence/add/screening/", {**TOLD, "result": "no_hit"}).status_code == 404
    assert not Evidence.objects.filter(case=booth.case, kind="screening").exists()
