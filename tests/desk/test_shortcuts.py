# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keys that do what links do can be switched off, and the list has what they act on."""

import re
from pathlib import Path

from tests.cast import case_in
from tests.organisation import Organisation


def test_the_keys_are_switched_off_and_on_again(organisation: Organisation) -> None:
    browser = organisation.browser("iris")
    assert "desk-keys" in browser.get("/").content.decode()
    assert browser.post("/shortcuts/")["Location"] == "/shortcuts/"
    for path in ("/", "/cases/", "/shortcuts/"):
        assert "desk-keys" not in browser.get(path).content.decode()
    browser.post("/shortcuts/")
    assert "desk-keys" in browser.get("/").content.decode()


def test_a_list_has_the_places_that_the_keys_go_to(organisation: Organisation) -> None:
    case_in(organisation)
    page = organisation.browser("iris").get("/cases/").content.decode()
    assert "<details data-filter>" in page
    assert '<th scope="row"><a class="code"' in page


ROOT = Path(__file__).resolve().parents[2]


def keys_of_the_script() -> set[str]:
    """What the script does by itself, and what templates name; 1 to 9 are filters."""
    script = (ROOT / "frontend" / "scripts" / "desk-keys.js").read_text(encoding="utf-8")
    table = script.partition("const doing = {")[2].partition("};")[0]
    own = re.findall(r'^  "?(\S+?)"?: ', table, re.MULTILINE)
    pages = [page.read_text(encoding="utf-8") for page in (ROOT / "watchword").rglob("templates/**/*.html")]
    named = [key for page in pages for key in re.findall(r'data-key="(\w)"', page)]
    framed = [key for page in pages for key in re.findall(r'frame_link "[\w:]+" \w+ "(\w)"', page)]
    assert len(set(own)) == len(own)
    return {*own, *named, *framed, "Enter", "1", "9"}


def test_the_printed_page_names_every_key_and_no_other(organisation: Organisation) -> None:
    page = organisation.browser("ada").get("/shortcuts/").content.decode()
    assert set(re.findall(r"<kbd>([^<]+)</kbd>", page)) == keys_of_the_script()


def test_a_list_and_a_case_have_what_the_keys_act_on(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    browser = organisation.browser("ada")
    listed = browser.get("/cases/").content.decode()
    assert "data-several" in listed
    case = browser.get(re.findall(r'href="(/case/[^"]+)"', listed)[0]).content.decode()
    assert {"h", "c", "t", "w", "e", "p"} == set(re.findall(r'data-key="(\w)"', case))
