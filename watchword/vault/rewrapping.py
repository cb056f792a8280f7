# SPDX-License-Identifier: AGPL-3.0-or-later
"""Gives the records of a role headers for its new key: in chunks, each whole or not at all, bodies untouched.

What is done stands in the records themselves. Whoever is stopped, killed or overtaken between two chunks or
in the middle of one leaves nothing half done, and the next run finds what is left.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from watchword.core.refusals import WrongState
from watchword.core.sealing.errors import NoMatchingKey, SealingError
from watchword.core.sealing.primitives import sha256
from watchword.core.sealing.recipients import Identity
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.trust.manifest import Manifest
from watchword.vault import headers, opening, rules, selectors
from watchword.vault.models import SealedRecord, Unopenable
from watchword.vault.rules import Opener

CHUNK = 256
"""Records a transaction: its ledger entry costs nothing beside them, and it holds up nobody who works."""


@dataclass(frozen=True)
class Chunk:
    """What one transaction did. ``last`` is where the next chunk begins; None when nothing was left."""

    last: str | None
    resealed: int = 0
    unopenable: int = 0


@dataclass(frozen=True)
class _Header:
    """The header of one record as it is stored, before and after."""

    uid: str
    old: bytes
    new: bytes
    """Empty when none of the role's keys opens the old one."""
    damaged: bool = False


def next_chunk(
    role: str, *, since: int, after: str, actor: Opener, now: datetime, size: int = CHUNK
) -> Chunk:
    """Re-wrap the next records for ``role`` behind ``after`` whose header is older than the list ``since``.

    Recipients come from the signed manifest and never from the database: whoever can write to the database
    must not be able to have records sealed to a key of his own.
    """
    identities = _identities(role, actor)
    manifest = selectors.manifest()
    todo = selectors.still_to_rewrap(role, since).filter(pk__gt=after)
    rows = list(todo.only("uid", "case", "compartment", "readers", "header", "key")[:size])
    if not rows:
        return Chunk(None)
    # Outside of the transaction: this is the slow part, and nobody waits for it.
    fresh = [_header(row, role, identities, manifest) for row in rows]
    with transaction.atomic():
        present = _unchanged(fresh)
        written = _write(present, role, manifest.version)
        if written.resealed:
            record(
                Event.HEADER_REWRAP,
                signer=actor.signer,
                case=None,
                payload={
                    "role": role,
                    "manifest": manifest.version,
                    "records": written.resealed,
                    "headers": digest(one for one in present if one.new),
                },
                at=now,
            )
    return Chunk(rows[-1].uid, written.resealed, written.unopenable)


def forget_damaged(role: str) -> None:
    """Try damaged headers anew: somebody may have put back good ones from a backup."""
    Unopenable.objects.filter(role=role, damaged=True).delete()


def digest(fresh: Iterable[_Header]) -> str:
    """SHA-256 over each record's name and the hash of its new header as stored, in the order of names."""
    return sha256(b"".join(bytes.fromhex(one.uid) + sha256(one.new) for one in fresh)).hex()


def _identities(role: str, actor: Opener) -> list[Identity]:
    rules.check_may_open(actor, readers=frozenset({role}), held=False, written_by="")
    assert actor.keys is not None  # the rule above refuses locked keys
    identities = actor.keys.identities([role])
    rules.check_has_identities(identities)
    # Oldest first: nearly every header waits for an old key, and a wrong one costs as much as a right one.
    return identities[::-1]


def _header(row: SealedRecord, role: str, identities: list[Identity], manifest: Manifest) -> _Header:
    stored, to = bytes(row.header), sorted(opening.readers(row))
    # Recipients stand in the order of their names, so that this role's place is known.
    likely = to.index(role) if role in to else 0
    try:
        old = headers.bare(row)
        new = opening.rewrap_header(old, identities, manifest.recipients(to), likely=likely)
        return _Header(row.uid, stored, headers.cover(row, new))
    except WrongState:
        # Erased meanwhile, or brought back by an old copy of the database: no role's key is needed for it.
        return _Header(row.uid, stored, b"")
    except SealingError as error:
        return _Header(row.uid, stored, b"", damaged=not isinstance(error, NoMatchingKey))


def _unchanged(fresh: list[_Header]) -> list[_Header]:
    """Those whose header is still the one that was read: an erased one must not come back."""
    rows = SealedRecord.objects.select_for_update().filter(pk__in=[one.uid for one in fresh]).order_by("pk")
    present = {uid: bytes(header) for uid, header in rows.values_list("pk", "header")}
    return [one for one in fresh if present.get(one.uid) == one.old]


def _write(fresh: list[_Header], role: str, version: int) -> Chunk:
    done = [(one.new, version, one.uid) for one in fresh if one.new]
    table = SealedRecord._meta.db_table
    with connection.cursor() as cursor:
        # One prepared statement: what Django makes of so many rows costs more than sealing them.
        cursor.executemany(
            f"UPDATE {table} SET header = %s, manifest_version = %s WHERE uid = %s",  # noqa: S608 - our own name
            done,
        )
    rest = [
        Unopenable(record_id=one.uid, role=role, manifest_version=version, damaged=one.damaged)
        for one in fresh
        if not one.new
    ]
    Unopenable.objects.filter(role=role, record_id__in=[one.record_id for one in rest]).delete()
    Unopenable.objects.bulk_create(rest)
    return Chunk(None, len(done), len(rest))
