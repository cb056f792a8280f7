# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads of sealed records; nothing here opens anything."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from watchword import profiles, trust
from watchword.core.procedure.custody import SEATS
from watchword.core.procedure.quotas import REASON_READERS, REASONS, usual_cases
from watchword.core.refusals import NotFound, WrongState, sentence
from watchword.trust.manifest import Manifest, Untrusted
from watchword.vault.models import SealedRecord, Unopenable

AT_ONCE = 500
"""Cases asked about in one question."""


def manifest() -> Manifest:
    """The signed list of keys in force; nothing is sealed while there is none."""
    try:
        return trust.current()
    except Untrusted as error:
        raise WrongState(
            sentence("The signed list of keys cannot be used: %(reason)s.", reason=error)
        ) from error


def record_by_id(record_uid: str) -> SealedRecord:
    """The sealed record with this id."""
    row = SealedRecord.objects.filter(pk=record_uid).first()
    if row is None:
        raise NotFound(sentence("There is no such record."))
    return row


def records(case: str, compartment: str | None = None) -> QuerySet[SealedRecord]:
    """The sealed records of a case in the order in which they were stored."""
    mine = SealedRecord.objects.filter(case=case)
    if compartment is not None:
        mine = mine.filter(compartment=compartment)
    return mine.order_by("created", "compartment", "revision")


def records_of(cases: Collection[str], compartments: Collection[str]) -> QuerySet[SealedRecord]:
    """What lies in these compartments of these cases, erased or not, in the order in which it was stored."""
    rows = SealedRecord.objects.filter(case__in=cases, compartment__in=compartments)
    return rows.order_by("created", "compartment", "revision")


def kept_by_applicants(compartments: Collection[str]) -> QuerySet[SealedRecord]:
    """What applicants have sent into these compartments, whatever came of it since; not what is erased."""
    rows = SealedRecord.objects.filter(compartment__in=compartments, written_by="applicant")
    return rows.exclude(header=b"").order_by("created", "case", "compartment", "revision")


def records_by_id(uids: Collection[str]) -> QuerySet[SealedRecord]:
    """Those among these records that there are."""
    return SealedRecord.objects.filter(pk__in=uids)


def hashes_of(uids: Collection[str]) -> dict[str, str]:
    """The SHA-256 of the body of each of these records."""
    return dict(SealedRecord.objects.filter(pk__in=uids).values_list("uid", "body_sha256"))


class Outline(NamedTuple):
    """A sealed record without what is sealed and how: enough to list it."""

    uid: str
    case: str
    compartment: str
    kind: str
    revision: int
    written_by: str


def outlines(cases: Iterable[str]) -> list[Outline]:
    """The records of these cases in the order in which they were stored."""
    rows = SealedRecord.objects.filter(case__in=list(cases)).order_by("created", "compartment", "revision")
    return [Outline(*row) for row in rows.values_list(*Outline._fields)]


def with_records(cases: Iterable[str], compartments: Collection[str] = ()) -> frozenset[str]:
    """Those of the cases of which something, in one of these compartments, was not erased."""
    kept = SealedRecord.objects.filter(case__in=list(cases)).exclude(header=b"")
    if compartments:
        kept = kept.filter(compartment__in=compartments)
    return frozenset(kept.order_by().values_list("case", flat=True).distinct())


def kept_in(cases: Collection[str]) -> frozenset[str]:
    """Like ``with_records``, of more cases than a database takes in one question."""
    return frozenset().union(*(with_records(some) for some in _batches(cases)))


def places_of(cases: Collection[str]) -> dict[str, str]:
    """In which compartment each record of these cases lies, by its uid; erased ones too."""
    return {
        uid: compartment
        for some in _batches(cases)
        for uid, compartment in SealedRecord.objects.filter(case__in=some).values_list("uid", "compartment")
    }


def _batches(cases: Collection[str]) -> Iterator[list[str]]:
    every = sorted(cases)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]


def newest_by_applicants(cases: QuerySet[Any], compartment: str, kind: str) -> dict[str, str]:
    """For each of these cases, the uid of the newest record of this kind that the applicant wrote."""
    written = SealedRecord.objects.filter(compartment=compartment, kind=kind, written_by="applicant")
    rows = written.filter(case__in=cases.order_by().values("pk")).order_by("revision")
    return dict(rows.values_list("case", "uid"))


def readers_of(compartment: str) -> frozenset[str]:
    """The roles that read this compartment under the profile in force; of a seat's, its holder.

    A seat that the profile no longer has keeps what it holds: nobody has the role, and no other gets it.
    """
    if compartment in SEATS:
        return frozenset({compartment})
    if compartment == REASONS:
        return REASON_READERS
    return profiles.load(settings.WATCHWORD_PROFILE).compartment(compartment).readers


def compartments_read_by(role: str) -> Sequence[str]:
    """The compartments whose records are sealed to this role."""
    every = profiles.load(settings.WATCHWORD_PROFILE).compartments
    own = [role] if role in SEATS else [REASONS] if role in REASON_READERS else []
    return [*own, *(name for name, compartment in every.items() if role in compartment.readers)]


def usual_for(roles: Collection[str]) -> int | None:
    """Of how many cases somebody of these roles usually opens something in a day; None where nobody asks."""
    return usual_cases(profiles.load(settings.WATCHWORD_PROFILE).roles, roles)


def still_to_rewrap(role: str, since: int) -> QuerySet[SealedRecord]:
    """The records sealed to this role whose header is older than the signed list ``since``, in order.

    Those that none of the role's keys opens are left out: see ``unopenable``.
    """
    noted = unopenable(role, since)
    mine = _sealed_to(role).filter(manifest_version__lt=since).exclude(header=b"")
    return mine.exclude(pk__in=noted.values("record")).order_by("pk")


def unopenable(role: str, since: int) -> QuerySet[Unopenable]:
    """The records which no key of this role opened when it was tried under this list or a later one."""
    noted = Unopenable.objects.filter(
        role=role, manifest_version__gte=since, record__manifest_version__lt=since
    )
    return noted.exclude(record__header=b"")


def _sealed_to(role: str) -> QuerySet[SealedRecord]:
    """By the record's own list of readers too: a part of the compartment's."""
    mine = SealedRecord.objects.filter(compartment__in=compartments_read_by(role))
    named = mine.annotate(readers_text=Cast("readers", TextField()))
    return named.filter(readers_text__contains=f'"{role}"')
