# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages looked at in a browser, one after another: for whoever sees little or listens."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.test.signals import template_rendered
from playwright.sync_api import sync_playwright

from tests import chromium

ROOT = Path(__file__).parents[1]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
BUILT = ROOT / "watchword" / "web" / "static" / "built"
JUDGE = Path(__file__).with_name("judge.js")
# Everything, in English by day; then what another language can break, and what the night can.
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NAMES = ["button-name", "document-title", "html-lang-valid", "label", "link-name", "valid-lang"]
COLOURS = ["color-contrast"]
# 1280 by 1024 pixels at 400 %.
WINDOW: Any = {"width": 320, "height": 256}


@dataclass(frozen=True)
class Shown:
    """A page as it stood once: where on a walk, in which language, and its text."""

    state: str
    language: str
    html: str


@contextmanager
def drawing() -> Iterator[list[str]]:
    """The names of all templates that are drawn meanwhile; a page's own is the first of them."""
    names: list[str] = []

    def note(template: Any, **_: object) -> None:
        names.append(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def faults(shown: Sequence[Shown], styles: str) -> list[str]:
    """What axe finds, and what is cut off at 400 %: the latter in every language, for words have lengths."""
    # In a thread of its own: what drives the browser and what asks the database exclude each other.
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(_faults, shown, BUILT / styles).result()


def _faults(shown: Sequence[Shown], styles: Path) -> list[str]:
    english = [asdict(one) for one in shown if one.language == "en"]
    others = [asdict(one) for one in shown if one.language != "en"]
    judge = JUDGE.read_text(encoding="utf-8")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium.executable(), args=["--no-sandbox"])
        page = browser.new_page(viewport=WINDOW)
        page.route("**", lambda route: route.abort())
        page.set_content('<meta name="viewport" content="width=device-width, initial-scale=1">')
        page.add_style_tag(path=styles)
        page.add_script_tag(path=AXE)
        found: list[str] = page.evaluate(judge, {"pages": english, "rules": EVERYTHING})
        found += page.evaluate(judge, {"pages": others, "rules": NAMES})
        page.emulate_media(color_scheme="dark")
        found += page.evaluate(judge, {"pages": english, "rules": COLOURS})
        browser.close()
    return found
