# SPDX-License-Identifier: AGPL-3.0-or-later
"""The kit in a real browser: a list is asked, judged and sealed, and so is what other people read."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright
from pytest_django import Settings

from tests import chromium
from tests.gate.own import APART, LIST, asking
from tests.intake.harbour import Harbour
from watchword.cli import kit_file
from watchword.core.sealing.frame import case_of
from watchword.core.sealing.parcel_text import read_parcel

BUILT = Path(__file__).parents[2] / "watchword" / "web" / "static" / "built"
PAGE = '[data-section="reach"] '
CHOSEN = {
    "whereabouts": "host",
    "adult": "yes",
    "danger_now": "no",
    "found_us": "list",
    "age_bracket": "from_25",
    "prior_service": "no",
    "bars": "none",
    "how_often": "week",
}


@pytest.fixture
def kit(gate: Harbour, settings: Settings, tmp_path: Path) -> tuple[Harbour, Path]:
    harbour = asking(gate, settings, APART, LIST)
    script, style = (BUILT / "kit.js").read_text("utf-8"), (BUILT / "gate.css").read_text("utf-8")
    file = tmp_path / "kit.html"
    file.write_bytes(
        kit_file.build(harbour.profile, harbour.manifest, mark="01634", script=script, style=style)
    )
    return harbour, file


def test_a_list_grows_shrinks_is_judged_and_arrives_in_order(kit: tuple[Harbour, Path]) -> None:
    harbour, file = kit
    # In a thread of its own: what drives the browser and what asks the database exclude each other.
    with ThreadPoolExecutor(1) as aside:
        parcel = read_parcel(aside.submit(parcel_from, file).result())
    case = case_of(parcel.recipient)
    found = {
        entry.compartment: json.loads(
            harbour.open(entry.sealed, "vetting", case, entry.compartment, entry.revision)
        )["answers"]
        for entry in parcel.entries
        if entry.kind == "section:reach"
    }
    assert found == {
        "contact": {
            "how_often": "week",
            "moves": [{"when": "2012/2014"}, {"how": "by night", "travelled": "yes", "when": "2016/.."}],
        },
        "story": {"feared": "a neighbour"},
    }


def parcel_from(file: Path) -> str:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=["--no-sandbox"])
        page = browser.new_context(offline=True).new_page()
        page.goto(file.as_uri())
        text = filled_in(page)
        browser.close()
    return text


def filled_in(page: Page) -> str:
    page.locator("button[lang=en]").click()
    expect(page.locator(PAGE)).to_contain_text("“Whom do you fear?”. Who can open this answer: Vetting")
    seal, more = page.locator("main > button"), page.get_by_role("button", name="One more entry")
    page.get_by_role("button", name="Remove: Move").click()
    seal.click()
    # A list without an entry is told of at the list itself.
    expect(page.locator(f'{PAGE}[data-name="moves"] > .field-error')).to_have_count(1)
    for name, value in CHOSEN.items():
        page.check(f'[data-name="{name}"][value="{value}"]')
    for name, words in {"citizenships": "A", "languages": "B", "feared": "a neighbour"}.items():
        page.fill(f'[data-name="{name}"]', words)
    for _ in range(3):
        more.click()
    expect(more).to_be_disabled()
    expect(page.locator('[data-name="moves.0.how"]')).to_be_hidden()
    page.check('[data-name="moves.0.travelled"][value="yes"]')
    page.fill('[data-name="moves.0.how"]', "by night")
    page.fill('[data-name="moves.0.when.from_year"]', "2016")
    page.check('[data-name="moves.0.when.still"]')
    page.fill('[data-name="moves.1.when.from_year"]', "2012")
    page.fill('[data-name="moves.1.when.to_year"]', "2014")
    page.fill('[data-name="moves.2.when.from_year"]', "1999")
    page.get_by_role("button", name="Remove: Move").nth(2).click()
    seal.click()
    page.fill("#typed", " ".join(page.locator(".receipt li").all_inner_texts()))
    seal.click()
    return page.locator("#parcel").input_value()
