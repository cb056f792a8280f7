# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an applicant corrected: the older forms of a part beside the newest; nothing replaces anything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from watchword.cases.selectors.pieces import Piece
from watchword.core.procedure import Answers, AnswersError, Section, belonging, decode_answers
from watchword.core.procedure.differences import Difference, differences
from watchword.core.refusals import Sentence, WrongState, sentence

# Each is one more opening in the ledger. Who corrects more often has the older ones kept, but not shown.
MOST_SHOWN = 5


@dataclass(frozen=True)
class Correction:
    """One form of a part beside the one before it. ``fault``: why the older one cannot be shown."""

    differences: tuple[Difference, ...] = ()
    fault: Sentence | None = None


def answers_in(payload: bytes, section: Section, compartment: str) -> Answers:
    """The answers that were sealed and belong there: those for other readers are not given out.

    Raises AnswersError, and WrongState for those to another part.
    """
    return belonging(section, sealed_in(payload, section), compartment)


def sealed_in(payload: bytes, section: Section) -> Answers:
    """All that was sealed, also answers that belong to other readers. Raises as ``answers_in``."""
    sealed = decode_answers(payload)
    if sealed.section != section.id:
        raise WrongState(sentence("These are answers to another part of the questionnaire."))
    return sealed.answers


def corrections(
    earlier: Sequence[Piece],
    section: Section,
    newest: Answers,
    opened: Callable[[Piece], bytes],
    language: str,
) -> tuple[Correction, ...]:
    """Compare the newest answers with the form before, that one with its own, and so on, newest first."""
    found: list[Correction] = []
    now = newest
    for piece in earlier[:MOST_SHOWN]:
        try:
            before = answers_in(opened(piece), section, piece.compartment)
        except (AnswersError, WrongState) as refused:
            found.append(Correction(fault=refused.reason))
            continue
        found.append(Correction(differences(section, before, now, language)))
        now = before
    return tuple(found)
