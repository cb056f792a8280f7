# SPDX-License-Identifier: AGPL-3.0-or-later
"""Choosing a language and leaving quickly, by people who may be watched."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.web.markup import Page

ELSEWHERE = [
    "", "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "javascript:alert(1)", "http:evil", " //evil.example", "\n//evil.example", "evil", "?next=/",
    "data:text/html,x",
]  # fmt: skip


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_language_link_never_leads_to_another_site(visitor: Client, address: str) -> None:
    assert visitor.get("/language/uk/", {"next": address})["Location"] == "/"


def test_a_language_link_keeps_the_page(visitor: Client) -> None:
    links = [a for a in Page(visitor.get("/saved/").content.decode()).named("a") if a.get("hreflang") == "uk"]
    answer = visitor.get(links[0].get("href"))
    assert answer["Location"] == "/saved/"
    again = visitor.get("/saved/").content.decode()
    assert '<html lang="uk"' in again
    present = [a.get("hreflang") for a in Page(again).named("a") if a.get("aria-current") == "true"]
    assert present == ["uk"]


def test_each_language_is_written_in_its_own_words(visitor: Client) -> None:
    text = Page(visitor.get("/").content.decode()).text
    assert "English Українська Русский" in text


def test_the_language_cookie_ends_with_the_browser_and_is_not_for_scripts(visitor: Client) -> None:
    cookie = visitor.get("/language/ru/").cookies["lang"]
    assert cookie["max-age"] == cookie["expires"] == ""
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"


def test_an_unknown_language_is_not_there(visitor: Client) -> None:
    answer = visitor.get("/language/tlh/")
    assert answer.status_code == 404
    assert "lang" not in answer.cookies


@pytest.mark.parametrize(
    ("method", "address"), [("post", "/language/uk/"), ("get", "/leave/"), ("post", "/left/")]
)
def test_each_takes_one_method(visitor: Client, method: str, address: str) -> None:
    assert getattr(Client(), method)(address).status_code == 405


def test_leaving_forgets_every_cookie_also_without_a_mark(visitor: Client) -> None:
    for name in ("lang", "csrftoken", "gate", "messages"):
        visitor.cookies[name] = "x"
    answer = visitor.post("/leave/")
    assert answer["Location"] == "/left/"
    assert {name for name, cookie in answer.cookies.items() if cookie["max-age"] == 0} == {
        "lang", "csrftoken", "gate", "messages",
    }  # fmt: skip


def test_the_page_after_leaving_says_nothing(visitor: Client) -> None:
    page = Page(visitor.get("/left/").content.decode())
    assert page.text == "."
    assert not page.named("a")
    assert not page.named("link")


def test_the_page_after_leaving_goes_on_to_a_neutral_address(visitor: Client, settings: Settings) -> None:
    settings.WATCHWORD_LEAVE_ADDRESS = "https://weather.example/"
    page = visitor.get("/left/").content.decode()
    assert '<meta http-equiv="refresh" content="0; url=https://weather.example/">' in page


def test_the_way_out_is_on_every_page_of_the_gate(settings: Settings) -> None:
    settings.WATCHWORD_PROGRAM = "gate"
    client = Client(raise_request_exception=False)
    for address in ("/", "/nowhere/", "/refuse/wrong-state/", "/fail/bug/"):
        forms = Page(client.get(address).content.decode()).named("form")
        assert [form.get("action") for form in forms] == ["/leave/"], address
