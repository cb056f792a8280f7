# SPDX-License-Identifier: AGPL-3.0-or-later
"""A letter is the Desk's, for this mailbox, unchanged; or it is forged."""

import json
from dataclasses import replace
from datetime import date

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.test_manifest import MANIFEST
from watchword.core.sealing import primitives
from watchword.trust.enclosed import Enclosed
from watchword.trust.letter import DeskSigner, Forged, Letter, read, write

DESK, THIEF = bytes([7]) * 32, bytes([8]) * 32
BELIEVED = replace(
    MANIFEST,
    desk_ed25519=primitives.ed25519_public(DESK),
    desk_mldsa44=primitives.mldsa44_public(DESK),
)
CASE = "0" * 31 + "a"
LETTER = Letter(
    CASE, 1, "countersign", date(2026, 11, 22), "ru", "Мы на связи", "Ваше письмо у нас.", False, ""
)


def signer(ed25519: bytes, mldsa44: bytes) -> DeskSigner:
    return DeskSigner(
        ed25519=lambda message: primitives.ed25519_sign(ed25519, message),
        mldsa44=lambda message: primitives.mldsa44_sign(mldsa44, message),
    )


@pytest.mark.parametrize(("ed25519", "mldsa44"), [(THIEF, DESK), (DESK, THIEF), (THIEF, THIEF)])
def test_both_signatures_must_be_the_desks(ed25519: bytes, mldsa44: bytes) -> None:
    with pytest.raises(Forged, match="did not sign"):
        read(write(LETTER, signer(ed25519, mldsa44)), BELIEVED, CASE)


def test_a_genuine_letter_of_another_mailbox_is_refused() -> None:
    with pytest.raises(Forged, match="another mailbox"):
        read(write(LETTER, signer(DESK, DESK)), BELIEVED, "0" * 32)


@pytest.mark.parametrize(
    "member", ["number", "text", "kind", "day", "stage", "needs_answer", "asks", "received", "opened"]
)
def test_no_member_can_be_changed_after_signing(member: str) -> None:
    parts = json.loads(write(LETTER, signer(DESK, DESK)))
    changed = {
        "number": 2,
        "day": "2026-11-23",
        "needs_answer": True,
        "asks": ["identity"],
        "received": ["identity"],
        "opened": [{"compartment": "story", "purpose": "case-work", "times": 1, "last": "2026-11-22"}],
    }.get(member, "changed")
    parts["letter"][member] = changed
    with pytest.raises(Forged, match="did not sign"):
        read(rfc8785.dumps(parts), BELIEVED, CASE)


WITH_FILE = replace(LETTER, files=(Enclosed("map.pdf", b"%PDF-1.7 where to come"),))


def test_a_file_comes_out_of_its_letter_as_it_went_in() -> None:
    assert read(write(WITH_FILE, signer(DESK, DESK)), BELIEVED, CASE) == WITH_FILE


@pytest.mark.parametrize("files", [[], ["JVBERi0="], ["JVBERi0=", "JVBERi0="], ["%"], None, "JVBERi0="])
def test_no_file_can_be_put_in_the_place_of_the_enclosed_one(files: list[str] | str | None) -> None:
    parts = json.loads(write(WITH_FILE, signer(DESK, DESK)))
    with pytest.raises(Forged, match="not a letter"):
        read(rfc8785.dumps({**parts, "files": files}), BELIEVED, CASE)


def test_the_name_of_a_file_is_signed() -> None:
    parts = json.loads(write(WITH_FILE, signer(DESK, DESK)))
    parts["letter"]["files"][0]["name"] = "passport.pdf"
    with pytest.raises(Forged, match="did not sign"):
        read(rfc8785.dumps(parts), BELIEVED, CASE)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"letter":{}}',
        b"\xff",
        rfc8785.dumps({"letter": {"number": True}, "ed25519": "", "mldsa44": ""}),
        rfc8785.dumps({"letter": None, "ed25519": "", "mldsa44": ""}),
    ],
)
def test_what_is_no_letter_is_refused(data: bytes) -> None:
    with pytest.raises(Forged, match="not a letter"):
        read(data, BELIEVED, CASE)


def spoiled(**changed: object) -> bytes:
    """What anybody can put into a mailbox: its recipient stands in the Gate's database."""
    parts = json.loads(write(LETTER, signer(DESK, DESK)))
    return json.dumps({**parts, "letter": {**parts["letter"], **changed}}).encode()


@pytest.mark.parametrize(
    "data",
    [
        spoiled(number=2**70),
        spoiled(text="\ud800"),
        spoiled(case="\udfff"),
        spoiled(asks="identity"),
        spoiled(asks=[["identity"]]),
        spoiled(received=None),
        b"[" * 100_000,
    ],
)
def test_what_cannot_be_written_down_is_forged_and_hides_no_other_letter(data: bytes) -> None:
    with pytest.raises(Forged, match="not a letter"):
        read(data, BELIEVED, CASE)


@settings(deadline=None)  # two signatures on a busy machine
@given(
    text=st.text(max_size=80),
    subject=st.text(max_size=20),
    number=st.integers(1, 2**31),
    asks=st.lists(st.text(max_size=9), max_size=3).map(tuple),
)
def test_what_was_written_is_read(text: str, subject: str, number: int, asks: tuple[str, ...]) -> None:
    letter = replace(LETTER, text=text, subject=subject, number=number, asks=asks, received=asks[:1])
    assert read(write(letter, signer(DESK, DESK)), BELIEVED, CASE) == letter
