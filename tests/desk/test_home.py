# SPDX-License-Identifier: AGPL-3.0-or-later
"""The home page: what waits for whom, and which rooms each role is shown."""

import re
from datetime import timedelta
from html import unescape

import pytest
from pytest_django import Settings

from tests.cases.test_lists import many
from tests.cast import Applicant
from tests.organisation import Organisation
from watchword.cases.models import Case
from watchword.cases.selectors import FEW

ROOMS = {
    "ada": ["Home", "Cases", "Keys", "Ledger"],
    "petro": ["Home", "People", "Keys", "Ledger"],
    "aud": ["Home", "People", "Keys", "Ledger"],
    "nina": ["Home", "Keys"],
}


@pytest.mark.parametrize("login", sorted(ROOMS))
def test_each_role_is_shown_its_own_rooms(organisation: Organisation, login: str) -> None:
    organisation.enrol("nina")
    page = organisation.browser(login).get("/").content.decode()
    navigation = page.partition("<nav")[2].partition("</nav>")[0]
    shown = [room for room in ("Home", "Cases", "People", "Keys", "Ledger") if f">{room}</a>" in navigation]
    assert shown == ROOMS[login]


def test_the_frame_says_who_is_logged_in_and_when_the_keys_lock(organisation: Organisation) -> None:
    page = organisation.browser("ada").get("/").content.decode()
    assert "<strong>Ada</strong> (Vetting)" in page
    assert "locks in 14 minutes" in page or "locks in 13 minutes" in page


def test_empty_states_say_what_will_appear(organisation: Organisation) -> None:
    organisation.enrol("nina")
    assert "An administrator grants one" in organisation.browser("nina").get("/").content.decode()
    assert "takes part in no case" in organisation.browser("petro").get("/").content.decode()
    assert "appear here" in organisation.browser("iris").get("/").content.decode()


def test_fetching_is_shown_with_its_reason_to_whom_it_is_not_open(organisation: Organisation) -> None:
    assert "WATCHWORD_GATE_ADDRESS is empty" in organisation.browser("iris").get("/").content.decode()
    for login in ("ada", "ben", "petro"):
        assert "Fetch from the Gate" not in organisation.browser(login).get("/").content.decode(), login


def test_fetching_is_refused_to_other_roles_and_without_a_gate(organisation: Organisation) -> None:
    assert organisation.browser("ada").post("/fetch/").status_code == 403
    assert organisation.browser("iris").get("/fetch/").status_code == 405
    assert organisation.browser("iris").post("/fetch/").status_code == 409


def test_a_gate_that_does_not_answer_is_a_message_and_not_a_failure(
    organisation: Organisation, settings: Settings
) -> None:
    settings.WATCHWORD_GATE_ADDRESS = "http://127.0.0.1:9/"
    client = organisation.browser("iris")
    assert client.post("/fetch/")["Location"] == "/"
    assert "could not finish" in client.get("/").content.decode()


def test_a_colleague_who_waits_for_a_key_is_on_the_home_page(organisation: Organisation) -> None:
    organisation.grant("iris", "board")
    assert "Iris: Decision board" in organisation.browser("ben").get("/").content.decode()
    assert "Iris: Decision board" not in organisation.browser("ada").get("/").content.decode()


def test_a_case_is_on_the_home_page_of_whoever_takes_the_next_step_and_of_nobody_else(
    organisation: Organisation,
) -> None:
    case = Applicant(organisation).apply()
    assert case.code in organisation.browser("iris").get("/").content.decode()
    for login in ("ada", "cleo", "ben", "aud", "petro"):
        assert case.code not in organisation.browser(login).get("/").content.decode(), login


def section(page: str, heading: str) -> str:
    """The part of the page under one heading."""
    return page.partition(f"{heading}</h")[2].partition("<h2")[0]


def test_each_case_stands_in_one_place(organisation: Organisation) -> None:
    applicant = Applicant(organisation)
    case = applicant.apply()
    client = organisation.browser("iris")
    page = client.get("/").content.decode()
    assert case.code in section(page, "with time left")
    assert page.count(f">{case.code}</a>") == 1
    due = Case.objects.filter(pk=case.pk)
    due.update(stage_since=organisation.now - timedelta(days=60))
    page = client.get("/").content.decode()
    assert case.code in section(page, "due within two days")
    assert page.count(f">{case.code}</a>") == 1
    due.update(keeper=organisation.staff["iris"])
    applicant.answer("I thought of something else.")
    page = client.get("/").content.decode()
    assert case.code in section(page, "letters that nobody has read yet")
    assert page.count(f">{case.code}</a>") == 1


def test_the_parts_come_in_their_order_and_each_says_when_it_is_empty(organisation: Organisation) -> None:
    Applicant(organisation).apply()
    page = organisation.browser("iris").get("/").content.decode()
    places = [page.index(f'id="{part}"') for part in ("in-time", "running-out", "came-back")]
    assert places == sorted(places)
    assert "Nothing runs out within two days." in page
    assert "No letter waits to be read." in page


def test_what_does_not_fit_is_counted_and_its_link_leads_to_exactly_that(organisation: Organisation) -> None:
    cases = many(organisation, FEW + 7)
    late = [case.pk for case in cases[: FEW + 2]]
    Case.objects.filter(pk__in=late).update(stage_since=organisation.now - timedelta(days=60))
    browser = organisation.browser("iris")
    page = browser.get("/").content.decode()
    out = section(page, "due within two days")
    assert out.count('scope="row"') == FEW
    (more,) = re.findall(r'<a href="([^"]+)">And 2 more', out)
    listed = browser.get(unescape(more)).content.decode()
    assert listed.count('scope="row"') == FEW + 2
    assert all(f">{case.code}</a>" in listed for case in cases if case.pk in late)
    assert section(page, "with time left").count('scope="row"') == 5
