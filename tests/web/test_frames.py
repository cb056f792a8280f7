# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stands around every page of the two programs."""

import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import Settings

from tests.web.markup import Page

GALLERY = ["/look/", "/look/gate/"]


def test_a_tab_of_the_gate_names_nothing(settings: Settings) -> None:
    settings.WATCHWORD_PROGRAM = "gate"
    client = Client(raise_request_exception=False)
    for address in ("/", "/nowhere/", "/refuse/wrong-state/", "/fail/bug/"):
        page = client.get(address).content.decode()
        assert "<title>Page</title>" in page


def test_no_service_of_the_browser_reads_along(visitor: Client) -> None:
    page = Page(visitor.get("/").content.decode())
    assert page.named("html")[0].get("translate") == "no"
    assert page.named("body")[0].get("spellcheck") == "false"


def test_nothing_comes_from_elsewhere_and_nothing_is_a_script(visitor: Client) -> None:
    page = Page(visitor.get("/").content.decode())
    addresses = [tag.get("href") or tag.get("src") or tag.get("action") for tag in page.tags]
    assert all(address.startswith(("/", "#")) for address in addresses if address)
    assert not page.named("script")


def test_the_keyboard_reaches_the_content_first(visitor: Client) -> None:
    page = Page(visitor.get("/").content.decode())
    assert page.named("a")[0].get("href") == "#main"
    assert page.named("main")[0].get("id") == "main"


def test_a_message_is_shown_once_and_as_text(visitor: Client) -> None:
    assert "Sealed <now>." in Page(visitor.get("/saved/").content.decode()).text
    assert "Sealed" not in visitor.get("/").content.decode()


def test_an_organisation_that_nobody_trusted_has_signed_for_is_not_named(settings: Settings) -> None:
    settings.WATCHWORD_PROGRAM = "gate"
    assert "Watchword of" not in Client().get("/").content.decode()


@pytest.mark.parametrize("address", ["/", "/nowhere/", "/fail/bug/", "/refuse/wrong-state/"])
def test_a_demo_says_so_on_every_page(visitor: Client, address: str, settings: Settings) -> None:
    settings.WATCHWORD_DEMO = True
    assert "DEMO: invented people" in visitor.get(address).content.decode()


def test_what_is_not_a_demo_does_not_say_so(visitor: Client, settings: Settings) -> None:
    settings.WATCHWORD_DEMO = False
    assert "DEMO" not in visitor.get("/").content.decode()


@pytest.mark.parametrize("address", GALLERY)
def test_the_gallery_is_only_at_the_desk_of_a_demo(
    visitor: Client, program: str, address: str, settings: Settings
) -> None:
    settings.WATCHWORD_DEMO = False
    assert visitor.get(address).status_code == 404
    settings.WATCHWORD_DEMO = True
    assert visitor.get(address).status_code == (200 if program == "desk" else 404)


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_the_gallery_stands_in_every_language(settings: Settings, language: str) -> None:
    settings.WATCHWORD_DEMO = True
    with override(language):
        for address in GALLERY:
            page = Client().get(address, headers={"Accept-Language": language})
            assert f'<html lang="{language}"' in page.content.decode()


def test_a_long_list_has_links_that_keep_the_filter(settings: Settings) -> None:
    settings.WATCHWORD_DEMO = True
    page = Page(Client().get("/look/?stage=vetting&page=3").content.decode())
    links = [a.get("href") for a in page.named("a") if "page=" in a.get("href")]
    assert links
    assert all("stage=vetting" in link for link in links)
