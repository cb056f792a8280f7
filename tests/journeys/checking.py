# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is asked of every page: no fault that axe can find, and no line that a telephone cuts off."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MOST_TABS = 60


def check(page: Page) -> None:
    """The page as it stands. Needs a browser with scripts: axe is one, and waits for ever without them."""
    found = faults(page)
    assert not found, f"{page.url}: {found}"
    check_fits(page)


def check_fits(page: Page) -> None:
    """No line of the page is cut off."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url


def faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    return [f"{found['id']}: {found['nodes'][0]['html']}" for found in result["violations"]]


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what ``selector`` names has the keyboard."""
    page.wait_for_load_state()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.locator(selector).evaluate_all("them => them.includes(document.activeElement)"):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")
