# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of the Gate as its script changes them, and the main pages of the Desk: for eye, ear and keyboard."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.checking import check, check_narrow, tab_to
from tests.journeys.conftest import Contexts
from tests.journeys.desk_pages import DESKTOP, Office, Officer
from tests.journeys.gate_pages import PDF, PRIMARY, QUESTIONNAIRE, Applicant
from tests.journeys.screening_pages import HITS, opens

NARROW = {"java_script_enabled": True, "viewport": {"width": 320, "height": 640}}


def test_pages_that_our_script_has_changed(applicant: Callable[..., Applicant]) -> None:
    """All other pages of the Gate, and all their states: tests/gate/test_accessible.py."""
    for page in every_page_that_a_script_changes(applicant("en", options=NARROW)):
        check(page)


def every_page_that_a_script_changes(dov: Applicant) -> Iterator[Page]:
    faults = dov.page.locator(".error-summary")
    dov.goes_to("mailbox/sign-in/")
    dov.page.fill('main [name="receipt"]', "1" * 30)
    dov.presses()
    faults.wait_for()
    yield dov.page
    dov.goes_to("contact/")
    dov.presses()
    faults.wait_for()
    yield dov.page
    dov.makes_contact()
    dov.writes_the_receipt_down()
    yield dov.page
    dov.goes_to("receipt/check/")
    dov.types_two_groups(wrong=True)
    faults.wait_for()
    yield dov.page
    dov.types_two_groups()
    expect(dov.page).to_have_url(dov.gate + "application/")
    dov.goes_to(f"application/part/{QUESTIONNAIRE.sections[0].id}/")
    dov.presses()
    faults.wait_for()
    yield dov.page
    dov.goes_to("files/")
    dov.presses()
    dov.page.locator("[data-notice]").wait_for()
    yield dov.page
    yield while_a_file_is_sent(dov)


def while_a_file_is_sent(dov: Applicant) -> Page:
    """A line so slow that the first piece never arrives."""
    dov.page.route("**/sealed/*/0/", lambda _: None)
    dov.page.set_input_files(
        "#id_file", files=[FilePayload(name="a.pdf", mimeType="application/pdf", buffer=PDF)]
    )
    dov.presses()
    expect(dov.page.locator(".notice [role=status]")).to_contain_text("%")
    return dov.page


@pytest.fixture
def seeing(new_context: Contexts, office: Office) -> Callable[[str], Officer]:
    """The same officer, still logged in, in a browser with scripts, which axe needs."""

    def officer(login: str) -> Officer:
        state = office[login].page.context.storage_state()
        context = new_context(storage_state=state, locale="en-GB", **DESKTOP)
        return Officer(context.new_page(), office.desk, login)

    return officer


@pytest.mark.parametrize(
    ("login", "paths"),
    [
        ("iryna", ["", "cases/", "keys/", "devices/", "nowhere/"]),
        ("ada", ["", "cases/"]),
        ("orest", ["", "ledger/"]),
        ("sofia", ["", "screening/", "lists/"]),
        ("olha", ["", "people/", "people/enrol/", "recovery/waiting/", "devices/passkey/"]),
    ],
)
def test_rooms_of_the_desk(seeing: Callable[[str], Officer], login: str, paths: list[str]) -> None:
    officer = seeing(login)
    for path in paths:
        officer.goes_to(path)
        check(officer.page)
        check_narrow(officer.page)


def test_the_log_in_page(new_context: Contexts, office: Office) -> None:
    page = new_context(locale="en-GB", **DESKTOP).new_page()
    page.goto(office.desk)
    check(page)
    check_narrow(page)
    page.get_by_role("button", name="Log in").click()
    check(page)
    for path in ("recovery/", "recovery/finish/"):
        page.goto(office.desk + path)
        check(page)
        check_narrow(page)


def test_pages_of_a_case(seeing: Callable[[str], Officer]) -> None:
    for page in every_page_of_a_case(seeing("ada"), seeing("nina")):
        check(page)
        check_narrow(page)


def every_page_of_a_case(ada: Officer, nina: Officer) -> Iterator[Page]:
    """A case on the board's table, as its keeper and as a member of the board who has not voted see it."""
    code = waiting_for_votes(nina)
    ada.opens(code, "story")
    yield ada.page
    for room in ("", "evidence/", "evidence/add/check/", "decision/", "tie/", "write/question/"):
        ada.goes_to_case(code, room)
        yield ada.page
    ada.goes_to_case(code, "evidence/add/check/")
    ada.presses("Seal and record")
    yield ada.page
    nina.reads_proposal(code)
    yield nina.page
    nina.presses("Seal my vote")
    yield nina.page


def waiting_for_votes(nina: Officer) -> str:
    """The case of the demo on which Nina has not voted yet."""
    for code in sorted(nina.sees_cases()):
        nina.goes_to_case(code, "decision/")
        if nina.page.get_by_role("button", name="Read and vote").count():
            return code
    raise AssertionError("no case waits for votes")


def test_pages_of_screening(seeing: Callable[[str], Officer]) -> None:
    for page in every_page_of_a_hit(seeing("sofia")):
        check(page)
        check_narrow(page)


def every_page_of_a_hit(sofia: Officer) -> Iterator[Page]:
    """A case of the demo in which somebody was found, its hit with all figures, and the way to vetting."""
    sofia.goes_to("screening/")
    for code in sofia.page.locator("main a.code").all_inner_texts():
        sofia.goes_to_case(code, "screening/")
        if sofia.page.locator(HITS).count():
            break
    yield sofia.page
    opens(sofia, code)
    sofia.page.locator("details summary").click()
    yield sofia.page
    sofia.goes_to_case(code, "screening/hand-over/")
    yield sofia.page


def test_the_keyboard_reaches_the_primary_action(applicant: Callable[..., Applicant], office: Office) -> None:
    dov = applicant("uk")
    dov.goes_to("")
    tab_to(dov.page, 'main .buttons a[href="/safety/"]')
    dov.page.keyboard.press("Enter")
    expect(dov.page).to_have_url(dov.gate + "safety/")
    dov.goes_to("mailbox/sign-in/")
    tab_to(dov.page, 'main [name="receipt"]')
    dov.page.keyboard.type("12345")
    tab_to(dov.page, PRIMARY)
    dov.page.keyboard.press("Enter")
    expect(dov.page.locator(".error-summary")).to_be_visible()
    iryna = office["iryna"]
    iryna.goes_to("")
    tab_to(iryna.page, 'main form[action="/fetch/"] button')
    iryna.page.keyboard.press("Enter")
    iryna.is_told("Fetched from the Gate")
