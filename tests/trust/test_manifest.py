# SPDX-License-Identifier: AGPL-3.0-or-later
"""The manifest is believed when k of n roots signed it, and in no other case."""

import json
from datetime import date

import pytest
import rfc8785

from watchword.core.ledger.note import Note, NoteSignature
from watchword.core.sealing import primitives
from watchword.core.sealing.recipients import Identity
from watchword.trust.manifest import HEADING, Manifest, RoleAddress, Root, Untrusted, believe, read, sign

TODAY = date(2026, 11, 22)
ROOTS = [Root(f"root-{number}", bytes([number]) * 32) for number in (1, 2, 3)]
VKEYS = [str(root.key) for root in ROOTS]
STRANGER = Root("root-1", bytes(32))
DESK_MLDSA44 = primitives.mldsa44_public(bytes(32))

MANIFEST = Manifest(
    organisation="0011223344556677",
    title="Вільна гавань",
    version=3,
    published=date(2026, 11, 1),
    expires=date(2027, 1, 30),
    profile="legion",
    roles={"intake": RoleAddress(2, str(Identity.from_seed(bytes(32)).recipient))},
    courier=bytes(32),
    desk_ed25519=bytes(31) + b"\x01",
    desk_mldsa44=DESK_MLDSA44,
    logs=("log+00000000+AA",),
    gates=("http://gate.invalid/",),
)


def refuse(raw: bytes, match: str, *, roots: list[str] = VKEYS, needed: int = 2, today: date = TODAY) -> None:
    with pytest.raises(Untrusted, match=match):
        read(raw, roots, needed, today)


def resigned(text: str) -> bytes:
    signatures = tuple(
        NoteSignature(root.name, root.key.key_id, primitives.ed25519_sign(root.seed, text.encode()))
        for root in ROOTS[:2]
    )
    return str(Note(text, signatures)).encode()


def test_one_signature_is_not_two() -> None:
    refuse(sign(MANIFEST, ROOTS[:1]), "1 of the roots")


def test_the_same_root_twice_is_one_root() -> None:
    refuse(sign(MANIFEST, [ROOTS[0], ROOTS[0]]), "1 of the roots")


def test_the_same_root_configured_twice_is_one_root() -> None:
    refuse(sign(MANIFEST, ROOTS[:1]), "fewer root keys", roots=[VKEYS[0], VKEYS[0]])


def test_a_stranger_with_a_roots_name_is_a_stranger() -> None:
    refuse(sign(MANIFEST, [STRANGER, ROOTS[1]]), "1 of the roots")


def test_signatures_do_not_carry_over_to_another_text() -> None:
    honest = sign(MANIFEST, ROOTS)
    refuse(honest.replace(b"legion", b"region"), "0 of the roots")


def test_no_roots_believe_nothing() -> None:
    refuse(sign(MANIFEST, ROOTS), "fewer root keys", roots=[], needed=0)


@pytest.mark.parametrize("today", [date(2026, 10, 31), date(2027, 1, 31)])
def test_a_manifest_is_in_force_from_its_first_to_its_last_day(today: date) -> None:
    refuse(sign(MANIFEST, ROOTS[:2]), "in force from", today=today)
    assert believe(sign(MANIFEST, ROOTS[:2]), VKEYS, 2) == MANIFEST


@pytest.mark.parametrize(
    "change",
    [
        {"version": "three"},
        {"courier": "AAAA"},
        {"roles": {"intake": [1, "age1nonsense"]}},
        {"roles": ["intake"]},
        {"published": "yesterday"},
        {"surplus": 1},
        {"gates": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_signed_nonsense_is_nonsense(change: dict[str, object]) -> None:
    fields = json.loads(MANIFEST.text().partition("\n")[2]) | change
    refuse(resigned(f"{HEADING}\n{rfc8785.dumps(fields).decode()}\n"), "form of version 1")


def test_another_spelling_of_the_same_facts_is_refused() -> None:
    fields = json.loads(MANIFEST.text().partition("\n")[2])
    refuse(resigned(f"{HEADING}\n{json.dumps(fields)}\n"), "canonical")


def test_a_checkpoint_is_no_manifest() -> None:
    refuse(resigned("log\n1\nAAAA\n"), "not a manifest")


def test_two_roots_of_three_are_enough_and_everything_comes_back() -> None:
    assert read(sign(MANIFEST, [ROOTS[2], ROOTS[0]]), VKEYS, 2, TODAY) == MANIFEST


def test_a_role_without_a_key_is_never_sealed_to() -> None:
    with pytest.raises(Untrusted, match="board"):
        MANIFEST.recipients(["intake", "board"])
    with pytest.raises(Untrusted, match="nobody"):
        MANIFEST.recipients([])
