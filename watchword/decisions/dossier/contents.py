# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens what a dossier is made of, each record in the ledger first; the words live as long as one answer."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.cases import selectors as cases
from watchword.cases import services as case_services
from watchword.cases.services.noting import OpenedNote
from watchword.cases.services.reading import OpenedPiece
from watchword.core.procedure import Text
from watchword.core.refusals import Refused, Sentence, WrongState
from watchword.decisions import reading, rules
from watchword.decisions.dossier import selectors, services
from watchword.decisions.dossier.selectors import File
from watchword.decisions.models import Proposal
from watchword.decisions.reading import Read
from watchword.vetting import selectors as vetting
from watchword.vetting.selectors import EvidenceRow
from watchword.vetting.services import OpenedEvidence, open_evidence

PURPOSE = "dossier"


@dataclass(frozen=True)
class Written:
    """One letter; ``fault`` when it cannot be shown."""

    code: str
    number: int
    inward: bool
    at: datetime
    title: str = ""
    body: str = ""
    fault: Sentence | None = None


@dataclass(frozen=True)
class Attached:
    """A file by its name, size and SHA-256: what it shows stays here. ``fault`` when it cannot be read."""

    name: str = ""
    size: int = 0
    sha256: str = ""
    fault: Sentence | None = None


@dataclass(frozen=True)
class Chapter:
    """One compartment in words."""

    title: Text
    pieces: tuple[OpenedPiece, ...]
    files: tuple[Attached, ...]
    letters: tuple[Written, ...]
    notes: tuple[OpenedNote, ...]
    evidence: tuple[tuple[EvidenceRow, OpenedEvidence], ...]
    decisions: tuple[Read, ...]


@dataclass(frozen=True)
class Contents:
    """A whole dossier in words; ``records`` names what it was made of."""

    code: str
    chapters: tuple[Chapter, ...]
    records: tuple[str, ...]


@dataclass(frozen=True)
class _Visit:
    case: File
    actor: Actor
    now: datetime
    language: str


def open_contents(
    *, case_uid: str, compartments: Sequence[str], actor: Actor, now: datetime, language: str
) -> Contents:
    """Everything in these compartments, for somebody who may open each; of files only what names them."""
    case = selectors.file_of(case_uid, viewer=actor)
    services.check_parts(case, compartments, actor)
    records = tuple(selectors.records_in(case, compartments))
    visit = _Visit(case, actor, now, language)
    chosen = [one for one in case.profile.compartments if one in compartments]
    return Contents(case.code, tuple(_chapter(visit, one) for one in chosen), records)


def _chapter(visit: _Visit, compartment: str) -> Chapter:
    pieces = _pieces(visit, compartment)
    return Chapter(
        visit.case.profile.compartment(compartment).title,
        tuple(one for one in pieces if not one.piece.is_file),
        tuple(_attached(visit, one) for one in pieces if one.piece.is_file),
        tuple(_letters(visit, compartment)),
        _notes(visit, compartment),
        tuple(_evidence(visit)) if compartment == vetting.COMPARTMENT else (),
        tuple(_decisions(visit)) if compartment == rules.COMPARTMENT else (),
    )


def _pieces(visit: _Visit, compartment: str) -> tuple[OpenedPiece, ...]:
    try:
        opened = case_services.open_compartment(
            case_uid=visit.case.uid,
            compartment=compartment,
            actor=visit.actor,
            purpose=PURPOSE,
            now=visit.now,
            language=visit.language,
        )
    except WrongState:
        # The applicant has sent nothing into it.
        return ()
    return opened.pieces


def _attached(visit: _Visit, piece: OpenedPiece) -> Attached:
    """Read from beginning to end and kept nowhere; the hash says later which file it was."""
    (uid,) = (uid for uid, code in visit.case.together if code == piece.code)
    digest, size = hashlib.sha256(), 0
    try:
        opened = case_services.open_file(
            case_uid=uid, record_uid=piece.piece.uid, actor=visit.actor, now=visit.now
        )
        for part in opened.pieces:
            digest.update(part)
            size += len(part)
    except Refused as refused:
        return Attached(fault=refused.reason)
    return Attached(opened.name, size, digest.hexdigest())


def _notes(visit: _Visit, compartment: str) -> tuple[OpenedNote, ...]:
    found: list[OpenedNote] = []
    for uid, _ in visit.case.together:
        try:
            found += case_services.open_notes(
                case_uid=uid, compartment=compartment, actor=visit.actor, now=visit.now
            ).notes
        except WrongState:
            # Nobody has noted anything in it.
            continue
    return tuple(found)


def _letters(visit: _Visit, compartment: str) -> Iterator[Written]:
    for uid, code in visit.case.together:
        yield from _letters_of(visit, uid, code, compartment)


def _letters_of(visit: _Visit, uid: str, code: str, compartment: str) -> Iterator[Written]:
    case = cases.find_by_uid(uid, viewer=visit.actor)
    mine = case.letters.filter(record__compartment=compartment).order_by("at", "direction", "number")
    for letter in mine:
        inward = letter.direction == "in"
        try:
            opened = case_services.open_letter(
                case_uid=uid, letter_uid=letter.uid, actor=visit.actor, now=visit.now
            )
        except Refused as refused:
            yield Written(code, letter.number, inward, letter.at, fault=refused.reason)
        else:
            yield Written(code, letter.number, inward, letter.at, opened.title, opened.body)


def _evidence(visit: _Visit) -> Iterator[tuple[EvidenceRow, OpenedEvidence]]:
    for row in vetting.evidence(visit.case.uid, viewer=visit.actor):
        yield (
            row,
            open_evidence(case_uid=visit.case.uid, evidence_uid=row.uid, actor=visit.actor, now=visit.now),
        )


def _decisions(visit: _Visit) -> Iterator[Read]:
    joined = [uid for uid, _ in visit.case.together]
    for uid in Proposal.objects.filter(case__in=joined).order_by("at", "uid").values_list("pk", flat=True):
        yield reading.read_proposal(uid, actor=visit.actor, now=visit.now)
