# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens what a dossier is made of, each record in the ledger first; the words live as long as one answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.cases import selectors as cases
from watchword.cases import services as case_services
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

    number: int
    inward: bool
    at: datetime
    title: str = ""
    body: str = ""
    fault: Sentence | None = None


@dataclass(frozen=True)
class Chapter:
    """One compartment in words."""

    title: Text
    pieces: tuple[OpenedPiece, ...]
    letters: tuple[Written, ...]
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
    """Everything in these compartments but files and notes, for somebody who may open each of them."""
    case = selectors.file_of(case_uid, viewer=actor)
    services.check_parts(case, compartments, actor)
    records = tuple(selectors.records_in(case_uid, compartments))
    visit = _Visit(case, actor, now, language)
    chosen = [one for one in case.profile.compartments if one in compartments]
    return Contents(case.code, tuple(_chapter(visit, one) for one in chosen), records)


def _chapter(visit: _Visit, compartment: str) -> Chapter:
    return Chapter(
        visit.case.profile.compartment(compartment).title,
        _pieces(visit, compartment),
        tuple(_letters(visit, compartment)),
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
    return tuple(piece for piece in opened.pieces if piece.code == visit.case.code)


def _letters(visit: _Visit, compartment: str) -> Iterator[Written]:
    case = cases.find_by_uid(visit.case.uid, viewer=visit.actor)
    mine = case.letters.filter(record__compartment=compartment).order_by("at", "direction", "number")
    for letter in mine:
        inward = letter.direction == "in"
        try:
            opened = case_services.open_letter(
                case_uid=visit.case.uid, letter_uid=letter.uid, actor=visit.actor, now=visit.now
            )
        except Refused as refused:
            yield Written(letter.number, inward, letter.at, fault=refused.reason)
        else:
            yield Written(letter.number, inward, letter.at, opened.title, opened.body)


def _evidence(visit: _Visit) -> Iterator[tuple[EvidenceRow, OpenedEvidence]]:
    for row in vetting.evidence(visit.case.uid, viewer=visit.actor):
        yield (
            row,
            open_evidence(case_uid=visit.case.uid, evidence_uid=row.uid, actor=visit.actor, now=visit.now),
        )


def _decisions(visit: _Visit) -> Iterator[Read]:
    for uid in (
        Proposal.objects.filter(case=visit.case.uid).order_by("at", "uid").values_list("pk", flat=True)
    ):
        yield reading.read_proposal(uid, actor=visit.actor, now=visit.now)
