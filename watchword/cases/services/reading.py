# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens what is sealed in a case: the vault records who opened it before there is anything to read."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.models import Case, Letter
from watchword.cases.selectors.joined import together
from watchword.cases.selectors.pieces import BY_HAND, META, Piece, earlier_than, pieces_of
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.visibility import find_by_uid
from watchword.cases.services.corrections import Correction
from watchword.cases.services.pages import Page
from watchword.cases.services.routing import came_by, note_card, note_danger, note_routing
from watchword.core.procedure import Answers, AnswersError, Line, Section, Text
from watchword.core.procedure.sealed_files import LONGEST_BEGINNING, kind_of, safe_name, split_head
from watchword.core.refusals import NotFound, Sentence, WrongState, sentence
from watchword.vault.opening import open_record, open_stream


@dataclass(frozen=True)
class OpenedPiece:
    """One piece as it is shown, with its older forms where it was corrected.

    ``fault``: why it cannot be shown, for instance because it was altered. ``warning``: what to know of it.
    ``amiss``: what is wrong in it that does not hide the rest.
    ``came_by``: the site or bot that the applicant names, which may be a clone. ``false_card``: why the
    number of a card among the answers was not answered. ``code``: the case that it came in.
    """

    piece: Piece
    title: Text | None
    lines: tuple[Line, ...] = ()
    fault: Sentence | None = None
    warning: Sentence | None = None
    amiss: tuple[Sentence, ...] = ()
    corrections: tuple[Correction, ...] = ()
    came_by: str = ""
    false_card: Sentence | None = None
    code: str = ""


@dataclass(frozen=True)
class OpenedCompartment:
    """Everything of one compartment that the applicant sent; lives as long as one answer to a request."""

    compartment: str
    title: Text
    pieces: tuple[OpenedPiece, ...]


@dataclass(frozen=True)
class OpenedLetter:
    """One letter in words, with the names of the files that the Desk enclosed."""

    title: str
    body: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenedFile:
    """A file on its way out. ``name`` does no harm, and ends as its bytes begin, whatever its sender said."""

    name: str
    pieces: Iterator[bytes]


@dataclass(frozen=True)
class _Visit:
    """Who opens what, what for, and in which language questions are shown."""

    case: Case
    actor: Actor
    purpose: str
    now: datetime
    language: str

    def opened(self, piece: Piece) -> bytes:
        """What was sealed in a piece; the opening is in the ledger first."""
        return open_record(piece.uid, actor=self.actor, purpose=self.purpose, now=self.now)


def open_compartment(
    *, case_uid: str, compartment: str, actor: Actor, purpose: str, now: datetime, language: str = "en"
) -> OpenedCompartment:
    """Open every piece of a compartment; questions are shown in ``language``, answers as written."""
    case = find_by_uid(case_uid, viewer=actor)
    title = _check_readable(case, compartment, actor)
    visits = [_Visit(one, actor, purpose, now, language) for one in together(case)]
    opened = [piece for visit in visits for piece in _open_pieces(visit, compartment)]
    if not opened:
        raise WrongState(sentence("There is nothing in this compartment yet."))
    return OpenedCompartment(compartment, title, tuple(opened))


def open_letter(*, case_uid: str, letter_uid: str, actor: Actor, now: datetime) -> OpenedLetter:
    """Open one letter, of the applicant or our own copy."""
    case = find_by_uid(case_uid, viewer=actor)
    letter = case.letters.select_related("record").filter(pk=letter_uid).first()
    if letter is None:
        raise NotFound(sentence("There is no such letter."))
    _check_readable(case, letter.record.compartment, actor)
    payload = open_record(letter.record_id, actor=actor, purpose="letter", now=now)
    if letter.direction == "in" and letter.read_at is None:
        Letter.objects.filter(pk=letter.pk, read_at=None).update(read_at=rules.minute(now))
    return _letter(payload)


def open_file(*, case_uid: str, record_uid: str, actor: Actor, now: datetime) -> OpenedFile:
    """A file that the applicant sent; the opening is in the ledger before this returns."""
    case = find_by_uid(case_uid, viewer=actor)
    found = [piece for piece in pieces_of(case) if piece.uid == record_uid and piece.is_file]
    if not found:
        raise NotFound(sentence("There is no such file."))
    _check_readable(case, found[0].compartment, actor)
    return _file(open_stream(record_uid, actor=actor, purpose="file", now=now))


def _check_readable(case: Case, compartment: str, actor: Actor) -> Text:
    found = profile_of(case).compartment(compartment)
    rules.check_may_open(actor, case.standing(), found.readers)
    return found.title


