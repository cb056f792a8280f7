# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a visitor may hand over sealed at this moment: each kind once, with its readers and largest size."""

from collections.abc import Iterable

from watchword.core.procedure.profile import Profile
from watchword.core.procedure.questionnaire import Section
from watchword.core.refusals import NotFound, sentence
from watchword.gate import way
from watchword.gate.tasks import is_file
from watchword.intake import rules
from watchword.intake.selectors import MailboxView, Post
from watchword.intake.services.pieces import Place

# The longest answers that a plain form can bring, as they are sealed.
LONGEST_SECTION = 512 * 1024


def places(profile: Profile, mailbox: MailboxView | None, post: Post | None) -> tuple[Place, ...]:
    """What may come from here. ``post`` is None where only the visitor's browser can read the letters.

    Nothing where nothing may be written: for a stranger, and until the Desk has answered.
    """
    if mailbox is None:
        return ()
    if not mailbox.facts.sent:
        return _drafting(profile)
    if post is None:
        # What was not asked for, the Desk refuses; whom the letter is for, the browser knows.
        compartments = {stage.replies_to for stage in profile.stages}
        every = _written(one for one in profile.questionnaire.every_section if not is_file(one))
        return sum((_letter(profile, one) for one in sorted(compartments)), every)
    if not post.letters or post.forged:
        return ()
    may_write = post.may_write(profile)
    written = [section for section in profile.questionnaire.every_section if section.id in may_write]
    return _written(written) + _letter(profile, answers_to(profile, post))


def place(
    profile: Profile, mailbox: MailboxView | None, post: Post | None, kind: str, compartment: str
) -> Place:
    """The one asked for. Raises NotFound: to everybody else there is no such place."""
    for one in places(profile, mailbox, post):
        if (one.kind, one.compartment) == (kind, compartment):
            return one
    raise NotFound(sentence("Nothing of this kind can be sent from here now."))


def answers_to(profile: Profile, post: Post) -> str:
    """The compartment in which the Desk reads a letter now."""
    standing = way.standing(profile, post.letters, "en")
    return (standing.stage if standing else profile.first_stage).replies_to


def limit(profile: Profile, kind: str) -> int:
    """The most bytes that something of this kind has before it is sealed."""
    return profile.attachment_limit if rules.is_file(kind) else LONGEST_SECTION


def _drafting(profile: Profile) -> tuple[Place, ...]:
    sections = [section for section in profile.questionnaire.application if not is_file(section)]
    files = [section for section in profile.questionnaire.sections if is_file(section)]
    return sum((_files(profile, section.compartment) for section in files[:1]), _written(sections))


def _letter(profile: Profile, compartment: str) -> tuple[Place, ...]:
    return (Place(rules.ANSWER, compartment, LONGEST_SECTION), *_files(profile, compartment))


def _written(sections: Iterable[Section]) -> tuple[Place, ...]:
    return tuple(
        Place(rules.section_kind(section.id), compartment, LONGEST_SECTION)
        for section in sections
        for compartment in section.sealed_into
    )


def _files(profile: Profile, compartment: str) -> tuple[Place, ...]:
    numbers = range(1, profile.attachments + 1)
    return tuple(Place(rules.file_kind(one), compartment, profile.attachment_limit) for one in numbers)
