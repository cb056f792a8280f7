# SPDX-License-Identifier: AGPL-3.0-or-later
"""An applicant is on a list: Sofia finds it, Stas looks as well, and vetting is told without a name."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.journeys.desk_pages import Office, Officer
from tests.journeys.screening_pages import finds_somebody, hands_over, judges, opens
from watchword.cli.invented.applicants import PEOPLE

TITLES = {
    "en": "Wanted persons of the persecuting state",
    "uk": "Розшук держави, яка переслідує",
    "ru": "Розыск преследующего государства",
}
REASON = "The name, the day and the town agree."
SURNAMES = {str(person["surname"]) for some in PEOPLE.values() for person in some}


@pytest.mark.parametrize("language", TITLES)
def test_two_people_find_an_applicant_on_a_list(office: Office, language: str) -> None:
    sofia, stas = office["sofia"], office["stas"]
    with speaking(sofia, language), speaking(stas, language):
        code = finds_somebody(sofia)
        finds(sofia, code, language)
        cannot_answer_herself(sofia, code)
        assert REASON in opens(stas, code)
        judges(stas, "second", "same", "I see the same.")
        hands_over(sofia, code)
    vetting_is_told(office["ada"], code)


@contextmanager
def speaking(officer: Officer, language: str) -> Iterator[None]:
    officer.goes_to(f"language/{language}/?next=/screening/")
    expect(officer.page.locator("html")).to_have_attribute("lang", language)
    yield
    officer.goes_to("language/en/?next=/")


def finds(sofia: Officer, code: str, language: str) -> None:
    """What agrees and differs, the picture with its figures, and a judgement; no name of anybody."""
    assert TITLES[language] in opens(sofia, code)
    assert not SURNAMES & set(re.findall(r"\w+", sofia.page.content()))
    page = sofia.page
    assert page.locator(".waterfall svg").count() == page.locator(".waterfall-row").count() > 3
    expect(page.locator("details table")).not_to_be_visible()
    page.locator("details summary").click()
    expect(page.locator("details table")).to_be_visible()
    if language == "en":
        sofia.shows("desk-hit", most=2000)
    judges(sofia, "judge", "same", REASON)


def cannot_answer_herself(sofia: Officer, code: str) -> None:
    """She reads what she wrote, and the form is for somebody else."""
    assert REASON in opens(sofia, code)
    expect(sofia.page.locator('form[action$="/second/"], form[action$="/judge/"]')).to_have_count(0)
    expect(sofia.page.locator(".why-not")).to_be_visible()


def vetting_is_told(ada: Officer, code: str) -> None:
    """The result and the officer's words; no name, neither there nor on the pages of screening."""
    ada.goes_to_case(code, "evidence/")
    expect(ada.page.locator("main")).to_contain_text("Listed, confirmed by a second person")
    assert not SURNAMES & set(re.findall(r"\w+", ada.page.content()))
    assert ada.goes_to_case(code, "screening/") == 403