def _open_pieces(visit: _Visit, compartment: str) -> list[OpenedPiece]:
    """What one of this person's cases holds in the compartment, each piece with the code of its case."""
    pieces = [piece for piece in pieces_of(visit.case) if piece.compartment == compartment]
    # First what says where letters go: an answer beside it may ask for one at once.
    opened = {
        piece.uid: _open_piece(visit, piece) for piece in sorted(pieces, key=lambda piece: piece.kind != META)
    }
    return [replace(opened[piece.uid], code=visit.case.code) for piece in pieces]


def _open_piece(visit: _Visit, piece: Piece) -> OpenedPiece:
    section = _section(visit.case, piece)
    title = section.title if section else None
    if piece.is_file:
        return OpenedPiece(piece, title)
    try:
        payload = visit.opened(piece)
        if piece.kind == BY_HAND:
            return OpenedPiece(piece, title, (_as_text(payload),), warning=_BY_HAND)
        if section is None:
            _note_meta(visit, piece, payload)
            return OpenedPiece(piece, title)
        return _open_answers(visit, piece, section, payload)
    except (AnswersError, WrongState) as refused:
        # One altered piece must not hide the others.
        return OpenedPiece(piece, title, fault=refused.reason)


def _as_text(payload: bytes) -> Line:
    """What somebody wrote by hand, whatever the bytes are; the page escapes it like any answer."""
    return Line("", payload.decode("utf-8", errors="replace"))


def _section(case: Case, piece: Piece) -> Section | None:
    sections = {one.id: one for one in profile_of(case).questionnaire.every_section}
    return sections.get(piece.section or "")


def _note_meta(visit: _Visit, piece: Piece, payload: bytes) -> None:
    if piece.kind == META:
        note_routing(case_uid=visit.case.uid, payload=payload, actor=visit.actor, now=visit.now)


def _open_answers(visit: _Visit, piece: Piece, section: Section, payload: bytes) -> OpenedPiece:
    page = Page(section, visit.language, visit.opened)
    page.add(piece, payload)
    for other in _beside(visit, piece, section):
        page.open(other)
    answers = page.answers
    uid = visit.case.uid
    note_danger(case_uid=uid, section=section.id, answers=answers, actor=visit.actor, now=visit.now)
    return OpenedPiece(
        piece,
        section.title,
        page.lines(),
        amiss=tuple(page.amiss),
        false_card=_false_card(visit, section, answers),
        corrections=page.corrected(lambda one: earlier_than(visit.case, one)),
        came_by=came_by(section.id, answers),
    )


def _beside(visit: _Visit, piece: Piece, section: Section) -> list[Piece]:
    """What the same page holds for other readers, of whom this person is one as well."""
    if len(section.compartments) == 1:
        return []
    profile, standing = profile_of(visit.case), visit.case.standing()
    mine = {
        one
        for one in section.compartments
        if rules.why_not_open(visit.actor, standing, profile.compartment(one).readers) is None
    }
    same = [one for one in pieces_of(visit.case) if one.kind == piece.kind and one.uid != piece.uid]
    return [one for one in same if one.compartment in mine]


def _false_card(visit: _Visit, section: Section, answers: Answers) -> Sentence | None:
    """A false card is news for the officer; the answers beside it are shown all the same."""
    try:
        note_card(
            case_uid=visit.case.uid, section=section.id, answers=answers, actor=visit.actor, now=visit.now
        )
    except WrongState as refused:
        return refused.reason
    return None


def _letter(payload: bytes) -> OpenedLetter:
    fields = _fields(payload)
    if "text" in fields:
        return OpenedLetter("", str(fields["text"]))
    enclosed = fields.get("files", [])
    names = tuple(str(file["name"]) for file in enclosed) if isinstance(enclosed, list) else ()
    return OpenedLetter(str(fields.get("title", "")), str(fields.get("body", "")), names)


def _file(opened: Iterator[bytes]) -> OpenedFile:
    name, pieces = split_head(opened)
    beginning = b""
    while len(beginning) < LONGEST_BEGINNING and (piece := next(pieces, b"")):
        beginning += piece
    kind = kind_of(beginning)
    return OpenedFile(safe_name(name, kind.extension if kind else "bin"), chain([beginning], pieces))


def _fields(payload: bytes) -> dict[str, object]:
    try:
        found = json.loads(payload)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise WrongState(sentence("What was sealed here is not in a form that this programme writes."))
    return found


_BY_HAND = sentence(
    "Sealed by hand with age: nothing inside the seal names this case, so whoever held the Gate may have put"
    " it here, or taken it from elsewhere. Ask in a letter before anything rests on it."
)
