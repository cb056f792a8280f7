# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people make of a hit: the same person takes two to say, and a stranger can verify that two signed."""

import pytest
from django.db import IntegrityError, transaction

from tests.screening.booth import DOV, Booth
from watchword.cases.rules.judged import Judging, Verdict
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.screening.models import Hit, HitJudgement
from watchword.screening.rules import Step


def test_the_same_person_waits_for_somebody_else(booth: Booth) -> None:
    booth.found()
    booth.judge(Verdict.SAME)
    assert (booth.hit().state, booth.hit().outcome) == (Judging.SECOND, "")
    assert booth.step() is Step.SECOND
    with pytest.raises(NotPermitted, match="someone else"):
        booth.second(Verdict.SAME, "sofia")
    booth.second(Verdict.SAME)
    hit = booth.hit()
    assert (hit.outcome, hit.judged_by, hit.seconded_by) == (
        Verdict.SAME,
        booth.organisation.staff["sofia"],
        booth.organisation.staff["stas"],
    )


@pytest.mark.parametrize("verdict", [Verdict.DIFFERENT, Verdict.UNSURE])
def test_another_person_or_unsure_takes_one(booth: Booth, verdict: Verdict) -> None:
    booth.found()
    booth.judge(verdict)
    assert (booth.hit().state, booth.hit().outcome) == (Judging.JUDGED, verdict)
    with pytest.raises(WrongState):
        booth.second(Verdict.SAME)


@pytest.mark.parametrize("verdict", [Verdict.DIFFERENT, Verdict.UNSURE])
def test_where_two_differ_the_hit_is_open_again_with_both_reasons(booth: Booth, verdict: Verdict) -> None:
    booth.found()
    booth.judge(Verdict.SAME, reason="The year agrees.")
    booth.second(verdict, reason="The town does not.")
    assert booth.hit().state == Judging.OPEN
    opened = booth.open()
    assert [(one.reason, one.second) for one in opened.judgements] == [
        ("The year agrees.", False),
        ("The town does not.", True),
    ]


def test_a_judgement_can_be_corrected_and_both_are_kept(booth: Booth) -> None:
    booth.found()
    booth.judge(Verdict.DIFFERENT)
    booth.judge(Verdict.SAME, "stas")
    booth.second(Verdict.SAME, "sofia")
    assert booth.hit().outcome == Verdict.SAME
    assert len(booth.open().judgements) == 3


def test_what_two_found_stays_found(booth: Booth) -> None:
    booth.found()
    booth.judge(Verdict.SAME)
    booth.second(Verdict.SAME)
    with pytest.raises(WrongState, match="Two people"):
        booth.judge(Verdict.DIFFERENT)


def test_a_first_judgement_by_somebody_with_a_tie_is_none(booth: Booth) -> None:
    booth.found()
    booth.judge(Verdict.SAME)
    booth.office.tie("sofia")
    assert booth.step("stas") is Step.JUDGE
    with pytest.raises(WrongState):
        booth.second(Verdict.SAME)
    booth.judge(Verdict.UNSURE, "stas")
    assert booth.hit().outcome == Verdict.UNSURE


def test_what_was_not_on_the_page_is_not_judged(booth: Booth) -> None:
    booth.found()
    with pytest.raises(WrongState, match="Open it again"):
        booth.judge(Verdict.SAME, seen="f" * 32)
    booth.judge(Verdict.SAME)
    with pytest.raises(WrongState, match="Open it again"):
        booth.second(Verdict.SAME, seen=booth.hit().record_id)
    with pytest.raises(WrongState, match="reason"):
        booth.second(Verdict.SAME, reason="  ")
    assert HitJudgement.objects.count() == 1


def test_of_two_who_judge_at_once_the_second_reads_the_first_before_judging(booth: Booth) -> None:
    hit = booth.found()
    pages = {who: booth.open(who).newest for who in ("sofia", "stas")}
    booth.judge(Verdict.UNSURE, "sofia", seen=pages["sofia"])
    with pytest.raises(WrongState, match="Open it again"):
        booth.judge(Verdict.DIFFERENT, "stas", seen=pages["stas"])
    assert (booth.hit().outcome, hit.judgements.count()) == (Verdict.UNSURE, 1)
    booth.judge(Verdict.DIFFERENT, "stas", seen=booth.open("stas").newest)
    assert booth.hit().outcome == Verdict.DIFFERENT


def test_nobody_else_judges_or_reads(booth: Booth) -> None:
    hit = booth.found()
    for who in ("ada", "hugo", "eva", "olha", "aud"):
        with pytest.raises((NotFound, NotPermitted)):
            booth.judge(Verdict.DIFFERENT, who, hit)
        with pytest.raises((NotFound, NotPermitted)):
            booth.open(who, hit)


def test_a_stranger_verifies_that_two_people_signed(booth: Booth) -> None:
    booth.found()
    booth.judge(Verdict.SAME)
    booth.second(Verdict.SAME)
    assert booth.events() == ["screening.run", "screening.judge", "screening.second"]
    report = booth.organisation.audit()
    assert report.ok, report


def test_the_database_itself_refuses_one_person_in_two_places(booth: Booth) -> None:
    booth.found()
    booth.judge(Verdict.SAME)
    sofia = booth.organisation.staff["sofia"].uid
    attempts: list[dict[str, str | None]] = [
        {"state": "judged", "outcome": "same"},
        {"state": "judged", "outcome": "same", "seconded_by": sofia},
        {"state": "judged", "outcome": "same", "judged_by": None},
        {"state": "judged", "outcome": ""},
        {"state": "open", "outcome": "different"},
        {"state": "closed"},
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            Hit.objects.update(**attempt)
    with pytest.raises(IntegrityError), transaction.atomic():
        HitJudgement.objects.update(verdict="0.97")


def test_a_hit_of_another_case_is_judged_by_its_own_facts(booth: Booth) -> None:
    """A sealed judgement that was moved to another hit is not shown as one of it."""
    booth.load(DOV)
    booth.load(DOV, name="wanted")
    booth.compare()
    first, other = Hit.objects.order_by("list_id")
    made = booth.judge(Verdict.SAME, hit=first)
    HitJudgement.objects.filter(pk=made.pk).update(action_hash="0" * 64)
    with pytest.raises(WrongState, match="not the one that was recorded"):
        booth.open(hit=first)
    assert booth.open(hit=other).judgements == ()
