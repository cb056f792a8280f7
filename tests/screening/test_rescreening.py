# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list changes: every open case is compared with what is new, judgements stay, and a stop is no loss."""

from dataclasses import replace

import pytest

from tests.cast import case_in
from tests.screening.booth import DOV, NAMESAKE, STRANGER, Booth
from watchword.cases.models import Case
from watchword.cases.rules.judged import Judging, Verdict
from watchword.core.refusals import NotPermitted, WrongState
from watchword.core.screening.record import PersonName
from watchword.custody.models import BatchPart
from watchword.screening import selectors
from watchword.screening.models import Hit, ScreeningRun, Stayed
from watchword.screening.rules import Step
from watchword.vault import bodies
from watchword.vault.models import SealedRecord

ZOYA = {"surname": "Квасилюк", "given": "Зоя", "patronymic": "", "latin": "", "birth_date": "1999-12-24"}


def second_case(booth: Booth) -> str:
    zoya, office = case_in(booth.organisation, "checks")
    zoya.lodge(1, **ZOYA)
    booth.compare(case=office.case)
    return office.case


def judged_and_told(booth: Booth) -> None:
    booth.found()
    booth.judge(Verdict.DIFFERENT, reason="Another town.")
    booth.tell()


def test_a_new_version_with_the_same_record_asks_nobody_again(booth: Booth) -> None:
    judged_and_told(booth)
    booth.load(DOV, STRANGER, NAMESAKE)
    assert booth.step() is Step.CATCH_UP
    assert booth.catch_up().done == 1
    assert Hit.objects.get(first_run__number=1).state == Judging.JUDGED
    assert ScreeningRun.objects.get(number=2).reason == "delta"


def test_a_record_that_changed_is_laid_before_people_again_with_what_was_said_of_it(booth: Booth) -> None:
    judged_and_told(booth)
    booth.load(replace(DOV, names=(*DOV.names, PersonName("Dov the Baker"))), STRANGER)
    booth.catch_up()
    hit = booth.hit()
    assert (hit.state, hit.list_version, hit.first_run.number, hit.last_run.number) == ("open", 2, 1, 2)
    opened = booth.open()
    assert [(one.reason, one.older) for one in opened.judgements] == [("Another town.", True)]
    assert booth.step() is Step.JUDGE
    booth.judge(Verdict.DIFFERENT, reason="Still another town.")
    assert booth.step() is Step.TELL, "vetting learns that there was something new"


def test_somebody_who_joins_the_list_is_found_in_old_cases(booth: Booth) -> None:
    booth.load(STRANGER)
    booth.compare()
    booth.tell()
    booth.load(STRANGER, DOV)
    booth.catch_up()
    booth.custodians.names(booth.case)
    assert booth.sides().comparison.listed.key == DOV.key


def test_who_left_the_list_stays_as_it_was_judged(booth: Booth) -> None:
    judged_and_told(booth)
    booth.load(STRANGER)
    booth.catch_up()
    assert (booth.hit().outcome, booth.step()) == (Verdict.DIFFERENT, Step.NOTHING)


def test_a_list_that_is_new_is_compared_as_a_whole(booth: Booth) -> None:
    judged_and_told(booth)
    booth.load(DOV, name="wanted")
    booth.catch_up()
    assert Hit.objects.get(list_id="wanted").list_version == 1


def test_it_goes_on_where_it_stopped(booth: Booth) -> None:
    booth.load(STRANGER)
    booth.compare()
    other = second_case(booth)
    booth.load(STRANGER, DOV)
    first = booth.catch_up(most=1)
    assert (first.done, first.left, first.stayed) == (1, 1, 0)
    sofia = booth.organisation.actor("sofia")
    page, panel = selectors.lists_page(viewer=sofia), selectors.panel(viewer=sofia, now=booth.now)
    assert (page.current, page.behind, panel.done, panel.left) == (1, 1, 1, 1)
    with pytest.raises(WrongState, match="released nothing to you"):
        booth.custodians.go_on("stas")
    assert booth.custodians.go_on(most=1).left == 0
    assert set(ScreeningRun.objects.filter(number=2).values_list("case", flat=True)) == {booth.case, other}
    with pytest.raises(WrongState, match="released nothing to you"):
        booth.custodians.go_on()
    assert not BatchPart.objects.exists(), "with the last case the shares are destroyed"
    with pytest.raises(WrongState, match="No case waits"):
        booth.catch_up()


def test_one_case_that_cannot_be_read_keeps_no_other_from_it(booth: Booth) -> None:
    booth.load(STRANGER)
    booth.compare()
    second_case(booth)
    sealed = SealedRecord.objects.get(case=booth.case, compartment="identity")
    bodies.path_of(sealed.body_sha256).write_bytes(b"altered")
    booth.load(STRANGER, DOV)
    result = booth.catch_up()
    assert (result.done, result.left, result.stayed) == (1, 0, 1)
    assert Stayed.objects.get().case_id == booth.case
    assert booth.step() is Step.CATCH_UP


def test_closed_cases_and_cases_with_a_tie_are_not_opened(booth: Booth) -> None:
    booth.load(STRANGER)
    booth.compare()
    booth.office.tie("stas")
    booth.load(STRANGER, DOV)
    with pytest.raises(WrongState):
        booth.catch_up("stas")
    with pytest.raises(NotPermitted):
        booth.catch_up("ada")
    booth.custodians.released()
    Case.objects.update(closed_at=booth.now)
    assert booth.custodians.go_on().done == 0
    assert ScreeningRun.objects.count() == 1
    with pytest.raises(WrongState):
        booth.catch_up()


def test_a_tie_that_was_declared_since_the_asking_keeps_the_case_shut(booth: Booth) -> None:
    booth.load(DOV)
    booth.custodians.released()
    booth.office.tie("sofia")
    assert booth.custodians.go_on().done == 0
    assert not ScreeningRun.objects.exists()


def test_too_few_custodians_compare_nothing(booth: Booth) -> None:
    booth.load(DOV)
    booth.custodians.give(booth.custodians.asked(), "halyna", "jonas")
    with pytest.raises(WrongState, match="Too few"):
        booth.custodians.go_on()
    assert not ScreeningRun.objects.exists()


def test_other_tables_of_names_ask_for_everything_again(booth: Booth) -> None:
    """What met under old tables may miss under new ones, and the other way round."""
    judged_and_told(booth)
    ScreeningRun.objects.update(table_version=0)
    assert booth.step() is Step.CATCH_UP
    booth.catch_up()
    assert ScreeningRun.objects.get(number=2).reason == "new"
    assert booth.hit().state == Judging.JUDGED
