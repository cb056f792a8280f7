# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of cases when it is long: its pages, what it can be narrowed to, and what a page of it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.clock import TODAY
from tests.organisation import Organisation
from watchword.cases import selectors
from watchword.cases.models import Case, Letter
from watchword.cases.selectors import Choice
from watchword.cases.selectors.lists import ORDER, PER_PAGE
from watchword.vault.models import SealedRecord


def many(organisation: Organisation, count: int, first: int = 0, **changed: object) -> list[Case]:
    """Bare rows in the first stage, each a minute after the last, every third in danger."""
    rows = [
        Case(
            uid=f"{number:032x}",
            code=f"WW-{number:06d}",
            profile="legion",
            profile_version=1,
            stage="prescreen",
            stage_since=organisation.now,
            danger_declared=number % 3 == 0,
            # Several in a minute: then the code decides.
            received=organisation.now - timedelta(minutes=(count - number) // 4),
            **changed,
        )
        for number in range(first, first + count)
    ]
    return Case.objects.bulk_create(rows)


def letter(case: Case, **changed: object) -> None:
    record = SealedRecord.objects.create(
        uid=case.uid,
        case=case.uid,
        compartment="contact",
        kind="letter",
        revision=1,
        readers=[],
        header=b"",
        body_sha256="",
        body_size=0,
        created=case.received,
        written_by="applicant",
    )
    fields = {"direction": "in", "number": 1, "kind": "answer", "at": case.received, **changed}
    Letter.objects.create(uid=case.uid, case=case, record=record, **fields)


def chosen(organisation: Organisation, who: str = "iris", **choice: object) -> set[str]:
    page = selectors.case_list(viewer=organisation.actor(who), today=TODAY, choice=Choice(**choice))  # type: ignore[arg-type]  # fields
    return {row.code for row in page.rows}


def test_the_pages_together_are_the_list_although_cases_come_and_go(organisation: Organisation) -> None:
    many(organisation, 2 * PER_PAGE + 7)
    whole = list(Case.objects.order_by(*ORDER).values_list("code", flat=True))
    found, after = [], ""
    for turn in range(3):
        page = selectors.case_list(viewer=organisation.actor("iris"), today=TODAY, after=after)
        found += [row.code for row in page.rows]
        after = page.following
        if turn == 0:
            # What a page has shown leaves, and another comes before it: no row is skipped or shown twice.
            Case.objects.filter(code__in=found[:5]).update(stage="checks")
            many(organisation, 1, first=900, closed_at=None)
    assert found == whole
    assert after == ""


@pytest.mark.parametrize(
    "made_up", ["1", "~~", "1~yesterday~WW", "1~2026-11-22~WW", "0~2026-11-22T09:00:00+00:00~\0"]
)
def test_a_made_up_place_is_the_beginning(organisation: Organisation, made_up: str) -> None:
    many(organisation, 3)
    page = selectors.case_list(viewer=organisation.actor("iris"), today=TODAY, after=made_up)
    assert (len(page.rows), page.after) == (3, "")


def test_what_the_list_is_narrowed_to(organisation: Organisation) -> None:
    cases = many(organisation, 6)
    danger = {one.code for one in cases if one.danger_declared}
    Case.objects.filter(pk=cases[1].pk).update(stage_since=organisation.now - timedelta(days=400))
    Case.objects.filter(pk=cases[2].pk).update(closed_at=organisation.now)
    Case.objects.filter(pk=cases[4].pk).update(keeper=organisation.staff["iris"])
    letter(cases[4])
    letter(cases[5], direction="out", needs_answer=True)
    letter(cases[0], read_at=organisation.now)
    assert chosen(organisation, flag="danger") == danger
    assert chosen(organisation, clock="over") == {cases[1].code}
    assert chosen(organisation, closed=True) == {cases[2].code}
    assert chosen(organisation, keeper="me") == chosen(organisation, unread=True) == {cases[4].code}
    assert chosen(organisation, flag="question") == {cases[5].code}
    assert cases[4].code not in chosen(organisation, keeper="nobody")
    assert chosen(organisation, keeper=organisation.staff["ada"].uid) == set()


def test_a_clock_is_chosen_by_the_day_that_its_row_shows(organisation: Organisation) -> None:
    """The database compares with moments, the page says days: both must mean the same day."""
    for number, case in enumerate(many(organisation, 40)):
        Case.objects.filter(pk=case.pk).update(stage_since=organisation.now - timedelta(hours=9 * number))
    rows = selectors.case_list(viewer=organisation.actor("iris"), today=TODAY).rows
    over = {row.code for row in rows if row.due and row.due < TODAY}
    soon = {row.code for row in rows if row.due and row.due <= TODAY + timedelta(days=2)}
    assert over < soon
    assert chosen(organisation, clock="over") == over
    assert chosen(organisation, clock="soon") == soon


@pytest.mark.parametrize("who", ["iris", "ada"])
def test_a_page_costs_as_many_questions_to_the_database_as_a_row(
    organisation: Organisation, who: str
) -> None:
    """Of the list and of the home page, however long either is."""
    viewer = organisation.actor(who)
    asked = []
    for count in (1, PER_PAGE + 20):
        cases = many(organisation, count, first=count)
        if who == "ada":
            Case.objects.update(stage="checks", keeper=organisation.staff["ada"])
        for case in cases:
            letter(case)
        with CaptureQueriesContext(connection) as of_list:
            selectors.case_list(viewer=viewer, today=TODAY)
        with CaptureQueriesContext(connection) as of_home:
            selectors.steps_waiting_for(viewer, today=TODAY)
            selectors.letters_waiting_for(viewer)
        asked.append((len(of_list), len(of_home)))
    (of_one, home_of_one), (of_many, home_of_many) = asked
    assert of_many == of_one <= 30
    # What does not stand on the home page is counted, and never read.
    assert home_of_one <= home_of_many <= home_of_one + 2 <= 40
