# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every page of the Gate, in every state, language and theme, for whoever sees little or listens."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from django.test.signals import template_rendered
from playwright.sync_api import sync_playwright

from tests import chromium
from tests.gate.states import Shown, Walk
from tests.intake.harbour import Harbour

ROOT = Path(__file__).parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
STYLES = ROOT / "watchword" / "web" / "static" / "built" / "gate.css"
TEMPLATES = ROOT / "watchword" / "gate" / "templates"
JUDGE = Path(__file__).with_name("judge.js")
# Everything, in English by day; then what another language can break, and what the night can.
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NAMES = ["button-name", "document-title", "html-lang-valid", "label", "link-name", "valid-lang"]
COLOURS = ["color-contrast"]
# 1280 by 1024 pixels at 400 %.
WINDOW: Any = {"width": 320, "height": 256}
# Drawn for an editor of questions, who is no visitor.
NO_PAGE = {"gate/previewed.html"}


def test_no_page_in_any_state_keeps_anybody_out(gate: Harbour, monkeypatch: pytest.MonkeyPatch) -> None:
    with drawing() as drawn:
        shown = Walk(gate).goes_everywhere(monkeypatch)
    every = {str(one.relative_to(TEMPLATES)) for one in TEMPLATES.rglob("*.html")}
    assert every - drawn == NO_PAGE, "the walk passes these by"
    # In a thread of its own: what drives the browser and what asks the database exclude each other.
    with ThreadPoolExecutor(1) as aside:
        found = aside.submit(faults, shown).result()
    assert not found, "\n".join(found)


@contextmanager
def drawing() -> Iterator[set[str]]:
    """The names of all templates that are drawn meanwhile."""
    names: set[str] = set()

    def note(template: Any, **_: object) -> None:
        names.add(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def faults(shown: Sequence[Shown]) -> list[str]:
    """What axe finds, and what is cut off at 400 %: the latter in every language, for words have lengths."""
    english = [asdict(one) for one in shown if one.language == "en"]
    others = [asdict(one) for one in shown if one.language != "en"]
    judge = JUDGE.read_text(encoding="utf-8")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium.executable(), args=["--no-sandbox"])
        page = browser.new_page(viewport=WINDOW)
        page.route("**", lambda route: route.abort())
        page.set_content('<meta name="viewport" content="width=device-width, initial-scale=1">')
        page.add_style_tag(path=STYLES)
        page.add_script_tag(path=AXE)
        found: list[str] = page.evaluate(judge, {"pages": english, "rules": EVERYTHING})
        found += page.evaluate(judge, {"pages": others, "rules": NAMES})
        page.emulate_media(color_scheme="dark")
        found += page.evaluate(judge, {"pages": english, "rules": COLOURS})
        browser.close()
    return found
