# SPDX-License-Identifier: AGPL-3.0-or-later
"""The letters of a case, as far as they can be listed without opening any."""

from dataclasses import dataclass
from datetime import datetime

from watchword.cases.models import Case, Letter, Outgoing
from watchword.core.procedure import Profile, Text


@dataclass(frozen=True)
class LetterRow:
    """One line of the list of messages. ``title`` is None for a letter of the applicant, whose words are sealed."""

    uid: str
    incoming: bool
    number: int
    title: Text | None
    at: datetime
    needs_answer: bool
    answered_at: datetime | None
    compartment: str
    record: str

    @property
    def open_question(self) -> bool:
        """Whether the applicant still owes an answer to this letter."""
        return self.needs_answer and self.answered_at is None


def letters_of(case: Case, profile: Profile) -> list[LetterRow]:
    """All letters of a case, newest first."""
    rows = case.letters.select_related("record").order_by("-at", "-direction", "-number")
    return [_row(letter, profile) for letter in rows]


def outgoing_undelivered() -> list[Outgoing]:
    """What waits for the courier, oldest first within each case."""
    return list(Outgoing.objects.filter(delivered_at=None).order_by("case", "number"))


def _row(letter: Letter, profile: Profile) -> LetterRow:
    return LetterRow(
        uid=letter.uid,
        incoming=letter.direction == "in",
        number=letter.number,
        title=None if letter.direction == "in" else profile.letter(letter.kind).title,
        at=letter.at,
        needs_answer=letter.needs_answer,
        answered_at=letter.answered_at,
        compartment=letter.record.compartment,
        record=letter.record_id,
    )
