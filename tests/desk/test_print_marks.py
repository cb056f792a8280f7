# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever is printed says for whom: a page that turns up outside leads to one person and one minute.

The templates come from the program itself: one that nobody thought of here fails the test.
"""

import re
from pathlib import Path

import watchword
from tests.cast import Applicant
from tests.clock import STANDS_AT
from tests.laws.addresses import addresses
from tests.organisation import Organisation

MARK = '{% include "cases/_print_mark.html"'
TEMPLATES = {
    path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
    for folder in Path(watchword.__file__).parent.glob("*/templates")
    for path in folder.rglob("*.html")
}
BLOCK = re.compile(r"{% block print_mark %}(.*?){% endblock %}", re.DOTALL)

OF_NO_READER = {
    "accounts/keepers.html": "each card names whose it is; it is made at the founding, by nobody who reads",
    "genuine/cards.html": "found on an applicant, the name of whoever made it would be one of ours",
    "gate/previewed.html": "a form shown to whoever writes the procedure: nobody's answers",
    "web/base.html": "the frame of the Gate as well, whose applicants print a receipt and no name",
    "web/broken.html": "the page of a failure, with nothing on it",
    "web/left.html": "what stands on the screen after leaving at once: nothing",
    "web/look/desk.html": "a demo's alone, with a mark of its own",
}
"""What is a document of its own, or leaves the mark out, and why it may."""


def test_every_page_that_says_whose_copy_it_is_does_so_in_one_way() -> None:
    assert MARK in TEMPLATES["web/base_desk.html"]
    said = {name: BLOCK.findall(text) for name, text in TEMPLATES.items() if BLOCK.search(text)}
    assert len(said) > 15
    assert {name for name, blocks in said.items() if MARK not in blocks[0]} <= set(OF_NO_READER)


def test_every_document_that_stands_in_no_frame_names_its_reader_or_stands_here() -> None:
    alone = {name for name, text in TEMPLATES.items() if "<!doctype" in text.lower()}
    marked = {
        name for name in alone if "{{ reader }}" in TEMPLATES[name] and "{{ now|moment }}" in TEMPLATES[name]
    }
    assert marked == {"decisions/dossier_paper.html"}
    assert alone - marked <= set(OF_NO_READER), "says nobody's name when it is printed"
    assert set(OF_NO_READER) <= set(TEMPLATES)


def test_every_page_of_the_desk_is_printed_for_somebody(organisation: Organisation) -> None:
    browser, seen = organisation.browser("ada"), 0
    for address in addresses():
        if not address.gaps and address.name not in {
            "accounts:log_out",
            "accounts:lock",
            "look",
            "look_gate",
        }:
            answer = browser.get(address.of({}))
            page = b"".join(answer).decode(errors="replace")
            if answer.status_code != 200 or "<main" not in page or "desk-head" not in page:
                continue
            assert "printed for Ada" in page, address.name
            assert f"{STANDS_AT:%H:%M}" in page.partition("printed for")[2][:200], address.name
            seen += 1
    assert seen > 3


def test_the_pages_of_a_case_name_it_as_well(organisation: Organisation) -> None:
    case = Applicant(organisation).apply()
    iris = organisation.browser("iris")
    for path in (f"/case/{case.code}/", f"/case/{case.code}/tie/"):
        page = iris.get(path).content.decode()
        assert f"{case.code} · printed for Iris" in " ".join(page.split()), path
