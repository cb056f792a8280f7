# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Gate's side of the exchange: what is ready goes out, what the Desk has is deleted, letters come in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from watchword.core.refusals import WrongState, sentence
from watchword.intake.models import CourierCounter, Delivery, Mailbox, Parcel, SealedEntry
from watchword.intake.services import traces
from watchword.intake.services.discarding import discard


@dataclass(frozen=True)
class ReadyEntry:
    """One sealed age file of a parcel; its bytes come from ``selectors.entry_chunks(uid)``."""

    uid: str
    compartment: str
    kind: str
    revision: int
    size: int


@dataclass(frozen=True)
class ReadyParcel:
    """One act of sending that the Desk has not acknowledged."""

    uid: str
    case: str
    kind: str
    entries: tuple[ReadyEntry, ...]


@dataclass(frozen=True)
class SealedLetter:
    """A letter of the Desk for one case, sealed to its mailbox; ``kind`` as in the letter."""

    uid: str
    case: str
    kind: str
    sealed: bytes


def ready_parcels(*, limit: int = 100) -> list[ReadyParcel]:
    """The parcels that wait for the Desk. From now on they count as known to it, acknowledged or not."""
    with transaction.atomic():
        rows = list(
            Parcel.objects.filter(ready=True).select_related("mailbox").order_by("opened", "uid")[:limit]
        )
        Parcel.objects.filter(pk__in=[row.pk for row in rows], offered=False).update(offered=True)
    return [ReadyParcel(row.uid, row.mailbox.case, row.kind, _entries(row)) for row in rows]


def acknowledge(*, uids: Iterable[str], today: date) -> int:
    """Delete the parcels that the Desk has stored; how many there were. An unknown name is a repeat."""
    with transaction.atomic():
        rows = Parcel.objects.filter(uid__in=list(uids), ready=True, offered=True)
        applications = Mailbox.objects.filter(parcels__in=rows.filter(kind="application"))
        Mailbox.objects.filter(pk__in=list(applications.values_list("pk", flat=True))).update(collected=today)
        withdrawn = list(rows.filter(kind="withdrawal").values_list("mailbox_id", flat=True))
        count = rows.count()
        discard(SealedEntry.objects.filter(parcel__in=rows))
        rows.delete()
        traces.rewrite_after_commit()
        # The Desk knows of the withdrawal: nothing of this applicant is left here, not even the locator.
        Mailbox.objects.filter(pk__in=withdrawn, withdrawn=True).delete()
    return count


def receive_deliveries(*, letters: Iterable[SealedLetter], today: date) -> list[str]:
    """Put letters into their mailboxes. Returns every name as received, also a repeated one and one whose
    mailbox is gone: the Desk has nothing left to do for them."""
    received = []
    for letter in letters:
        mailbox = Mailbox.objects.filter(case=letter.case, withdrawn=False).first()
        if mailbox is not None:
            defaults = {"mailbox": mailbox, "kind": letter.kind, "sealed": letter.sealed, "day": today}
            Delivery.objects.get_or_create(uid=letter.uid, defaults=defaults)
        received.append(letter.uid)
    return received


def advance_counter(*, courier: bytes, counter: int) -> None:
    """Take note of a request's number, or raise WrongState when it, or a later one, was used before."""
    with transaction.atomic():
        row, _ = CourierCounter.objects.select_for_update().get_or_create(
            courier=courier.hex(), defaults={"value": 0}
        )
        if counter <= row.value:
            raise WrongState(sentence("This request was made before."))
        row.value = counter
        row.save(update_fields=["value"])


def _entries(parcel: Parcel) -> tuple[ReadyEntry, ...]:
    rows = SealedEntry.objects.filter(parcel=parcel, ready=True).order_by("compartment", "kind")
    return tuple(ReadyEntry(row.uid, row.compartment, row.kind, row.revision, row.size) for row in rows)
