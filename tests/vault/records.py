# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sealed records for tests of the vault."""

from django.db import transaction

from tests.organisation import Organisation
from watchword.journal.events import Event
from watchword.journal.selectors import counts
from watchword.journal.services import record
from watchword.vault import headers, selectors, services
from watchword.vault.models import SealedRecord

CASE = "c0" * 16
OTHER_CASE = "c1" * 16


def stored(
    organisation: Organisation,
    payload: bytes,
    *,
    case: str = CASE,
    compartment: str = "story",
    kind: str = "section:service",
    writer: str = "ada",
    held: bool = False,
) -> SealedRecord:
    """A record that ``writer`` sealed to all readers of the compartment."""
    return services.seal_record(
        case=case,
        compartment=compartment,
        kind=kind,
        payload=payload,
        signer=organisation.actor(writer).signer,
        now=organisation.now,
        readers=sorted(selectors.readers_of(compartment)),
        held=held,
    )


def put_header(record: SealedRecord, header: bytes) -> None:
    """What somebody does who can write to the database and has the key store as well."""
    SealedRecord.objects.filter(pk=record.pk).update(header=headers.cover(record, header))


def count_openings(case: str) -> int:
    """How often records of this case were opened, by the journal."""
    return counts(case).get(Event.COMPARTMENT_OPEN, 0)


def has_opened(organisation: Organisation, login: str, cases: int, purpose: str = "triage") -> None:
    """Put into the journal that this person has opened something today in so many cases of nobody."""
    with transaction.atomic():
        for number in range(cases):
            record(
                Event.COMPARTMENT_OPEN,
                signer=organisation.actor(login).signer,
                case=f"{number:032x}",
                payload={"record": "", "compartment": "story", "kind": "", "purpose": purpose},
                at=organisation.now,
            )
