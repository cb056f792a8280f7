# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts other sealed bytes in the place of a record: the same frame under another key, and the old ones go.

All that is given at once, or nothing. The old headers are destroyed as when something is erased: the rest of
the case gets a new key in the key store, so a copy of the database that was made before opens nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.envelope import read_header
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.keystore import services as keystore
from watchword.vault import bodies, headers, selectors
from watchword.vault.models import SealedRecord, Unopenable
from watchword.vault.rules import Signs
from watchword.vault.services import store_sealed, take_away, under_key

Place = tuple[str, str, int]
"""The compartment, the kind and the revision of a record in its case."""


@dataclass(frozen=True)
class Fresh:
    """Age files for places of one case; ``was``: the SHA-256 of the body which it is made from, if known.

    Of a place that has no record here a new one is made. ``gone``: places of which nothing is left.
    """

    sealed: Mapping[Place, bytes]
    was: Mapping[Place, str]
    gone: Collection[Place]


def put_in_place(*, case: str, fresh: Fresh, signer: Signs, now: datetime) -> None:
    """Put them all in their places; WrongState when one of the old ones is not what it was.

    The caller holds the lock of the case. Bodies are written first: a crash before the end leaves files that
    nothing opens. The old bodies and keys go when the transaction is durable.
    """
    with transaction.atomic():
        kept = SealedRecord.objects.filter(case=case).exclude(header=b"").order_by("pk")
        rows = list(kept.select_for_update())
        here: dict[Place, SealedRecord] = {(row.compartment, row.kind, row.revision): row for row in rows}
        _check_same(here, fresh.was)
        going = [row for place, row in here.items() if place in fresh.sealed or place in fresh.gone]
        doomed, lost = {row.key for row in rows}, [row.body_sha256 for row in going]
        SealedRecord.objects.filter(pk__in=[row.pk for row in going]).update(header=b"")
        key = keystore.make()
        under_key([row for row in rows if row not in going], key)
        _write(case, fresh.sealed, key, signer, now)
        Unopenable.objects.filter(record__in=[row.pk for row in going]).delete()
        keystore.destroy(doomed)
        transaction.on_commit(lambda: take_away(lost))


def _check_same(here: Mapping[Place, SealedRecord], was: Mapping[Place, str]) -> None:
    for place, sha256 in was.items():
        if place not in here or here[place].body_sha256 != sha256:
            raise WrongState(sentence("What was sealed here was changed or erased meanwhile."))


def _write(case: str, sealed: Mapping[Place, bytes], key: str, signer: Signs, now: datetime) -> None:
    version = selectors.manifest().version
    # What has a row goes first, for a new row lies under the key of the others.
    rows = {place: _row(case, place) for place in sealed}
    for place in sorted(sealed, key=lambda one: (rows[one] is None, one)):
        row = rows[place]
        if row is None:
            compartment, kind, revision = place
            row = store_sealed(
                case=case,
                compartment=compartment,
                kind=kind,
                revision=revision,
                sealed=sealed[place],
                written_by="applicant",
                signer=signer,
                now=now,
            )
        else:
            row.key = key
            _exchange(row, sealed[place], signer, now)
        row.manifest_version = version
        row.save(update_fields=["manifest_version"])


def _row(case: str, place: Place) -> SealedRecord | None:
    """The row of this place, erased or not."""
    compartment, kind, revision = place
    return selectors.records(case, compartment).filter(kind=kind, revision=revision).first()


def _exchange(row: SealedRecord, sealed: bytes, signer: Signs, now: datetime) -> None:
    header, first = read_header(iter([sealed]))
    body = bodies.write([first])
    row.header = headers.cover(row, header)
    row.body_sha256, row.body_size = body.sha256, body.size
    row.save(update_fields=["header", "key", "body_sha256", "body_size"])
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
