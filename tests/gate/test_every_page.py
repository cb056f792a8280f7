# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every address of the Gate is a page that is light and plain, or is named here as none."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests.gate.applicant import Dov
from tests.gate.browser import Browser, Page
from tests.gate.test_pages import check
from tests.intake.harbour import Harbour
from watchword.gate.urls import pages

HEAVIEST = 30_000
"""Bytes of a page with its style and pictures, compressed; the scripts are besides."""

# Files, and what only forms and scripts speak with.
NO_PAGE = {
    *("mark_picture", "signed_list", "security_txt", "clones_text", "kit_file", "letter_file"),
    *("receipt_again", "answer", "plan", "plan_of"),
    *(
        "browser_begin",
        "browser_sign_in",
        "browser_lock",
        "browser_written",
        "browser_post",
        "browser_read",
        "browser_second",
        "browser_letters",
    ),
    *("sealed", "sealed_upload", "sealed_finish", "sealed_piece"),
}
# A letter of the Desk opens the first two; the others are shown once, after a form. All are walked past in
# test_accessible.
AFTER_A_LETTER = {"correct", "asked", "card_answer", "second_made"}
NAMED: dict[str, list[str | int]] = {
    "section": ["prescreen"],
    "files_of": ["evidence"],
    "alarm": [1],
    "take_back": [1],
}
LOADED = re.compile(r'<(?:img|link|script|source|audio|video)\b[^>]*?\s(?:src|href)="([^"]*)"')
LEADING = re.compile(r'<(?:a|form|area|base)\b[^>]*?\s(?:href|action)="([^"]*)"')


def test_no_rule_outlives_its_page() -> None:
    assert names() > NO_PAGE | AFTER_A_LETTER


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_page_is_light_plain_and_private(gate: Harbour, language: str) -> None:
    seen = set()
    for name, page in walked(Dov(Browser(language))):
        check(page, language)
        assert weight(page) <= HEAVIEST, (name, weight(page))
        assert all(
            link[:1] in {"/", "#", "?", ""} and link[:2] != "//" for link in LEADING.findall(page.html)
        )
        seen.add(name)
    assert seen == names() - NO_PAGE - AFTER_A_LETTER


def walked(dov: Dov) -> Iterator[tuple[str, Page]]:
    """Every page that opens at some point of the way, by its name, with what stands on it at that point."""
    yield from opened(dov.browser)
    dov.makes_contact()
    dov.writes_the_receipt_down()
    yield from opened(dov.browser)
    dov.checks_the_receipt()
    yield from opened(dov.browser)
    dov.answers_everything().sends()
    yield from opened(dov.browser)


def opened(browser: Browser) -> Iterator[tuple[str, Page]]:
    for name in sorted(names() - NO_PAGE - AFTER_A_LETTER):
        response = browser.client.get(address(name))
        if response.status_code == 200:
            yield name, Page(response, address(name))


def names() -> set[str]:
    return {str(one.name) for one in pages}


def address(name: str) -> str:
    return reverse(f"gate:{name}", args=NAMED.get(name, ()))


def weight(page: Page) -> int:
    """What travels for a first look, compressed as servers do it; nothing may come from elsewhere."""
    parts = {link: fetched(link) for link in LOADED.findall(page.html) if not link.endswith(".js")}
    return len(gzip.compress(page.html.encode())) + sum(map(len, parts.values()))


def fetched(link: str) -> bytes:
    assert link.startswith("/"), link
    assert not link.endswith((".svg", ".woff", ".woff2")), link
    if link.startswith("/static/"):
        return gzip.compress(Path(str(finders.find(link.removeprefix("/static/")))).read_bytes())
    return Browser().client.get(link).content
