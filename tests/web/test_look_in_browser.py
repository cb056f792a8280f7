# SPDX-License-Identifier: AGPL-3.0-or-later
"""The gallery in a real browser: both themes, a telephone, the keyboard."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from tests import chromium

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GALLERY = ["/look/", "/look/gate/"]
# 1280 pixels at 400 % are 320.
TELEPHONE: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}
FINGERS = ".button, .control, .choice, .gate-name a, .gate-foot a, .languages a"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    # A closed proxy: nothing that a page asks for can come from anywhere but here.
    flags = ["--no-sandbox", "--disable-gpu", "--proxy-server=127.0.0.1:9", "--proxy-bypass-list=127.0.0.1"]
    return {
        **browser_type_launch_args,
        "executable_path": chromium.executable(),
        "headless": True,
        "args": flags,
    }


@pytest.fixture
def site(settings: Settings) -> Iterator[str]:
    """The pages of a demo's Desk, served without a database."""
    settings.WATCHWORD_DEMO = True
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


def violations(page: Page, only: dict[str, object]) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("only => axe.run(document, {runOnly: only})", only)
    return [f"{found['id']}: {found['nodes'][0]['html']}" for found in result["violations"]]


@pytest.mark.parametrize("address", GALLERY)
def test_every_part_is_accessible_and_fits(site: str, browser: Browser, address: str) -> None:
    """All rules on a telephone, where most can go wrong; elsewhere what a theme or a width can break."""
    page = browser.new_page(color_scheme="light", **TELEPHONE)
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Policy" in said.text else None)
    page.goto(site + address)
    assert violations(page, {"type": "tag", "values": RULES}) == []
    assert overflow(page) <= 0
    page.emulate_media(color_scheme="dark")
    assert violations(page, {"type": "rule", "values": ["color-contrast"]}) == []
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 720})
    assert violations(page, {"type": "rule", "values": ["color-contrast", "target-size"]}) == []
    assert overflow(page) <= 0
    assert refused == []
    page.close()


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def test_a_finger_hits_every_control_of_the_gate(site: str, browser: Browser) -> None:
    page = browser.new_page(**TELEPHONE)
    page.goto(site + "/look/gate/")
    heights = [box["height"] for box in (one.bounding_box() for one in page.locator(FINGERS).all()) if box]
    assert heights
    assert min(heights) >= 44
    page.close()


def test_the_keyboard_sees_where_it_is(site: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(site + "/left/")
    page.goto(site + "/nowhere/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(8):
        page.keyboard.press("Tab")
        ring = page.evaluate("getComputedStyle(document.activeElement).outline")
        assert "3px" in ring, ring
    page.close()


def test_the_summary_of_errors_has_the_keyboard_without_scripts(site: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/look/gate/")
    assert page.locator(".error-summary:focus").count() == 1
    context.close()


def test_paper_shows_the_digits_and_no_button(site: str, browser: Browser) -> None:
    page = browser.new_page(color_scheme="dark")
    page.emulate_media(media="print")
    page.goto(site + "/look/gate/")
    assert page.locator(".receipt").is_visible()
    assert not page.get_by_text("Nobody can give it to you again").is_visible()
    assert not page.locator(".button").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.close()
