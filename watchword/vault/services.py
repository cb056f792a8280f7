# SPDX-License-Identifier: AGPL-3.0-or-later
"""Stores sealed records; each one's hash is in the ledger in the same transaction."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import chain

from django.db import connection, transaction
from django.db.models import Max

from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing import frame
from watchword.core.sealing.envelope import read_header
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.primitives import random_bytes
from watchword.core.sealing.seal import seal
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.keystore import services as keystore
from watchword.vault import bodies, headers, selectors
from watchword.vault.models import SealedRecord
from watchword.vault.rules import Signs, check_readers


def seal_record(
    *,
    case: str,
    compartment: str,
    kind: str,
    payload: bytes,
    signer: Signs,
    now: datetime,
    readers: Sequence[str],
    held: bool = False,
) -> SealedRecord:
    """Seal ``payload`` to the role keys of ``readers`` and store it as the compartment's next revision.

    ``readers`` are roles that the profile lets read this compartment; all of them or fewer. The caller holds
    the lock of the case, so that two records cannot be given the same revision.

    A ``held`` record opens to its writer alone until ``release`` is called.
    """
    check_readers(readers, allowed=selectors.readers_of(compartment))
    with transaction.atomic():
        revision = _next_revision(case, compartment)
        framed = frame.pack(frame.Frame(bytes.fromhex(case), compartment, revision), payload)
        manifest = selectors.manifest()
        return _store(
            SealedRecord(
                case=case,
                compartment=compartment,
                kind=kind,
                revision=revision,
                readers=sorted(readers),
                written_by=signer.id,
                manifest_version=manifest.version,
                held=held,
            ),
            [seal(framed, manifest.recipients(readers))],
            signer=signer,
            now=now,
        )


def store_sealed(
    *,
    case: str,
    compartment: str,
    kind: str,
    revision: int,
    sealed: Iterable[bytes] | bytes,
    written_by: str,
    signer: Signs,
    now: datetime,
) -> SealedRecord:
    """Store what somebody else has sealed, in constant memory when it comes in pieces.

    WrongState when such a record with this revision is here already: nothing is put in its place.
    """
    held = selectors.records(case, compartment).filter(kind=kind, revision=revision)
    if held.exists():
        raise WrongState(sentence("A record of this kind and number is here already and is not replaced."))
    chunks = [sealed] if isinstance(sealed, bytes) else sealed
    row = SealedRecord(
        case=case,
        compartment=compartment,
        kind=kind,
        revision=revision,
        readers=sorted(selectors.readers_of(compartment)),
        written_by=written_by,
    )
    return _store(row, chunks, signer=signer, now=now)


def release(*, records: Iterable[str], signer: Signs, now: datetime) -> None:
    """Let the readers of the compartment open these held records; the ledger says when."""
    with transaction.atomic():
        for row in SealedRecord.objects.select_for_update().filter(pk__in=list(records), held=True):
            row.held = False
            row.save(update_fields=["held"])
            record(
                Event.COMPARTMENT_WRITE,
                signer=signer,
                case=row.case,
                payload={"record": row.uid, "kind": row.kind, "released": True},
                at=now,
            )


def erase(*, case: str, compartments: Collection[str] = ()) -> int:
    """Make the records of a case, or of these compartments of it, unreadable for good; how many there were.

    What does it is the destruction of the key of their headers, when the transaction is durable: copies of
    the database and of the bodies that were made before open nothing after it. What stays of a case gets
    a new key. Empty headers say that it was done, and the bodies are taken off the disk.

    The caller writes the ledger entry in the same transaction. The rows stay: hashes in the ledger and other
    rooms point at them.
    """
    rows = SealedRecord.objects.select_for_update().filter(case=case).exclude(header=b"")
    going = rows.filter(compartment__in=compartments) if compartments else rows
    lost = list(going.values_list("body_sha256", "key"))
    keys = {key for _, key in lost}
    count = going.update(header=b"")
    if others := list(rows.filter(key__in=keys)):
        under_key(others, keystore.make())
    keystore.destroy(keys)
    transaction.on_commit(lambda: take_away(sha256 for sha256, _ in lost))
    return count


def under_key(rows: Sequence[SealedRecord], key: str) -> None:
    """Put the headers of these rows under this key of the store; they may lie under one that is to go."""
    for row in rows:
        try:
            header = headers.bare(row)
        except (SealingError, WrongState):
            # Nobody could open it before, and so nothing is lost with its key.
            continue
        row.key = key
        row.header = headers.cover(row, header)
        row.save(update_fields=["key", "header"])


def take_away(hashes: Iterable[str]) -> None:
    """Take bodies off the disk that nobody needs, once that is durable.

    A crash before the end leaves bodies that nothing opens.
    """
    for sha256 in hashes:
        if not SealedRecord.objects.filter(body_sha256=sha256).exclude(header=b"").exists():
            bodies.remove(sha256)
    if connection.vendor == "sqlite":
        # Headers that were overwritten in their table still lie in the log of the database.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _next_revision(case: str, compartment: str) -> int:
    """One more than any in the compartment: no two records made here share a frame and could be swapped."""
    newest = selectors.records(case, compartment).aggregate(newest=Max("revision"))["newest"]
    return (newest or 0) + 1


def _store(row: SealedRecord, sealed: Iterable[bytes], *, signer: Signs, now: datetime) -> SealedRecord:
    """Body to disk first: a crash in between leaves a file without a row, never a row without its file."""
    pieces = iter(sealed)
    try:
        header, first = read_header(pieces)
    except SealingError as error:
        raise WrongState(sentence("This is not a sealed record: %(reason)s.", reason=error.reason)) from error
    body = bodies.write(chain([first], pieces))
    row.uid, row.key = random_bytes(16).hex(), headers.key_for(row.case)
    row.header = headers.cover(row, header)
    row.body_sha256, row.body_size = body.sha256, body.size
    row.created = now.replace(second=0, microsecond=0)
    with transaction.atomic():
        row.save(force_insert=True)
        record(
            Event.SEAL_HASH,
            signer=signer,
            case=row.case,
            payload={"record": row.uid, "kind": row.kind},
            public={
                "sha256": bytes.fromhex(body.sha256),
                "compartment": row.compartment,
                "revision": row.revision,
            },
            at=now,
        )
    return row
