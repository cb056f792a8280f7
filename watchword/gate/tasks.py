# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of an application as its pages show them: in the reader's words, with who can read them."""

from collections.abc import Collection
from dataclasses import dataclass

from watchword.core.procedure.profile import Apart, Profile
from watchword.core.procedure.questionnaire import QuestionType, Section
from watchword.core.refusals import NotFound, sentence
from watchword.intake.rules import MailboxFacts
from watchword.intake.selectors import Post


@dataclass(frozen=True)
class Part:
    """One section in the reader's language. ``number`` counts the pages from 1 up to ``total``.

    ``apart`` are the questions that others read than ``readers``.
    """

    id: str
    title: str
    intro: str
    compartment: str
    readers: tuple[str, ...]
    apart: tuple[Apart, ...]
    needed: bool
    sealed: bool
    number: int
    total: int


@dataclass(frozen=True)
class Asked:
    """A section that the Desk asks for. ``place``: "open", "waiting" at the Gate, or "here" with the Desk."""

    part: Part
    place: str


def written_parts(profile: Profile, facts: MailboxFacts, language: str) -> list[Part]:
    """The sections that are filled in one by one after the first contact, without the file."""
    sections = [section for section in profile.questionnaire.sections if not is_file(section)]
    return [
        _part(
            profile,
            section,
            language,
            sealed=section.id in facts.sealed,
            half_sealed=section.id in facts.begun - facts.sealed,
            place=(number, len(sections)),
        )
        for number, section in enumerate(sections, 1)
    ]


def written_part(profile: Profile, name: str, facts: MailboxFacts, language: str) -> Part:
    """One of them. Raises NotFound, also for the first contact: it was sealed before there was a receipt."""
    for part in written_parts(profile, facts, language):
        if part.id == name:
            return part
    raise NotFound(sentence("There is no such part of the questionnaire."))


def asked_part(profile: Profile, name: str, may_write: Collection[str], language: str) -> Part:
    """A section that may be sent by itself: see ``intake.Post``. Raises NotFound for any other."""
    for section in profile.questionnaire.every_section:
        if section.id == name and name in may_write:
            return _part(profile, section, language)
    raise NotFound(sentence("There is no such part of the questionnaire."))


def asked_parts(profile: Profile, post: Post, waiting: Collection[str], language: str) -> list[Asked]:
    """Everything that the Desk asks for; ``waiting`` are the sections that the Gate still holds."""
    return [
        Asked(_part(profile, section, language), _place(section.id, post.received, waiting))
        for section in profile.questionnaire.later
        if section.id in post.asks
    ]


def correctable_parts(profile: Profile, may_write: Collection[str], language: str) -> list[Part]:
    """The parts of the application that may be written anew."""
    sections = [section for section in profile.questionnaire.application if section.id in may_write]
    return [_part(profile, section, language) for section in sections]


def _place(section: str, received: Collection[str], waiting: Collection[str]) -> str:
    if section in waiting:
        return "waiting"
    return "here" if section in received else "open"


def file_part(profile: Profile, language: str) -> Part | None:
    """The section that takes a file, if the profile has one."""
    section = next((section for section in profile.questionnaire.sections if is_file(section)), None)
    return None if section is None else _part(profile, section, language)


def sealed_parts(profile: Profile, facts: MailboxFacts, language: str) -> list[Part]:
    """Everything that would be sent now, the first contact with it."""
    contact = _part(profile, profile.questionnaire.contact, language, sealed=True)
    return [contact, *(part for part in written_parts(profile, facts, language) if part.sealed)]


def is_file(section: Section) -> bool:
    """Whether this section asks for files and nothing else."""
    return all(question.type is QuestionType.FILE for question in section.questions)


def _part(
    profile: Profile,
    section: Section,
    language: str,
    *,
    sealed: bool = False,
    half_sealed: bool = False,
    place: tuple[int, int] = (0, 0),
) -> Part:
    return Part(
        id=section.id,
        title=section.title.in_language(language),
        intro=section.intro.in_language(language),
        compartment=section.compartment,
        readers=profile.readers_in_words(section.compartment, language),
        apart=profile.read_apart(section, language),
        needed=section.must_be_sent or half_sealed,
        sealed=sealed,
        number=place[0],
        total=place[1],
    )
