# SPDX-License-Identifier: AGPL-3.0-or-later
"""Takes in what the courier brings: applications, letters and withdrawals, each parcel once."""

from datetime import datetime

from django.db import IntegrityError, transaction

from watchword import profiles
from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases import parcels, rules
from watchword.cases.models import Arrival, Case, Letter
from watchword.cases.parcels import Parcel, ParcelKind
from watchword.cases.selectors.facts import asked_for, sections_of
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.services import stages
from watchword.cases.services.letters import queue_status
from watchword.cases.services.locking import locked
from watchword.core.procedure.profile import Profile
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.trust import installed
from watchword.vault import services as vault

MOST_TRIES_FOR_A_CODE = 20


@transaction.atomic
def open_case(*, parcel: Parcel, actor: Actor, now: datetime) -> Case:
    """The case of this application; a parcel that was taken in before changes nothing.

    A Gate of ours sends one application for a case. A second one comes from a Gate in hostile hands, which
    would put its words in place of the applicant's and its own mailbox in place of theirs.
    """
    now = rules.minute(now)
    check_has(actor, Permission.PARCEL_RECEIVE)
    if known := _known(parcel):
        return known.case
    profile = profiles.load(installed.current().profile)
    parcels.check_parcel(parcel, "application", profile)
    if Case.objects.filter(pk=parcel.case).exists():
        raise WrongState(_HERE_ALREADY)
    case = _new_case(parcel, profile, actor=actor, now=now)
    take_in(parcel, case, actor=actor, now=now)
    return case


@transaction.atomic
def receive_letter(*, parcel: Parcel, actor: Actor, now: datetime) -> Letter:
    """A letter of the applicant; it answers every question that was open when it came."""
    now = rules.minute(now)
    case, fresh = expect(parcel, "letter", actor)
    if not fresh:
        return case.letters.filter(direction="in", parcel=parcel.uid).get()
    records = take_in(parcel, case, actor=actor, now=now)
    number = case.letters.filter(direction="in").count() + 1
    letter = Letter.objects.create(
        uid=random_bytes(16).hex(),
        case=case,
        direction="in",
        number=number,
        kind="letter",
        parcel=parcel.uid,
        record_id=records[0],
        at=now,
    )
    answered = case.letters.filter(direction="out", needs_answer=True, answered_at=None).update(
        answered_at=now
    )
    record(
        Event.MESSAGE_RECEIVE,
        signer=actor.signer,
        case=case.uid,
        payload={"number": number, "answered": answered},
        at=now,
    )
    return letter


@transaction.atomic
def receive_section(*, parcel: Parcel, actor: Actor, now: datetime) -> Case:
    """A section that the Desk asked for, or a correction of what it has: one more revision, none replaced.

    What nobody asked for is left where it is: only a Gate in hostile hands would collect it.
    """
    now = rules.minute(now)
    case, fresh = expect(parcel, "section", actor)
    if not fresh:
        return case
    sent, sections = parcels.sections_in(parcel), profile_of(case).questionnaire.application
    corrected = sections_of(case) | {section.id for section in sections}
    rules.check_was_asked_for(sent, asked_for(case) | corrected)
    take_in(parcel, case, actor=actor, now=now, told_as="correction" if sent <= corrected else "section")
    queue_status(case, now=now)
    return case


@transaction.atomic
def receive_withdrawal(*, parcel: Parcel, actor: Actor, now: datetime) -> Case | None:
    """The applicant withdraws: the case ends at once in whatever stage; an ended case stays as it is.

    None when no case was ever opened: who withdraws before the application was fetched leaves no case behind.
    """
    now = rules.minute(now)
    check_has(actor, Permission.PARCEL_RECEIVE)
    if not Case.objects.filter(pk=parcel.case).exists():
        return None
    case, fresh = expect(parcel, "withdrawal", actor)
    if not fresh:
        return case
    take_in(parcel, case, actor=actor, now=now)
    record(Event.CASE_WITHDRAW, signer=actor.signer, case=case.uid, payload={"stage": case.stage}, at=now)
    if case.closed_at is None:
        stages.withdraw(case, actor=actor, now=now)
    return case


def _known(parcel: Parcel) -> Arrival | None:
    return Arrival.objects.select_related("case").filter(pk=parcel.uid).first()


def expect(parcel: Parcel, kind: ParcelKind, actor: Actor) -> tuple[Case, bool]:
    """The locked case that this parcel belongs to, and whether it is new here; refused if it is not sound."""
    check_has(actor, Permission.PARCEL_RECEIVE)
    case = locked(parcel.case)
    if known := _known(parcel):
        return known.case, False
    parcels.check_parcel(parcel, kind, profiles.load(case.profile, case.profile_version))
    return case, True


def take_in(
    parcel: Parcel, case: Case, *, actor: Actor, now: datetime, told_as: str | None = None
) -> list[str]:
    """Note the arrival, in the ledger as ``told_as``, and store each entry; the uids of the records."""
    Arrival.objects.create(parcel=parcel.uid, case=case, kind=parcel.kind, at=now)
    record(
        Event.SUBMIT_PULL,
        signer=actor.signer,
        case=case.uid,
        payload={"kind": told_as or parcel.kind, "pieces": len(parcel.entries)},
        at=now,
    )
    return [
        vault.store_sealed(
            case=case.uid,
            compartment=entry.compartment,
            kind=entry.kind,
            revision=entry.revision,
            sealed=entry.chunks(),
            written_by="applicant",
            signer=actor.signer,
            now=now,
        ).uid
        for entry in parcel.entries
    ]


def _new_case(parcel: Parcel, profile: Profile, *, actor: Actor, now: datetime) -> Case:
    first = profile.first_stage.id
    try:
        with transaction.atomic():
            case = Case.objects.create(
                uid=parcel.case,
                code=_free_code(),
                profile=profile.name,
                profile_version=profile.version,
                stage=first,
                stage_since=now,
                received=now,
            )
    except IntegrityError:
        # Another round of the courier, at this very moment; the next one finds what it has stored.
        raise WrongState(_HERE_ALREADY) from None
    record(
        Event.CASE_OPEN,
        signer=actor.signer,
        case=case.uid,
        payload={"profile": profile.name, "version": profile.version, "stage": first},
        at=now,
    )
    return case


def _free_code() -> str:
    for _ in range(MOST_TRIES_FOR_A_CODE):
        code = rules.case_code(random_bytes(6))
        if not Case.objects.filter(code=code).exists():
            return code
    raise WrongState(sentence("No free case code was found. Try again."))


_HERE_ALREADY = sentence("An application for this case is here already: a second one is not taken.")
