# SPDX-License-Identifier: AGPL-3.0-or-later
"""The letters of a case, as far as they can be listed without opening any."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.utils.translation import get_language_info

from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.models import Case, Letter, Outgoing
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.seen import seen_of
from watchword.cases.selectors.visibility import find
from watchword.core.procedure import LetterTemplate, Profile, Text
from watchword.core.procedure.letters import Composed, compose
from watchword.core.refusals import Sentence
from watchword.profiles import known


@dataclass(frozen=True)
class LetterRow:
    """One line of the list of messages. ``title`` is None for one of the applicant: all of it is sealed."""

    uid: str
    code: str
    incoming: bool
    number: int
    title: Text | None
    at: datetime
    needs_answer: bool
    answered_at: datetime | None
    compartment: str
    record: str
    unread: bool
    why_not: Sentence | None

    @property
    def open_question(self) -> bool:
        """Whether the applicant still owes an answer to this letter."""
        return self.needs_answer and self.answered_at is None


def letters_of(case: Case, profile: Profile, places: Mapping[str, str], *, viewer: Actor) -> list[LetterRow]:
    """All letters of a case, newest first, with the reason beside those that this person cannot read.

    ``places``: the compartment of each record.
    """
    standing = case.standing()
    closed = {
        one.id: rules.why_not_open(viewer, standing, one.readers) for one in profile.compartments.values()
    }
    by_number = sorted(case.letters.all(), key=lambda one: (one.direction, -one.number))
    newest_first = sorted(by_number, key=attrgetter("at"), reverse=True)
    return [_row(one, case.code, profile, places[one.record_id], closed) for one in newest_first]


def outgoing_undelivered() -> list[Outgoing]:
    """What waits for the courier, oldest first within each case."""
    return list(Outgoing.objects.filter(delivered_at=None).order_by("case", "number"))


def _row(
    letter: Letter, code: str, profile: Profile, place: str, closed: Mapping[str, Sentence | None]
) -> LetterRow:
    return LetterRow(
        uid=letter.uid,
        code=code,
        incoming=letter.direction == "in",
        number=letter.number,
        title=None if letter.direction == "in" else known(profile, lambda one: one.letter(letter.kind)).title,
        at=letter.at,
        needs_answer=letter.needs_answer,
        answered_at=letter.answered_at,
        compartment=place,
        record=letter.record_id,
        unread=letter.direction == "in" and letter.read_at is None,
        why_not=closed.get(place),
    )


@dataclass(frozen=True)
class LetterPage:
    """What is needed to write one letter: its template, its language, and why not now, if so."""

    uid: str
    code: str
    template: LetterTemplate
    gaps: tuple[str, ...]
    language: str
    seen: str
    why_not: Sentence | None

    def ready(self, name: str) -> str:
        """A text that the profile has ready for this letter, in the applicant's language."""
        return self.template.ready_text(name).words.in_language(self.language)

    @property
    def language_name(self) -> str:
        """What the applicant's language is called in the reader's."""
        return str(get_language_info(self.language)["name_translated"]) if self.language else ""

    def composed(self, words: Mapping[str, str], language: str = "") -> Composed:
        """The letter with ``words`` in its gaps, in the applicant's language unless another is asked for."""
        return compose(self.template, language or self.language, **words)


def letter_page(code: str, template: str, *, viewer: Actor) -> LetterPage:
    """The page on which a letter is written."""
    case = find(code, viewer=viewer)
    letter = profile_of(case).letter(template)
    return LetterPage(
        uid=case.uid,
        code=case.code,
        template=letter,
        gaps=tuple(sorted(letter.gaps)),
        language=case.language,
        seen=seen_of(case),
        why_not=rules.why_not_write(viewer, case.standing(), letter.written_by),
    )
