# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Desk does with the Gate, as far as these tests need it: fetch, open, and write back."""

import json
from dataclasses import dataclass

from tests.clock import TODAY
from tests.intake.harbour import Harbour
from watchword.intake import selectors, services
from watchword.intake.models import Mailbox
from watchword.intake.services import ReadyParcel, SealedLetter


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
    """Every parcel that waits, each entry opened by the first role that may read it."""
    return [
        (parcel, [_open(harbour, parcel, index) for index in range(len(parcel.entries))])
        for parcel in services.ready_parcels()
    ]


def _open(harbour: Harbour, parcel: ReadyParcel, index: int) -> Opened:
    entry = parcel.entries[index]
    sealed = b"".join(selectors.entry_chunks(entry.uid))
    assert len(sealed) == entry.size
    role = min(harbour.profile.compartment(entry.compartment).readers)
    payload = harbour.open(sealed, role, parcel.case, entry.compartment, entry.revision)
    return Opened(entry.kind, entry.compartment, payload)


def collect(harbour: Harbour) -> list[tuple[ReadyParcel, list[Opened]]]:
    """Fetch, and acknowledge what was fetched."""
    fetched = fetch(harbour)
    services.acknowledge(uids=[parcel.uid for parcel, _ in fetched], today=TODAY)
    return fetched


def write(harbour: Harbour, **changes: object) -> None:
    """A letter to the only mailbox that there is."""
    mailbox = Mailbox.objects.get()
    sealed = harbour.letter_to(mailbox.case, mailbox.recipient, **changes)  # type: ignore[arg-type]  # the test names the fields
    deliver(mailbox.case, sealed)


def deliver(case: str, sealed: bytes) -> None:
    """Put something into the mailbox of a case."""
    uid = f"{abs(hash(sealed)):032x}"[:32]
    services.receive_deliveries(letters=[SealedLetter(uid, case, "letter", sealed)], today=TODAY)
