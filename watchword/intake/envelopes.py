# SPDX-License-Identifier: AGPL-3.0-or-later
"""Seals one piece of an application for the people who may read its compartment, and for nobody else.

Whom to seal to comes from the signed manifest on this disk, never from the database: whoever can write
into the database must not be able to add a reader.
"""

import json

from django.conf import settings

from watchword import profiles, trust
from watchword.core.procedure.profile import Profile
from watchword.core.sealing import frame
from watchword.core.sealing.recipients import HYBRID, Recipient
from watchword.core.sealing.seal import seal


def profile() -> Profile:
    """The procedure of this Gate; ``gate.checks`` compares its name with the signed manifest."""
    return profiles.load(settings.WATCHWORD_PROFILE)


def readers(compartment: str) -> list[Recipient]:
    """The keys of the roles that may read a compartment today; Untrusted for what is in custody."""
    return trust.current().recipients(profile().compartment(compartment).readers)


def stanzas(compartment: str) -> list[str]:
    """The kinds of the keys that something in this compartment is sealed to: in custody, to its own alone."""
    if profile().compartment(compartment).custody:
        return [HYBRID.name]
    return [reader.kind for reader in readers(compartment)]


def frame_of(case: str, compartment: str, revision: int) -> frame.Frame:
    """What binds a sealed entry to its place, so that it cannot be moved to another case."""
    return frame.Frame(bytes.fromhex(case), compartment, revision)


def sealed(*, case: str, compartment: str, revision: int, payload: bytes) -> bytes:
    """The payload, bound to its case, compartment and revision, sealed to the compartment's readers."""
    return seal(frame.pack(frame_of(case, compartment, revision), payload), readers(compartment))


def fields(**values: object) -> bytes:
    """A small payload in its one canonical spelling."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
