# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a page costs does not grow with what is on it: as many questions to the database for much as for one.

Whole pages, with session, frame and form. How far somebody has read is noted at most once a minute; it is
left out, so that no count depends on the clock.
"""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cases.test_lists import letter, many
from tests.cases.test_work import note, task
from tests.cast import case_in
from tests.organisation import Organisation
from watchword.cases.models import Case
from watchword.cases.selectors.lists import PER_PAGE


def questions(organisation: Organisation, who: str, path: str) -> int:
    """How many a page asks."""
    browser = organisation.browser(who)
    assert browser.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path).status_code == 200
    questions = [one["sql"] for one in asked.captured_queries if one["sql"].startswith("SELECT")]
    return sum("cases_look" not in question for question in questions)


def test_a_case_with_a_long_story_asks_as_much_as_one_with_a_short_one(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "checks")
    office.keep("ada")
    path = f"/case/{Case.objects.get(pk=office.case).code}/"
    note(office, "ada")
    task(office, "ada", "ada")
    office.write("ada", "question", question="And your school?")
    short = questions(organisation, "ada", path)
    office.ask("ada", "hugo")
    for number in range(4):
        dov.answer(f"It was in the town, number {number}.")
        note(office, "ada", text=f"They remember {number}.")
        note(office, "hugo", text=f"I asked {number}.")
        task(office, "ada", "hugo", days=number)
        office.open("ada", "story")
        office.write("ada", "question", question=f"And number {number}?")
    assert questions(organisation, "ada", path) <= short + 1
    assert short <= 24


def test_the_list_asks_as_much_for_a_page_as_for_a_row(organisation: Organisation) -> None:
    few = _list_of(organisation, 1)
    assert _list_of(organisation, PER_PAGE + 20) == few <= 12


def _list_of(organisation: Organisation, count: int) -> int:
    for case in many(organisation, count, first=count, keeper=organisation.staff["ada"]):
        letter(case)
    Case.objects.update(stage="checks")
    return questions(organisation, "ada", "/cases/")


def test_home_asks_no_more_for_many_things_than_for_one_of_each(organisation: Organisation) -> None:
    _home_of(organisation, 0, 2)
    few = questions(organisation, "ada", "/")
    _home_of(organisation, 100, 40)
    assert questions(organisation, "ada", "/") <= few + 3
    assert few <= 37


def _home_of(organisation: Organisation, first: int, count: int) -> None:
    """So many cases to take and to move on; every other has a letter to read, some have run out of time."""
    for number, case in enumerate(many(organisation, count, first=first, keeper=organisation.staff["ada"])):
        if number % 2:
            letter(case)
        began = organisation.now - timedelta(days=number * 3)
        Case.objects.filter(pk=case.pk).update(stage_since=began)
    many(organisation, count, first=first + 500)
    Case.objects.update(stage="checks")
