# SPDX-License-Identifier: AGPL-3.0-or-later
"""Genuine or clone: what the Gate shows of itself to be compared with paper."""

import io

import pytest
from PIL import Image
from pytest_django import Settings

from tests.clock import TODAY
from tests.gate.browser import Browser
from tests.intake.harbour import DESK, ROOTS, Harbour
from watchword.intake.services import receive_clones
from watchword.trust.clones import Clone, Register, sign
from watchword.trust.fingerprint import of_roots
from watchword.trust.manifest import believe

VKEYS = [str(root.key) for root in ROOTS]
MARK = of_roots(VKEYS, 2)


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_the_mark_is_there_in_the_readers_words_and_in_digits(gate: Harbour, language: str) -> None:
    page = Browser(language).open("/genuine/")
    assert all(" ".join(row) in page.text for row in MARK.rows(language))
    assert all(group in page.text for group in MARK.digits)


def test_the_page_says_the_address_and_what_it_does_not_prove(gate: Harbour) -> None:
    page = Browser().open("/genuine/")
    assert gate.manifest.gates[0] in page.text
    assert f"list number {gate.manifest.version}" in page.text
    assert "A false site can copy this page" in page.text


def test_the_square_code_is_a_picture_of_the_digits(gate: Harbour) -> None:
    answer = Browser().client.get("/genuine/mark.png")
    assert answer.headers["Content-Type"] == "image/png"
    picture = Image.open(io.BytesIO(answer.content)).convert("1")
    assert picture.width == picture.height == 165


def test_the_signed_list_can_be_checked_by_anybody(gate: Harbour) -> None:
    answer = Browser().client.get("/genuine/list.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert believe(answer.content, VKEYS, 2) == gate.manifest


def published(gate: Harbour, *addresses: str, version: int = 1) -> str:
    known = tuple(Clone(TODAY, address) for address in addresses)
    register = Register(gate.manifest.organisation, version, TODAY, known)
    text = sign(register, DESK, gate.manifest).decode()
    receive_clones(text=text)
    return text


def test_the_false_sites_are_a_page_without_links_and_a_signed_text(gate: Harbour) -> None:
    assert Browser().client.get("/genuine/clones.txt").status_code == 404
    assert "No false site is known today" in Browser().open("/genuine/clones/").text
    text = published(gate, "false.example/<b>", "t.me/false_bot")
    page = Browser().open("/genuine/clones/")
    assert "false.example/<b>" in page.text
    assert [link for link in page.links if "false" in link] == []
    assert Browser().client.get("/genuine/clones.txt").content.decode() == text


@pytest.mark.parametrize("address", ["/genuine/", "/genuine/mark.png", "/genuine/list.txt"])
def test_an_expired_list_is_shown_by_nobody(gate: Harbour, address: str) -> None:
    gate.publish(signed_by=1)
    assert Browser().client.get(address).status_code == 503


def test_security_txt_names_whom_to_tell_for_as_long_as_the_list_is_in_force(
    gate: Harbour, settings: Settings
) -> None:
    client = Browser().client
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.WATCHWORD_SECURITY_CONTACT = "https://harbour.example/report"
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    assert "Contact: https://harbour.example/report" in lines
    assert f"Expires: {gate.manifest.expires}T00:00:00Z" in lines
    assert "Canonical: http://gate.invalid/.well-known/security.txt" in lines


def onion_location(path: str, host: str = "harbour.example", cookie: str = "") -> str:
    client = Browser().client
    if cookie:
        client.cookies["visit"] = cookie
    return str(client.get(path, headers={"host": host}).headers.get("Onion-Location", ""))


def test_the_onion_address_is_told_on_ordinary_pages_alone(gate: Harbour, settings: Settings) -> None:
    settings.MIDDLEWARE = ["watchword.gate.onion.OnionLocation", *settings.MIDDLEWARE]
    assert onion_location("/genuine/") == ""
    settings.WATCHWORD_ONION = "http://harbour.onion/"
    assert onion_location("/genuine/?from=search") == "http://harbour.onion/genuine/"
    assert onion_location("/genuine/", host="harbour.onion:80") == ""
    assert onion_location("/genuine/mark.png") == ""
    assert onion_location("/no-such-page/") == ""
    assert onion_location("/", cookie="ab" * 32) == ""
