# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes: sealed to the roles that read the compartment they stand in, and never changed afterwards."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import names
from watchword.cases import rules
from watchword.cases.models import Case, Note
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.visibility import find_by_uid
from watchword.cases.services.locking import locked
from watchword.core.procedure import Text
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.vault import services as vault
from watchword.vault.opening import open_record

RECORD_KIND = "note"


@dataclass(frozen=True)
class OpenedNote:
    """One note in words."""

    by: str
    at: datetime
    text: str


@dataclass(frozen=True)
class OpenedNotes:
    """The notes of one compartment, newest first."""

    title: Text
    notes: tuple[OpenedNote, ...]


@transaction.atomic
def write_note(*, case_uid: str, compartment: str, text: str, actor: Actor, now: datetime) -> Note:
    """Note something for those who read this compartment."""
    case = locked(case_uid)
    rules.check_may_know(actor, case.standing())
    return keep_note(case, compartment=compartment, text=text, actor=actor, now=now)


def keep_note(case: Case, *, compartment: str, text: str, actor: Actor, now: datetime) -> Note:
    """A note in a locked case, whoever asks for it; the readers of the compartment are checked here."""
    now = rules.minute(now)
    readers = profile_of(case).compartment(compartment).readers
    rules.check_may_note(actor, case.standing(), readers)
    if not text.strip():
        raise WrongState(sentence("Nothing is written here yet. Write what you want to note."))
    sealed = vault.seal_record(
        case=case.uid,
        compartment=compartment,
        kind=RECORD_KIND,
        payload=text.strip().encode(),
        signer=actor.signer,
        now=now,
        readers=sorted(readers),
    )
    uid = random_bytes(16).hex()
    record(
        Event.NOTE_WRITE,
        signer=actor.signer,
        case=case.uid,
        payload={"note": uid, "compartment": compartment},
        at=now,
    )
    return Note.objects.create(uid=uid, case=case, record_id=sealed.uid, by_id=actor.id, at=now)


def open_notes(*, case_uid: str, compartment: str, actor: Actor, now: datetime) -> OpenedNotes:
    """The notes of one compartment in words; each opening is in the ledger first."""
    case = find_by_uid(case_uid, viewer=actor)
    found = profile_of(case).compartment(compartment)
    rules.check_may_open(actor, case.standing(), found.readers)
    notes = list(case.notes.filter(record__compartment=compartment).order_by("-record__revision"))
    if not notes:
        raise WrongState(sentence("There is nothing in this compartment yet."))
    staff = names(note.by_id for note in notes)
    return OpenedNotes(
        found.title, tuple(_opened(note, staff.get(note.by_id, ""), actor, now) for note in notes)
    )


def _opened(note: Note, by: str, actor: Actor, now: datetime) -> OpenedNote:
    payload = open_record(note.record_id, actor=actor, purpose=RECORD_KIND, now=now)
    return OpenedNote(by, note.at, payload.decode("utf-8", errors="replace"))
