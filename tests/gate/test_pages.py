# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every page of the Gate, in every language: plain, private, and without anything that runs."""

import re

import pytest

from tests.gate.applicant import Dov
from tests.gate.browser import Browser, Page
from tests.gate.desk import collect, write
from tests.intake.harbour import Harbour

LANGUAGES = ("en", "uk", "ru")
OUTER = (
    "/",
    "/safety/",
    "/genuine/",
    "/genuine/measures/",
    "/contact/",
    "/mailbox/sign-in/",
    "/withdrawn/",
    "/no-such-page/",
)
INNER = (
    "/application/",
    "/application/part/prescreen/",
    "/application/attachment/",
    "/application/send/",
    "/mailbox/",
    "/withdraw/",
)
# A title stands in the history and on the tab, where whoever takes the telephone reads it first.
TELLING = re.compile(
    "free harbour|watchword|volunteer|legion|application|apply|receipt|vetting|medical", re.IGNORECASE
)
# Our one script comes from a file of ours; nothing stands in a page that could run.
RUNNING = re.compile(
    r"<script(?! defer src=\"/static/built/)|<svg|<iframe|<object|\son[a-z]+=|\sstyle=|javascript:|data:",
    re.IGNORECASE,
)


def check(page: Page, language: str) -> None:
    assert page.language == language
    assert not TELLING.search(page.title), page.title
    assert not RUNNING.search(page.html)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.html.count("<h1>") == 1
    assert all(f'lang="{code}"' in page.html for code in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", OUTER)
def test_an_outer_page_is_plain_and_private(gate: Harbour, address: str, language: str) -> None:
    check(Browser(language).open(address), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_inner_pages_are_plain_and_private(gate: Harbour, language: str) -> None:
    dov = Dov(Browser(language))
    check(dov.makes_contact(), language)
    dov.writes_the_receipt_down()
    check(dov.browser.open("/receipt/check/"), language)
    dov.checks_the_receipt()
    for address in INNER:
        check(dov.browser.open(address), language)
    check(dov.answers_everything().sends(), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_are_asked_in_the_readers_language(gate: Harbour, language: str) -> None:
    section = gate.profile.questionnaire.contact
    page = Browser(language).open("/contact/")
    assert section.title.in_language(language) in page.text
    assert section.questions[0].label.in_language(language) in page.text


def test_a_link_changes_the_language_and_keeps_the_page(gate: Harbour) -> None:
    browser = Browser()
    browser.open("/safety/")
    page = browser.open(next(link for link in browser.page.links if link.startswith("/language/uk/")))
    assert (page.address, page.language) == ("/safety/", "uk")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_changes_in_mid_sentence_and_nothing_typed_is_lost(gate: Harbour, language: str) -> None:
    browser = Browser("uk" if language == "ru" else "ru")
    form = browser.open("/contact/").form_with("whereabouts")
    typed = {"whereabouts": "elsewhere", "found_where": "<b>ложный сайт</b>\u202e"}
    page = browser.send(form, **typed, rows=f"language {language}")
    check(page, language)
    shown = page.form_with("whereabouts").fields
    assert (page.status, shown["whereabouts"], shown["ticket"]) == (200, ["elsewhere"], form.fields["ticket"])
    assert "&lt;b&gt;ложный сайт" in page.html
    assert "field-error" not in page.html
    assert browser.open("/safety/").language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mailbox_speaks_the_readers_language_about_the_stage(
    dov: Dov, gate: Harbour, language: str
) -> None:
    dov.applies()
    collect(gate)
    write(gate, kind="status", stage="checks")
    dov.comes_back()
    page = dov.browser.open(f"/language/{language}/?next=/mailbox/")
    assert gate.profile.stage("checks").applicant_title.in_language(language) in page.text


def test_the_start_page_offers_to_go_on_to_whoever_is_in_the_middle(dov: Dov) -> None:
    assert "I have a receipt" in dov.browser.open("/").text
    dov.begins()
    assert "Go on where you were" in dov.browser.open("/").text


def test_no_cookie_outlives_the_browser_or_is_read_by_scripts(dov: Dov) -> None:
    dov.begins()
    for morsel in dov.browser.client.cookies.values():
        assert not morsel["max-age"]
        assert not morsel["expires"]
        assert morsel["httponly"]
        assert morsel["samesite"] == "Strict"
