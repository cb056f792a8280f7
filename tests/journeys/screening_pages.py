# SPDX-License-Identifier: AGPL-3.0-or-later
"""The officers of screening in a browser; pages are found by what they do, for they speak three languages."""

from playwright.sync_api import expect

from tests.journeys.desk_pages import Office, Officer

WAITING = '[aria-labelledby="waiting"] a.code'
HITS = 'form[action*="/screening/hit/"] button'
NOT_JUDGED = ".tag-accent"
CUSTODIANS = ("halyna", "jonas", "katrin")


def asks_for_a_run(officer: Officer, code: str = "") -> None:
    """Of everything that waits, or of one case; confirmed by a code."""
    page = officer.page
    officer.goes_to(f"case/{code}/screening/ask/" if code else "screening/ask/")
    page.locator("main form .buttons button").click()
    form = page.locator('form[action$="/screening/confirm/"]')
    officer.confirms(form)
    expect(page.locator(".notice-success")).to_be_visible()


def gives(custodian: Officer) -> None:
    """This seat's share of the newest batch that waits for it."""
    page = custodian.page
    custodian.goes_to("custody/")
    page.locator('[aria-labelledby="batches"] form button').first.click()
    custodian.confirms(page.locator('form[action$="/give/"]'))
    expect(page.locator(".notice-success")).to_be_visible()


def runs(officer: Officer) -> None:
    """To the end of what custodians released."""
    start = officer.page.locator('form[action$="/screening/run/"] button')
    officer.goes_to("screening/")
    while start.count():
        start.click()
        expect(officer.page.locator(".notice-success")).to_be_visible()


def compares(office: Office, officer: Officer, code: str) -> None:
    """Ask for one case, have three custodians give, and run it; what was released before comes first."""
    runs(officer)
    asks_for_a_run(officer, code)
    for who in CUSTODIANS:
        gives(office[who])
    runs(officer)


def finds_somebody(officer: Officer) -> str:
    """Run what custodians have released; the code of the first whose applicant may be on a list."""
    runs(officer)
    for code in officer.page.locator(WAITING).all_inner_texts():
        officer.goes_to_case(code, "screening/")
        if officer.page.locator(NOT_JUDGED).count():
            return code
        officer.goes_to("screening/")
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
