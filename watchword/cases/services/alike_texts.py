# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens what is compared of each application: the first answers, which whoever compares may read anyway."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.models import Case
from watchword.cases.selectors.pieces import BY_HAND, Piece, pieces_of
from watchword.cases.selectors.profiles import profile_of
from watchword.core.procedure import Answers, AnswersError, QuestionType, Section, decode_answers
from watchword.core.refusals import WrongState
from watchword.vault.opening import open_together

FREE = frozenset({QuestionType.TEXT, QuestionType.LONG_TEXT})
"""What is answered in words of one's own."""


@dataclass
class Said:
    """What one application says; lives as long as its comparison, in memory alone.

    ``text``: words of one's own. ``whole``: every answer. ``unread``: some of it could not be opened.
    """

    text: str = ""
    whole: str = ""
    answers: dict[str, Answers] = field(default_factory=dict)
    unread: bool = False


def read(cases: Sequence[Case], *, actor: Actor, now: datetime) -> dict[str, Said]:
    """By the uid of its case, what each application says; all openings are in the ledger before the first."""
    chosen = {case.uid: _compared(case, actor) for case in cases}
    records = [piece.uid for pieces in chosen.values() for piece in pieces]
    opened = open_together(records, actor=actor, purpose=rules.COMPARING, now=now)
    return {case.uid: _said(case, chosen[case.uid], opened) for case in cases}


def _compared(case: Case, actor: Actor) -> list[Piece]:
    readers = profile_of(case).compartment(rules.COMPARED).readers
    rules.check_may_open(actor, case.standing(), readers)
    pieces = [piece for piece in pieces_of(case) if piece.compartment == rules.COMPARED]
    return [piece for piece in pieces if piece.section or piece.kind == BY_HAND]


def _said(case: Case, pieces: Sequence[Piece], opened: Mapping[str, bytes | WrongState]) -> Said:
    said = Said()
    sections = {one.id: one for one in profile_of(case).questionnaire.every_section}
    for piece in pieces:
        payload = opened[piece.uid]
        if isinstance(payload, WrongState):
            said.unread = True
        elif piece.kind == BY_HAND:
            words = payload.decode("utf-8", errors="replace")
            said.text, said.whole = said.text + words, said.whole + words
        else:
            _add_answers(said, sections.get(piece.section or ""), payload)
    return said


def _add_answers(said: Said, section: Section | None, payload: bytes) -> None:
    try:
        sealed = decode_answers(payload)
    except AnswersError:
        said.unread = True
        return
    if section is None or sealed.section != section.id:
        said.unread = True
        return
    types = {question.id: question.type for question in section.questions}
    for name, answer in sorted(sealed.answers.items()):
        said.whole += f"{name} {answer!r}\n"
        if types.get(name) in FREE and isinstance(answer, str):
            said.text += f"{answer}\n"
    said.answers[section.id] = sealed.answers
