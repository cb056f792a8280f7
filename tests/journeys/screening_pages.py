# SPDX-License-Identifier: AGPL-3.0-or-later
"""The officers of screening in a browser; pages are found by what they do, for they speak three languages."""

from playwright.sync_api import expect

from tests.journeys.desk_pages import Officer

WAITING = '[aria-labelledby="waiting"] a.code'
HITS = 'form[action*="/screening/hit/"] button'


def compares(officer: Officer, code: str) -> None:
    officer.goes_to_case(code, "screening/")
    officer.page.locator('form[action$="/compare/"] button').click()
    expect(officer.page.locator(".notice-success")).to_be_visible()
    officer.page.wait_for_load_state()


def compares_until_somebody_is_found(officer: Officer) -> str:
    """Take cases from the top of the queue; the code of the first whose applicant is on a list."""
    officer.goes_to("screening/")
    for code in officer.page.locator(WAITING).all_inner_texts():
        officer.goes_to_case(code, "screening/")
        if officer.page.locator('form[action$="/compare/"]').count():
            compares(officer, code)
            if officer.page.locator(HITS).count():
                return code
    raise AssertionError("nobody who waits is on a list")


def opens(officer: Officer, code: str, number: int = 0) -> str:
    """Open one hit, recorded first; what the page says."""
    officer.goes_to_case(code, "screening/")
    officer.page.locator(HITS).nth(number).click()
    expect(officer.page.locator(".waterfall")).to_be_visible()
    return officer.reads()


def judges(officer: Officer, act: str, verdict: str, reason: str) -> None:
    """``act``: judge, or second as the second person, on the page that is open."""
    form = officer.page.locator(f'form[action$="/{act}/"]')
    form.locator(f'[name="verdict"][value="{verdict}"]').check()
    form.locator('[name="reason"]').fill(reason)
    form.get_by_role("button").click()
    expect(officer.page.locator(".notice-success")).to_be_visible()


def hands_over(officer: Officer, code: str) -> None:
    page = officer.page
    officer.goes_to_case(code, "screening/hand-over/")
    for name in ("facts", "favourable"):
        page.fill(f'[name="{name}"]', "Compared with every list of today.")
    graded = {"source_grade": "B", "information_grade": "2", "disclosure": "open", "bearing": "neither"}
    for name, value in graded.items():
        page.check(f'[name="{name}"][value="{value}"]')
    page.select_option('[name="guideline"]', "A")
    page.locator("main form .buttons button").click()
    expect(page.locator(".notice-success")).to_be_visible()
