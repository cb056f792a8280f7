# SPDX-License-Identifier: AGPL-3.0-or-later
"""An invented organisation as the Gate sees it: a signed manifest on its disk. Tests hold the other keys."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.clock import TODAY
from watchword import profiles
from watchword.core.procedure.profile import Profile
from watchword.core.sealing import primitives
from watchword.core.sealing.frame import Frame, unpack
from watchword.core.sealing.recipients import Identity, Recipient
from watchword.core.sealing.seal import seal
from watchword.core.sealing.unseal import unseal
from watchword.trust import letter as letters
from watchword.trust.letter import DeskSigner, Letter
from watchword.trust.manifest import Manifest, RoleAddress, Root, sign

ED25519, MLDSA44, COURIER = b"e" * 32, b"m" * 32, b"c" * 32
ROOTS = [Root(f"root-{number}", bytes([number]) * 32) for number in (1, 2, 3)]
DESK = DeskSigner(
    ed25519=lambda message: primitives.ed25519_sign(ED25519, message),
    mldsa44=lambda message: primitives.mldsa44_sign(MLDSA44, message),
)


@dataclass(frozen=True)
class Harbour:
    """What the Gate reads (``manifest`` at ``path``), and what only the Desk has (``keys`` by role)."""

    path: Path
    manifest: Manifest
    keys: dict[str, Identity]
    profile: Profile

    def publish(self, *, signed_by: int = 2, **changes: object) -> None:
        """Put a manifest on the Gate's disk, with other fields or fewer signatures."""
        self.path.write_bytes(sign(replace(self.manifest, **changes), ROOTS[:signed_by]))  # type: ignore[arg-type]  # the test names the fields

    def open(self, sealed: bytes, role: str, case: str, compartment: str, revision: int) -> bytes:
        """What a person of this role reads in a sealed entry."""
        framed = unseal(sealed, [self.keys[role]])
        return unpack(framed, Frame(bytes.fromhex(case), compartment, revision))

    def letter_to(self, case: str, recipient: str, *, signer: DeskSigner = DESK, **changes: object) -> bytes:
        """A sealed letter as the Desk makes it."""
        return seal(self.letter(case, signer, **changes), [Recipient.parse(recipient)])

    def letter(self, case: str, signer: DeskSigner = DESK, **changes: object) -> bytes:
        """The same, before it is sealed."""
        letter = Letter(
            case=case,
            number=1,
            kind="countersign",
            day=TODAY,
            language="en",
            subject="We have it",
            text="Here is the Desk.",
            needs_answer=False,
            stage="prescreen",
        )
        letter = replace(letter, **changes)  # type: ignore[arg-type]  # the test names the fields
        return letters.write(letter, signer)


@cache
def key_of(role: str) -> Identity:
    """The same key in each test, made once."""
    return Identity.from_seed(primitives.sha256(role.encode()))


@cache
def address_of(role: str) -> RoleAddress:
    """What the manifest says of this key."""
    return RoleAddress(1, str(key_of(role).recipient))


def found(path: Path, today: date = TODAY) -> Harbour:
    """A new organisation whose manifest is published at ``path``."""
    profile = profiles.load("legion")
    keys = {role.id: key_of(role.id) for role in profile.roles}
    manifest = Manifest(
        organisation="org-1",
        title="Free Harbour",
        version=3,
        published=today - timedelta(days=1),
        expires=today + timedelta(days=60),
        profile="legion",
        roles={role: address_of(role) for role in keys},
        courier=primitives.ed25519_public(COURIER),
        desk_ed25519=primitives.ed25519_public(ED25519),
        desk_mldsa44=primitives.mldsa44_public(MLDSA44),
        logs=(),
        gates=("http://gate.invalid/",),
    )
    harbour = Harbour(path, manifest, keys, profile)
    harbour.publish()
    return harbour


@pytest.fixture
def harbour(tmp_path: Path, settings: Settings) -> Harbour:
    """Free Harbour, whose manifest this Gate believes."""
    settings.WATCHWORD_DIR = tmp_path
    settings.WATCHWORD_MANIFEST = tmp_path / "manifest.note"
    settings.WATCHWORD_ROOTS = [str(root.key) for root in ROOTS]
    settings.WATCHWORD_PROGRAM = "gate"
    return found(settings.WATCHWORD_MANIFEST)
