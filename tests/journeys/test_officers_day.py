# SPDX-License-Identifier: AGPL-3.0-or-later
"""A day of work with the keyboard alone: every key goes where an officer expects it, and is seen to be there.

The days of all other officers, who have no scripts, are in test_accepted, test_refused and test_screened.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.checking import tab_to
from tests.journeys.conftest import Contexts
from tests.journeys.desk_pages import DESKTOP, Officer
from tests.journeys.gate_pages import PRIMARY
from tests.journeys.programs import Programs

IS_SEEN = """() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  const drawn = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  return drawn && document.activeElement.matches(":focus-visible");
}"""
HELD = "() => document.activeElement.textContent.trim()"


@pytest.fixture
def ada(new_context: Contexts, running: Programs) -> Officer:
    """An officer with scripts, who has touched nothing yet."""
    context = new_context(java_script_enabled=True, locale="en-GB", **DESKTOP)
    return Officer(context.new_page(), running.desk, "ada")


def test_a_whole_day_by_keyboard(ada: Officer) -> None:
    logs_in(ada)
    code = opens_the_first(ada, among="Checks")
    reads_the_story(ada)
    does(ada.page, "t", due=soon(), words="The second referee, too.")
    does(ada.page, "w", words="He is easier to reach in the evening.")
    assert code in ada.reads()
    adds_evidence(ada)
    leaves(ada)


def soon() -> str:
    """The next day that has the number of its month: browsers differ in which they ask for first."""
    today = datetime.now(UTC).date()
    days = (today + timedelta(days=number) for number in range(1, 370))
    return next(f"{day:%d%m%Y}" for day in days if day.day == day.month)


def press(page: Page, *keys: str) -> None:
    """Keys are pressed on a page whose scripts listen; it can be read before they do."""
    page.wait_for_load_state()
    for key in keys:
        page.keyboard.press(key)


def goes_by(page: Page, selector: str, key: str = "Enter") -> None:
    """Reach something with Tab, see that one is there, and press it."""
    tab_to(page, selector)
    assert page.evaluate(IS_SEEN), selector
    press(page, key)


def logs_in(officer: Officer) -> None:
    officer.goes_to("log-in/")
    passphrase, code = officer.secrets(officer.page)
    for name, typed in (("login", officer.login), ("passphrase", passphrase), ("code", code)):
        tab_to(officer.page, f'[name="{name}"]')
        officer.page.keyboard.type(typed)
    press(officer.page, "Enter")
    expect(officer.page.get_by_role("heading", level=1)).to_have_text("What waits for me")


def opens_the_first(officer: Officer, among: str) -> str:
    """Go down the list with j to the first case in this stage, and open it."""
    page = officer.page
    press(page, "c")
    expect(page).to_have_url(officer.desk + "cases/")
    rows = page.locator("main tbody tr").filter(has_text=among).filter(has_text="Ada")
    code: str = rows.first.locator("th a.code").inner_text()
    press(page, "j")
    while page.evaluate(HELD) != code:
        before = page.evaluate(HELD)
        press(page, "j")
        assert page.evaluate(HELD) != before, "the list ended"
    assert page.evaluate(IS_SEEN)
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(code)
    return code


def reads_the_story(officer: Officer) -> None:
    goes_by(officer.page, 'form[action$="/compartment/story/"] button')
    expect(officer.page.locator("main")).to_contain_text("This opening is in the ledger")
    goes_by(officer.page, "main a:text('Back to the case')")
    expect(officer.page).to_have_url(re.compile(r"/case/[^/]+/$"))


def does(page: Page, key: str, **typed: str) -> None:
    """What a single key leads to: fill it in, and seal it."""
    press(page, key)
    expect(page).to_have_url(re.compile(r"/(task|note)/$"))
    for name, text in typed.items():
        tab_to(page, f'main [name="{name}"]')
        page.keyboard.type(text)
    goes_by(page, PRIMARY)
    expect(page).to_have_url(re.compile(r"/case/[^/]+/$"))


def adds_evidence(officer: Officer) -> None:
    """Nothing is filled in at first: what is missing is said where the keyboard is then."""
    page = officer.page
    press(page, "e")
    expect(page).to_have_url(re.compile("/evidence/$"))
    goes_by(page, 'main a[href$="/evidence/add/check/"]')
    expect(page).to_have_url(re.compile("/check/$"))
    goes_by(page, PRIMARY)
    expect(page.locator(".error-summary")).to_be_visible()
    goes_by(page, ".error-summary a")
    expect(page.locator("main :is(input, textarea, select):focus")).to_have_count(1)


def leaves(officer: Officer) -> None:
    press(officer.page, "Escape")
    goes_by(officer.page, 'form[action="/log-out/"] button')
    expect(officer.page.locator('[name="login"]')).to_be_visible()
