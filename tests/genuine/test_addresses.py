# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the address of a false site is written, and which are refused."""

import pytest

from watchword.core.refusals import WrongState
from watchword.genuine.rules import address_of, check_has_room

OURS = ("http://harbour.onion/", "https://harbour.example/")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("https://False.Example/Join?ref=1#top", "false.example/Join"),
        (" t.me/false_bot ", "t.me/false_bot"),
        ("@false_bot", "@false_bot"),
        ("http://someone@false.example:8080/", "false.example:8080"),
        ("hаrbour.example", "xn--hrbour-3nf.example"),
    ],
)
def test_an_address_has_one_spelling(typed: str, written: str) -> None:
    assert address_of(typed, OURS) == written


@pytest.mark.parametrize(
    "typed",
    [
        "http://harbour.onion",
        "HARBOUR.example/apply",
        "harbour.example:443/apply",
        "harbour.example./",
        "//harbour.example/",
        "https:/harbour.example",
        "www.harbour.onion",
    ],
)
def test_our_own_address_is_never_called_false(typed: str) -> None:
    with pytest.raises(WrongState, match="an address of ours"):
        address_of(typed, OURS)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "a",
        "a site that I found",
        "false.example\u202e",
        "x" * 201,
        "false.example\n2026-01-01 harbour.onion",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(WrongState, match="Write one address"):
        address_of(typed, OURS)


def test_a_register_that_nobody_could_read_is_not_made() -> None:
    check_has_room(1, 2)
    with pytest.raises(WrongState, match="The register is full"):
        check_has_room(2, 2)
