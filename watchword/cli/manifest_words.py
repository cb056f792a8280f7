# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a manifest says and what changes in it, in lines that an officer reads before signing."""

from collections.abc import Iterator
from datetime import date

from watchword.trust.fingerprint import Fingerprint
from watchword.trust.manifest import Manifest

SECRETS_OF_THE_DESK = (
    ("courier", "the courier's key"),
    ("desk_ed25519", "the key that signs letters"),
    ("desk_mldsa44", "the second key that signs letters"),
    ("logs", "the keys of the ledger"),
)


def described(manifest: Manifest) -> Iterator[str]:
    """The manifest in a few lines."""
    yield f"Organisation:  {manifest.title}"
    yield f"Version:       {manifest.version}"
    yield f"In force:      {manifest.published} to {manifest.expires}"
    for number, address in enumerate(manifest.gates):
        yield f"{'' if number else 'Addresses:':14} {address}"
    roles = ", ".join(f"{name} (key {role.epoch})" for name, role in sorted(manifest.roles.items()))
    yield f"Sealed to:     {roles}"


def changes(before: Manifest, after: Manifest) -> Iterator[str]:
    """What is different, line by line; an officer asks about each before signing."""
    if before.organisation != after.organisation:
        yield "ANOTHER ORGANISATION: receipts made before would no longer open anything"
    if before.version >= after.version:
        yield f"the version does not grow: {before.version} before, {after.version} now"
    for address in sorted(set(before.gates) ^ set(after.gates)):
        yield f"the address {address} is {'new' if address in after.gates else 'gone'}"
    for role in sorted(set(before.roles) | set(after.roles)):
        if before.roles.get(role) != after.roles.get(role):
            yield f"the key of the role {role} is another"
    for name, what in SECRETS_OF_THE_DESK:
        if getattr(before, name) != getattr(after, name):
            yield f"{what} is another"
    if before.profile != after.profile:
        yield f"the procedure is {after.profile}, and was {before.profile}"


def in_force(manifest: Manifest, today: date) -> str:
    """Whether it can be used today, and what to do if not."""
    if today < manifest.published:
        return f"It is not in force before {manifest.published}."
    if today > manifest.expires:
        return (
            f"Its time was over on {manifest.expires}: the Gate takes nothing. Make and sign a new one now."
        )
    return f"It is in force for {(manifest.expires - today).days} more days."


def mark(fingerprint: Fingerprint, language: str) -> Iterator[str]:
    """The mark of the roots, to be compared with a card."""
    for row in fingerprint.rows(language):
        yield "  " + " ".join(row)
    yield f"  {fingerprint}"
