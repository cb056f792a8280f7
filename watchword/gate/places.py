# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a visitor may hand over sealed at this moment: each kind once, with its readers and largest size."""

from watchword.core.procedure.profile import Profile
from watchword.core.procedure.questionnaire import QuestionType, Section
from watchword.core.refusals import NotFound, sentence
from watchword.gate import way
from watchword.intake import rules
from watchword.intake.selectors import MailboxView, Post
from watchword.intake.services.pieces import Place

# The longest answers that a plain form can bring, as they are sealed.
LONGEST_SECTION = 512 * 1024


def places(profile: Profile, mailbox: MailboxView | None, post: Post) -> dict[str, Place]:
    """By kind. Empty where nothing may be written: for a stranger, and until the Desk has answered."""
    if mailbox is None:
        return {}
    if not mailbox.facts.sent:
        return _drafting(profile)
    if not post.letters or post.forged:
        return {}
    return _answering(profile, post)


def place(profile: Profile, mailbox: MailboxView | None, post: Post, kind: str, compartment: str) -> Place:
    """The one asked for. Raises NotFound: to everybody else there is no such place."""
    found = places(profile, mailbox, post).get(kind)
    if found is None or found.compartment != compartment:
        raise NotFound(sentence("Nothing of this kind can be sent from here now."))
    return found


def limit(profile: Profile, kind: str) -> int:
    """The most bytes that something of this kind has before it is sealed."""
    return profile.attachment_limit if rules.is_file(kind) else LONGEST_SECTION


def _drafting(profile: Profile) -> dict[str, Place]:
    sections = [section for section in profile.questionnaire.application if not is_file(section)]
    files = next((one for one in profile.questionnaire.sections if is_file(one)), None)
    return _written(sections) | (_files(profile, files.compartment) if files else {})


def _answering(profile: Profile, post: Post) -> dict[str, Place]:
    standing = way.standing(profile, post.letters, "en")
    stage = standing.stage if standing else profile.first_stage
    asked = [section for section in profile.questionnaire.later if section.id in post.asks]
    letter = {rules.ANSWER: Place(rules.ANSWER, stage.replies_to, LONGEST_SECTION)}
    return _written(asked) | letter | _files(profile, stage.replies_to)


def _written(sections: list[Section]) -> dict[str, Place]:
    kinds = {rules.section_kind(section.id): section for section in sections}
    return {kind: Place(kind, section.compartment, LONGEST_SECTION) for kind, section in kinds.items()}


def _files(profile: Profile, compartment: str) -> dict[str, Place]:
    kinds = [rules.file_kind(number) for number in range(1, profile.attachments + 1)]
    return {kind: Place(kind, compartment, profile.attachment_limit) for kind in kinds}


def is_file(section: Section) -> bool:
    return all(question.type is QuestionType.FILE for question in section.questions)
