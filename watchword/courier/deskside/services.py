# SPDX-License-Identifier: AGPL-3.0-or-later
"""One round between Desk and Gate: deliver letters, fetch parcels, acknowledge what is safely here.

Each step may be cut anywhere and the next round finishes it: a parcel is stored in one transaction
that knows its uid, and is acknowledged only when its ledger entries are on the disk; a letter is
marked delivered only when the Gate said so, and the Gate knows a letter's uid.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import httpx
from django.conf import settings
from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.accounts.services import courier_sign
from watchword.cases import selectors as cases
from watchword.cases import services as case_services
from watchword.cases.parcels import PARCEL_KINDS, Parcel, ParcelEntry
from watchword.core.refusals import Refused, WrongState, sentence
from watchword.core.sealing.errors import SealingError
from watchword.courier.deskside.client import GateClient, GateFailed, OfferedParcel, Sealed
from watchword.courier.deskside.models import RequestCounter
from watchword.courier.deskside.selectors import gate_name
from watchword.genuine import selectors as genuine
from watchword.genuine import services as genuine_services
from watchword.journal import services as journal

# What opens a case comes before what belongs to one.
ORDER = {kind: place for place, kind in enumerate(PARCEL_KINDS)}
# A Gate in hostile hands could offer new parcels for ever, and this round would never end.
MOST_ASKINGS = 100
MOST_LETTERS = 50
# In base64 and with its names this stays under the 512 KiB that the Gate reads of a request.
MOST_BYTES = 256 * 1024


@dataclass(frozen=True)
class Exchange:
    """What one round did, in parcels and letters.

    ``put_off`` parcels were not understood or belong to a case that is not here yet; they stay at the Gate
    and do not keep others from coming. ``failure`` says why the round ended early, or is empty.
    """

    pulled: int
    delivered: int
    put_off: int = 0
    failure: str = ""


def exchange(*, http: httpx.Client, actor: Actor, now: datetime) -> Exchange:
    """Run one round with the Gate that ``http`` is bound to; ``actor`` is the courier, unlocked."""
    name = gate_name(str(http.base_url))
    gate = GateClient(http, courier_sign, counter(name))
    delivered = pulled = 0
    put_off: set[str] = set()
    try:
        tell_once_a_day(now)
        delivered = deliver(gate, actor, now)
        for _ in range(MOST_ASKINGS):
            fresh = [parcel for parcel in gate.parcels() if parcel.uid not in put_off]
            if not fresh:
                break
            for offered in sorted(fresh, key=lambda parcel: ORDER.get(parcel.kind, len(ORDER))):
                if stored(gate, offered, actor, now):
                    pulled += 1
                else:
                    put_off.add(offered.uid)
        publish(gate, actor, now)
    except GateFailed as failure:
        return Exchange(pulled, delivered, len(put_off), str(failure))
    RequestCounter.objects.filter(gate=name).update(finished_at=now)
    return Exchange(pulled, delivered, len(put_off))


def tell_once_a_day(now: datetime) -> None:
    """With the first round of a day, let the applicants know what was opened; no timer can die unnoticed."""
    if _told.get("day") != now.date():
        # Noted first: what fails here costs this round, and not every round until somebody looks.
        _told["day"] = now.date()
        case_services.tell_openings(now=now)


_told: dict[str, date] = {}


def stored(gate: GateClient, offered: OfferedParcel, actor: Actor, now: datetime) -> bool:
    """Whether this parcel is safely here; one that is not as it must be is left where it is."""
    try:
        store(gate, offered, actor, now)
    except (Refused, SealingError):
        return False
    return True


def deliver(gate: GateClient, actor: Actor, now: datetime) -> int:
    """Hand over the letters that wait, in requests that the Gate can take, and mark those it has."""
    waiting = [Sealed(x.uid, x.case_id, x.kind, bytes(x.sealed)) for x in cases.outgoing_undelivered()]
    delivered = 0
    for letters in batches(waiting):
        done = gate.deliver(letters)
        ours = [letter.uid for letter in letters if letter.uid in done]
        case_services.letters_delivered(uids=ours, actor=actor, now=now)
        delivered += len(ours)
    return delivered


def publish(gate: GateClient, actor: Actor, now: datetime) -> None:
    """Hand over what is meant for everybody: the Gate's part of new cards, and the register of clones."""
    cards = genuine.cards_for_the_gate()
    if cards:
        done = gate.cards(cards)
        ours = [tag for tag, _ in cards if tag in done]
        genuine_services.cards_delivered(tags=ours, actor=actor, now=now)
    register = genuine.due_register(now.date())
    if register:
        gate.clones(genuine.signed(register))
        genuine_services.register_delivered(
            version=register.version, signed=register.signed, actor=actor, now=now
        )


def batches(waiting: Sequence[Sealed]) -> Iterator[list[Sealed]]:
    """The letters in order, in groups no larger than one request may be; a large one goes alone."""
    group: list[Sealed] = []
    for letter in waiting:
        size = sum(len(one.sealed) for one in group) + len(letter.sealed)
        if group and (len(group) == MOST_LETTERS or size > MOST_BYTES):
            yield group
            group = []
        group.append(letter)
    if group:
        yield group


def store(gate: GateClient, offered: OfferedParcel, actor: Actor, now: datetime) -> None:
    """Fetch one parcel, keep it, have it in the ledger, and only then let the Gate forget it."""
    if offered.kind not in ORDER:
        raise WrongState(sentence("This version does not know this kind of parcel."))
    if not cases.knows_parcel(offered.uid):
        with fetched(gate, offered) as parcel:
            keep(parcel, actor, now)
    journal.integrate(now)
    gate.acknowledge([offered.uid])


def keep(parcel: Parcel, actor: Actor, now: datetime) -> None:
    """Hand the parcel to the case that it opens or belongs to."""
    receive = {
        "application": case_services.open_case,
        "alarm": case_services.receive_call,
        "consent": case_services.receive_call,
        "letter": case_services.receive_letter,
        "section": case_services.receive_section,
        "withdrawal": case_services.receive_withdrawal,
    }[parcel.kind]
    receive(parcel=parcel, actor=actor, now=now)


@contextmanager
def fetched(gate: GateClient, offered: OfferedParcel) -> Iterator[Parcel]:
    """The parcel with its entries on this disk, sealed as they came; gone when the block ends."""
    incoming = Path(settings.WATCHWORD_VAULT_DIR) / "incoming"
    incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=incoming) as folder:
        entries = []
        for entry in offered.entries:
            path = Path(folder) / entry.uid
            with path.open("wb") as out:
                out.writelines(gate.entry(entry))
            entries.append(ParcelEntry(entry.compartment, entry.kind, entry.revision, path))
        yield Parcel(offered.uid, offered.case, offered.kind, tuple(entries))  # type: ignore[arg-type]  # checked by store


def counter(gate: str) -> Callable[[int], int]:
    """A source of fresh numbers for one Gate, each committed before it is used."""

    def fresh(at_least: int) -> int:
        with transaction.atomic():
            row, _ = RequestCounter.objects.select_for_update().get_or_create(gate=gate)
            row.value = max(row.value, at_least) + 1
            row.save(update_fields=["value"])
        return row.value

    return fresh
