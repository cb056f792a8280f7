# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes sealed entries: the one place where ciphertext reaches the Gate's database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from watchword.core.sealing.primitives import random_bytes
from watchword.intake import envelopes
from watchword.intake.models import Mailbox, Parcel, SealedChunk, SealedEntry
from watchword.intake.services.discarding import discard

CHUNK_SIZE = 256 * 1024


@dataclass(frozen=True)
class Spot:
    """Where an entry belongs in its case: what its frame says, and its kind."""

    compartment: str
    kind: str
    revision: int


def new_uid() -> str:
    """A name that says nothing, not even how many came before it."""
    return random_bytes(16).hex()


def next_revision(mailbox: Mailbox) -> int:
    """A number that nothing in this mailbox has or had; in a transaction that holds the mailbox.

    What is sealed in one act with something in custody shares one: its compartments tell its entries apart.
    """
    mailbox.revisions += 1
    # Not by ``save``: a call from a mailbox that does not exist does the same work and is undone.
    Mailbox.objects.filter(pk=mailbox.pk).update(revisions=mailbox.revisions)
    return mailbox.revisions


def new_parcel(mailbox: Mailbox, kind: str, today: date, *, ready: bool = True) -> Parcel:
    """One act of sending; the Desk is offered it from the moment when it is ``ready``."""
    return Parcel.objects.create(uid=new_uid(), mailbox=mailbox, kind=kind, ready=ready, opened=today)


def seal_entry(
    mailbox: Mailbox,
    compartment: str,
    kind: str,
    payload: bytes,
    *,
    parcel: Parcel | None = None,
) -> SealedEntry:
    """Seal a small payload as the mailbox's next revision; in a transaction that holds the mailbox."""
    revision = next_revision(mailbox)
    sealed = envelopes.sealed(case=mailbox.case, compartment=compartment, revision=revision, payload=payload)
    spot = Spot(compartment, kind, revision)
    return store_sealed(mailbox, spot, sealed, parcel=parcel)


def store_sealed(mailbox: Mailbox, spot: Spot, sealed: bytes, *, parcel: Parcel | None = None) -> SealedEntry:
    """Store an age file, whoever has sealed it, in a place of this mailbox that nothing else has."""
    entry = SealedEntry.objects.create(
        uid=new_uid(),
        mailbox=mailbox,
        parcel=parcel,
        compartment=spot.compartment,
        kind=spot.kind,
        revision=spot.revision,
        size=len(sealed),
        ready=True,
    )
    SealedChunk.objects.bulk_create(
        SealedChunk(entry=entry, seq=seq, data=data) for seq, data in enumerate(_pieces(sealed))
    )
    return entry


def forget_replaced(entry: SealedEntry) -> None:
    """Delete what this entry of a draft takes the place of: its writer wanted it gone.

    Without this, one visitor who sends the same part or file again and again fills the disk.
    """
    same = SealedEntry.objects.filter(
        mailbox=entry.mailbox_id, parcel=None, ready=True, compartment=entry.compartment, kind=entry.kind
    )
    discard(same.filter(revision__lt=entry.revision))


def _pieces(sealed: bytes) -> Iterator[bytes]:
    for start in range(0, len(sealed), CHUNK_SIZE):
        yield sealed[start : start + CHUNK_SIZE]
