# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of an application as its pages show them: in the reader's words, with who can read them."""

from dataclasses import dataclass

from watchword.core.procedure.profile import Profile
from watchword.core.procedure.questionnaire import QuestionType, Section
from watchword.core.refusals import NotFound, sentence
from watchword.intake.rules import MailboxFacts


@dataclass(frozen=True)
class Part:
    """One section in the reader's language. ``number`` counts the pages from 1 up to ``total``."""

    id: str
    title: str
    intro: str
    compartment: str
    readers: tuple[str, ...]
    needed: bool
    sealed: bool
    number: int
    total: int


def written_parts(profile: Profile, facts: MailboxFacts, language: str) -> list[Part]:
    """The sections that are filled in one by one after the first contact, without the file."""
    sections = [section for section in profile.questionnaire.sections if not _is_file(section)]
    return [
        _part(profile, section, language, sealed=section.id in facts.sealed, place=(number, len(sections)))
        for number, section in enumerate(sections, 1)
    ]


def written_part(profile: Profile, name: str, facts: MailboxFacts, language: str) -> Part:
    """One of them. Raises NotFound, also for the first contact: it was sealed before there was a receipt."""
    for part in written_parts(profile, facts, language):
        if part.id == name:
            return part
    raise NotFound(sentence("There is no such part of the questionnaire."))


def file_part(profile: Profile, language: str) -> Part | None:
    """The section that takes a file, if the profile has one."""
    section = next((section for section in profile.questionnaire.sections if _is_file(section)), None)
    return None if section is None else _part(profile, section, language)


def sealed_parts(profile: Profile, facts: MailboxFacts, language: str) -> list[Part]:
    """Everything that would be sent now, the first contact with it."""
    contact = _part(profile, profile.questionnaire.contact, language, sealed=True)
    return [contact, *(part for part in written_parts(profile, facts, language) if part.sealed)]


def _is_file(section: Section) -> bool:
    return all(question.type is QuestionType.FILE for question in section.questions)


def _part(
    profile: Profile,
    section: Section,
    language: str,
    *,
    sealed: bool = False,
    place: tuple[int, int] = (0, 0),
) -> Part:
    readers = profile.compartment(section.compartment).readers
    return Part(
        id=section.id,
        title=section.title.in_language(language),
        intro=section.intro.in_language(language),
        compartment=section.compartment,
        readers=tuple(role.title.in_language(language) for role in profile.roles if role.id in readers),
        needed=section.must_be_sent,
        sealed=sealed,
        number=place[0],
        total=place[1],
    )
