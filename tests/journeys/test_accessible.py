# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of the Gate as its script changes them, and the main acts by keyboard.

All other pages, in all their states: tests/gate/test_accessible.py and tests/desk/test_accessible.py.
"""

from collections.abc import Callable, Iterator

from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.checking import check, tab_to
from tests.journeys.desk_pages import Office
from tests.journeys.gate_pages import PDF, PRIMARY, QUESTIONNAIRE, Applicant

NARROW = {"java_script_enabled": True, "viewport": {"width": 320, "height": 640}}


def test_pages_that_our_script_has_changed(applicant: Callable[..., Applicant]) -> None:
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
