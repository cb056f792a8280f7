# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each opening is shown to whoever keeps the case: on their home page, until they have looked at the case."""

from datetime import timedelta

from tests.cast import Applicant, Office, case_in
from tests.organisation import Organisation
from watchword.cases.models import Case
from watchword.cases.selectors import opened_by_others
from watchword.vault.opening import open_record
from watchword.vault.rules import COMPARING
from watchword.vault.selectors import records

HEADING = "What others opened of your cases"


def told(organisation: Organisation, who: str = "ada") -> set[tuple[str, str, str, int]]:
    """Case, person, purpose and number of times of each row."""
    page = opened_by_others(viewer=organisation.actor(who), now=organisation.now)
    return {(row.code, row.who, row.purpose, row.times) for row in page.rows}


def code_of(office: Office) -> str:
    return Case.objects.values_list("code", flat=True).get(pk=office.case)


def test_what_others_opened_is_told_to_the_keeper_and_to_nobody_else(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    office.ask("ada", "hugo")
    home = organisation.browser("ada")
    home.get(f"/case/{code_of(office)}/")
    assert told(organisation) == set()
    office.open("ada", "story")
    record = records(office.case, "story").earliest("uid")
    open_record(record.uid, actor=organisation.actor("hugo"), purpose=COMPARING, now=organisation.now)
    assert told(organisation) == set()
    office.open("hugo", "story")
    assert told(organisation) == {(code_of(office), "Hugo", "case-work", 1)}
    for who in ("hugo", "lena", "iris", "sofia", "ben", "aud"):
        assert told(organisation, who) == set(), who
    shown = home.get("/").content.decode()
    assert HEADING in shown
    assert "<td>Work on the case</td>" in shown
    home.get(f"/case/{code_of(office)}/")
    assert HEADING not in home.get("/").content.decode()
    # What comes after the look is news again, also in a case that has ended.
    Case.objects.filter(pk=office.case).update(closed_at=organisation.now)
    organisation.now += timedelta(minutes=2)
    office.open("hugo", "story")
    assert told(organisation) == {(code_of(office), "Hugo", "case-work", 1)}
    office.tie("ada")
    assert told(organisation) == set()


def test_a_home_page_tells_a_few_and_says_that_there_are_more(organisation: Organisation) -> None:
    ada, iris = organisation.actor("ada"), organisation.actor("iris")
    for _ in range(2):
        case = Applicant(organisation).apply()
        for record in records(case.pk, "routing"):
            open_record(record.uid, actor=iris, purpose="case-work", now=organisation.now)
        Case.objects.filter(pk=case.pk).update(keeper=ada.id, stage="checks")
    for few, more in ((1, True), (2, False)):
        page = opened_by_others(viewer=ada, now=organisation.now, few=few)
        assert (len(page.rows), page.more) == (few, more)
