# SPDX-License-Identifier: AGPL-3.0-or-later
"""One page of the questionnaire, put together again from what was sealed to different readers."""

from collections.abc import Callable
from dataclasses import dataclass, field

from watchword.cases.selectors.pieces import Piece
from watchword.cases.services.corrections import Correction, corrections, sealed_in
from watchword.core.procedure import (
    Answer,
    Answers,
    AnswersError,
    Line,
    Question,
    Section,
    belonging,
    readable,
    strayed,
)
from watchword.core.refusals import Sentence, WrongState, sentence


@dataclass
class Page:
    """The parts of ``section`` that one person may read, each opened with ``opener``.

    ``amiss``: what is wrong with a part, in sentences; it hides no other.
    """

    section: Section
    language: str
    opener: Callable[[Piece], bytes]
    parts: dict[Piece, Answers] = field(default_factory=dict)
    amiss: list[Sentence] = field(default_factory=list)

    @property
    def answers(self) -> dict[str, Answer]:
        """All that may be read."""
        return {name: answer for part in self.parts.values() for name, answer in part.items()}

    def add(self, piece: Piece, payload: bytes) -> None:
        """Take in what was sealed in ``piece``. Raises AnswersError and WrongState for what is no part of it.

        An answer that belongs to other readers is withheld from these, and said to be there: whoever made
        the parcel wanted it to be read by the wrong role.
        """
        sealed = sealed_in(payload, self.section)
        self.parts[piece] = belonging(self.section, sealed, piece.compartment)
        for question in strayed(self.section, sealed, piece.compartment):
            self.amiss.append(_strayed(question))

    def open(self, piece: Piece) -> None:
        """The same for a part beside the first one, which it cannot hide."""
        try:
            self.add(piece, self.opener(piece))
        except (AnswersError, WrongState) as refused:
            self.parts[piece] = {}
            self.amiss.append(refused.reason)

    def lines(self) -> tuple[Line, ...]:
        """Every question in its place, also those that others read."""
        opened = {piece.compartment for piece in self.parts}
        return readable(self.section, self.answers, self.language, opened)

    def corrected(self, earlier: Callable[[Piece], list[Piece]]) -> tuple[Correction, ...]:
        """What was changed in each part; ``earlier`` finds its older forms."""
        found = (
            corrections(earlier(piece), self.section, answers, self.opener, self.language)
            for piece, answers in self.parts.items()
        )
        return tuple(correction for part in found for correction in part)


def _strayed(question: Question) -> Sentence:
    return sentence(
        "Here stands an answer to “%(question)s”, which other people read. It was sealed to the wrong"
        " readers, and is not shown. Unless this case has changed its procedure, no programme of ours does"
        " that: ask in a letter before anything rests on this page.",
        question=question.label,
    )
