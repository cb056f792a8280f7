# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Desk does with the Gate, as far as these tests need it: fetch, open, and write back."""

import json
from dataclasses import dataclass

from tests.clock import TODAY
from tests.intake.harbour import Harbour
from watchword.core.procedure.custody import SEATS
from watchword.core.sealing import frame
from watchword.core.sealing.custody import restore, unpack
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.unseal import unseal
from watchword.intake import selectors, services
from watchword.intake.models import Mailbox
from watchword.intake.services import ReadyEntry, ReadyParcel, SealedLetter


@dataclass(frozen=True)
class Opened:
    """One entry as somebody at the Desk reads it."""

    kind: str
    compartment: str
    payload: bytes

    @property
    def fields(self) -> dict[str, object]:
        found = json.loads(self.payload)
        assert isinstance(found, dict)
        return found


def fetch(harbour: Harbour) -> list[tuple[ReadyParcel, list[Opened]]]:
    """Every parcel that waits, each entry opened by the first role that may read it, or by the custodians."""
    return [
        (parcel, [_open(harbour, parcel, entry) for entry in parcel.entries])
        for parcel in services.ready_parcels()
    ]


def sealed(entry: ReadyEntry) -> bytes:
    """The age file of an entry."""
    found = b"".join(selectors.entry_chunks(entry.uid))
    assert len(found) == entry.size
    return found


def _open(harbour: Harbour, parcel: ReadyParcel, entry: ReadyEntry) -> Opened:
    readers = harbour.profile.compartment(entry.compartment).readers
    key = harbour.keys[min(readers)] if readers else _restored(harbour, parcel, entry)
    expected = frame.Frame(bytes.fromhex(parcel.case), entry.compartment, entry.revision)
    return Opened(entry.kind, entry.compartment, frame.unpack(unseal(sealed(entry), [key]), expected))


def _restored(harbour: Harbour, parcel: ReadyParcel, body: ReadyEntry) -> Identity:
    """The key of what nobody opens alone, put together from what each seat was handed with it."""
    seats = [one for one in parcel.entries if one.compartment in SEATS and one.revision == body.revision]
    parts = [part for seat in seats for part in unpack(_open(harbour, parcel, seat).payload)]
    return restore([part for part in parts if part.compartment == body.compartment])


def collect(harbour: Harbour) -> list[tuple[ReadyParcel, list[Opened]]]:
    """Fetch, and acknowledge what was fetched."""
    fetched = fetch(harbour)
    services.acknowledge(uids=[parcel.uid for parcel, _ in fetched], today=TODAY)
    return fetched


def write(harbour: Harbour, **changes: object) -> None:
    """A letter to the only mailbox that there is."""
    mailbox = Mailbox.objects.get()
    letter = harbour.letter_to(mailbox.case, mailbox.recipient, **changes)  # type: ignore[arg-type]  # the test names the fields
    deliver(mailbox.case, letter)


def deliver(case: str, letter: bytes) -> None:
    """Put something into the mailbox of a case."""
    uid = f"{abs(hash(letter)):032x}"[:32]
    services.receive_deliveries(letters=[SealedLetter(uid, case, "letter", letter)], today=TODAY)
