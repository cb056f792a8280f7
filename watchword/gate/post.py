# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a mailbox shows its owner: which letters are new, which wait, who opened what for, what was agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from watchword.core.procedure.profile import Profile
from watchword.core.procedure.questionnaire import QuestionType
from watchword.core.refusals import NotFound, sentence
from watchword.gate import way
from watchword.intake.selectors import Inbox
from watchword.trust.letter import Letter, Opened

PURPOSES = {
    "alike": _("to see whether somebody sends the same many times"),
    "break-glass": _("because somebody was in danger"),
    "file": _("to look at a file"),
    "call": _("to read your call"),
    "case-work": _("to work on your application"),
    "letter": _("to read your letter"),
    "protect-relatives": _("to warn or to protect those close to you"),
    "resplit": _("sealed anew by a program under a new key, read by nobody"),
    "screening": _("to tell you apart from somebody on a list"),
    "screening-run": _("compared with lists by a program, read by nobody"),
}


@dataclass(frozen=True)
class ShownLetter:
    """A genuine letter. ``unread``: this visit is the first to show it. ``waits``: for an answer."""

    letter: Letter
    unread: bool
    waits: bool


@dataclass(frozen=True)
class OpenedLine:
    """How often one class of data was opened and what for, in the reader's language."""

    title: str
    purpose: str
    times: int
    last: date


@dataclass(frozen=True)
class Consent:
    """Something that was asked for, by number from 1. ``taken_back``: the day, if it was done here."""

    number: int
    id: str
    title: str
    hint: str
    taken_back: date | None


def shown_letters(inbox: Inbox) -> list[ShownLetter]:
    """The letters with words, newest first."""
    return [
        ShownLetter(
            letter,
            unread=letter.number > inbox.notebook.read,
            waits=letter.needs_answer and letter.number > inbox.notebook.answered,
        )
        for letter in inbox.post.letters
        if letter.kind != way.STATUS
    ]


def openings(profile: Profile, inbox: Inbox, language: str) -> list[OpenedLine]:
    """The owner's log of access as of the newest letter."""
    newest = inbox.post.letters[0].opened if inbox.post.letters else ()
    known = purposes(profile, language)
    return [_line(profile, one, language, known) for one in newest]


def purposes(profile: Profile, language: str) -> dict[str, str]:
    """What is opened, and for what kind of check, in words; what no one has words for is work on the case."""
    check = gettext("for a check: %(check)s")
    checks = {kind.id: check % {"check": kind.title.in_language(language)} for kind in profile.evidence_kinds}
    return checks | {name: str(words) for name, words in PURPOSES.items()}


def consents(profile: Profile, inbox: Inbox, language: str) -> list[Consent]:
    """Every consent that this profile asks for; which were given, only those know who open the answers."""
    asked = [
        (f"{section.id}.{question.id}", question)
        for section in profile.questionnaire.every_section
        for question in section.questions
        if question.type is QuestionType.CONSENT
    ]
    days = inbox.notebook.consents
    return [
        Consent(
            number,
            name,
            question.label.in_language(language),
            question.hint.in_language(language),
            date.fromisoformat(days[name]) if name in days else None,
        )
        for number, (name, question) in enumerate(asked, 1)
    ]


def consent(profile: Profile, inbox: Inbox, language: str, number: int) -> Consent:
    """One of them. Raises NotFound."""
    for one in consents(profile, inbox, language):
        if one.number == number:
            return one
    raise NotFound(sentence("There is no such consent."))


def _line(profile: Profile, one: Opened, language: str, known: Mapping[str, str]) -> OpenedLine:
    place = profile.compartments.get(one.compartment)
    title = place.title.in_language(language) if place else one.compartment
    return OpenedLine(title, known.get(one.purpose, known["case-work"]), one.times, one.last)
