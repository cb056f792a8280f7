# SPDX-License-Identifier: AGPL-3.0-or-later
"""Headers of a seat's shares that only its old holder's own machine can make anew for the key of the next.

The Desk hands out headers, which open nothing without the bodies that stay here, and takes back others in
their place. It cannot look into them: whoever holds a seat is trusted with the one share that it is.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from watchword.core.refusals import WrongState
from watchword.core.sealing.answer import check_for_one
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.primitives import sha256
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.vault import headers
from watchword.vault.models import SealedRecord, Unopenable
from watchword.vault.rules import Signs

AT_ONCE = 300
"""Headers in one file: as many as a page takes back."""


def waiting(seat: str, since: int) -> QuerySet[SealedRecord]:
    """The seat's shares whose header is older than the list ``since``, and was not tried in vain before."""
    tried = Unopenable.objects.filter(role=seat, manifest_version__gte=since)
    older = SealedRecord.objects.filter(compartment=seat, manifest_version__lt=since).exclude(header=b"")
    return older.exclude(pk__in=tried.values("record")).order_by("pk")


def next_headers(seat: str, since: int) -> dict[str, bytes]:
    """The next of them by uid of their records, as age headers."""
    found = {}
    for row in waiting(seat, since)[:AT_ONCE]:
        try:
            found[row.uid] = headers.bare(row)
        except (SealingError, WrongState):
            # Erased meanwhile, or damaged: no key is needed for it.
            continue
    return found


@transaction.atomic
def put(
    seat: str,
    fresh: Mapping[str, tuple[str, bytes]],
    unopened: Sequence[str],
    *,
    since: int,
    signer: Signs,
    now: datetime,
) -> int:
    """Put new headers in the place of those with these hashes; how many.

    ``unopened`` are not asked for again. A header that was changed or erased meanwhile stays as it is.
    """
    rows = {row.uid: row for row in waiting(seat, since).select_for_update()}
    done = []
    for uid, (old, header) in sorted(fresh.items()):
        row = rows.get(uid)
        if row is None or sha256(headers.bare(row)).hex() != old:
            continue
        _check(header)
        row.header, row.manifest_version = headers.cover(row, header), since
        row.save(update_fields=["header", "manifest_version"])
        done.append((uid, bytes(row.header)))
    Unopenable.objects.bulk_create(
        Unopenable(record_id=uid, role=seat, manifest_version=since, damaged=False)
        for uid in sorted(set(unopened) & rows.keys() - fresh.keys())
    )
    if done:
        _record(seat, done, since, signer, now)
    return len(done)


def _check(header: bytes) -> None:
    try:
        check_for_one(header)
    except SealingError as error:
        raise WrongState(error.reason) from None


def _record(seat: str, done: Sequence[tuple[str, bytes]], since: int, signer: Signs, now: datetime) -> None:
    digest = sha256(b"".join(bytes.fromhex(uid) + sha256(header) for uid, header in done)).hex()
    record(
        Event.HEADER_REWRAP,
        signer=signer,
        case=None,
        payload={"role": seat, "manifest": since, "records": len(done), "headers": digest},
        at=now,
    )
