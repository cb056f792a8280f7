# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 6 at the lists: no probability is stored in clear, none orders a queue, and no list refuses anyone."""

import pytest
from pytest_django import Settings

from tests.cast import case_in
from tests.organisation import Organisation
from tests.screening.booth import DOV, STRANGER, Booth, opened_booth
from watchword.cases.models import Case
from watchword.cases.rules.judged import Verdict
from watchword.core.refusals import WrongState
from watchword.core.screening.record import Polarity
from watchword.screening import selectors


@pytest.fixture
def booth(organisation: Organisation, settings: Settings) -> Booth:
    """A case in the checks whose applicant has given the name."""
    return opened_booth(organisation, settings)


def codes(booth: Booth) -> list[str]:
    queue = selectors.queue(viewer=booth.organisation.actor("sofia"), now=booth.now)
    return [row.code for row in (*queue.waiting.rows, *queue.not_lodged.rows, *queue.done.rows)]


def test_no_hit_moves_a_case_in_the_queue(booth: Booth) -> None:
    other, office = case_in(booth.organisation, "checks")
    other.lodge(1, surname="Квасилюк", given="Зоя", patronymic="", latin="")
    Case.objects.filter(pk=office.case).update(received=booth.now.replace(hour=0, minute=0))
    before = codes(booth)
    booth.found()
    booth.compare(case=office.case)
    assert codes(booth) == before == [Case.objects.get(pk=pk).code for pk in (office.case, booth.case)]


def test_two_people_who_find_the_applicant_listed_end_nothing(booth: Booth) -> None:
    """The case stays as it is, and goes on as any other: what is needed is that somebody looked."""
    booth.office.keep("ada")
    booth.office.open("ada", "story")
    booth.office.record("ada", "check")
    booth.office.record("ada", "check")
    before = Case.objects.values().get(pk=booth.case)
    booth.found()
    booth.judge(Verdict.SAME)
    booth.second(Verdict.SAME)
    with pytest.raises(WrongState, match="Screening"):
        booth.office.move("ada", "interview")
    booth.tell(bearing="against", facts="Two people found the applicant on a list.")
    assert Case.objects.values().get(pk=booth.case) == before
    assert booth.office.move("ada", "interview").stage == "interviews"


def test_a_list_of_the_persecutor_says_so_wherever_its_hit_is_shown(booth: Booth) -> None:
    booth.load(DOV, STRANGER, name="wanted", polarity=Polarity.PERSECUTOR)
    booth.compare()
    browser, code = booth.organisation.browser("sofia"), Case.objects.get(pk=booth.case).code
    words = "Kept by the persecuting state: may speak for the applicant"
    assert words in browser.get(f"/case/{code}/screening/").content.decode()
    assert words in browser.get("/lists/").content.decode()
    assert words in browser.post(f"/case/{code}/screening/hit/{booth.hit().uid}/").content.decode()
