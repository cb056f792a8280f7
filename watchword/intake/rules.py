# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an applicant may do at the Gate, and how long the Gate keeps what was left with it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from watchword.core.refusals import NotFound, WrongState, permitted, sentence, why_not

# A reply may take the Desk's thirty days, and a phone may be out of reach for as long again.
LETTER_DAYS = 90
# Long enough to write a hard answer on a slow line, short enough for a phone that is taken away.
IDLE_MINUTES = 60
# A form must outlive midnight and a slow line; its ticket is remembered for exactly as long.
TICKET_DAYS = 2
LONGEST_LETTER = 10_000
# A broken upload waits for its sender to find a line again; what it holds cannot be opened by anybody yet.
UPLOAD_DAYS = 3
# Bytes that a frame and a sealed name add to a file before it is padded.
LONGEST_HEAD = 4096

# Who applies is told by this compartment, and to the intake role alone.
ROUTING = "routing"
SECTION = "section:"
META = "meta"
LODGED = "section"
FILE = "file:"
ANSWER = "answer"
WITHDRAWAL = "withdrawal"
# A text that its writer sealed with age alone, without a frame: nothing inside names the case.
BY_HAND = "by-hand"
# What a human is to see first; each is the kind of its parcel, too.
ALARM = "alarm"
CONSENT = "consent"


@dataclass(frozen=True)
class MailboxFacts:
    """Where one mailbox stands. ``sealed`` names the sections of its draft that are already sealed.

    Those in ``begun`` alone are sealed to some of their readers only: the line broke between two of them.
    """

    sent: bool
    withdrawn: bool
    sealed: frozenset[str]
    begun: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Piece:
    """A sealed entry, as far as choosing among entries needs it."""

    uid: str
    compartment: str
    kind: str
    revision: int


def section_kind(section: str) -> str:
    return SECTION + section


def section_of(kind: str) -> str:
    return kind.removeprefix(SECTION)


def is_posted(kind: str) -> bool:
    """Whether something of this kind goes to the Desk by itself, once there is an application."""
    return kind == ANSWER or kind.startswith(SECTION)


def file_kind(number: int) -> str:
    """The place of one file among several, counted from 1."""
    return f"{FILE}{number}"


def is_file(kind: str) -> bool:
    return kind.startswith(FILE)


def free_place(kept: Collection[int], most: int) -> int | None:
    """The first number without a file; None when there are as many as may be."""
    return next((number for number in range(1, most + 1) if number not in kept), None)


def newest(pieces: Iterable[Piece]) -> list[Piece]:
    """The newest revision of each thing; an older one was replaced by its writer."""
    latest: dict[tuple[str, str], Piece] = {}
    for piece in pieces:
        place = (piece.compartment, piece.kind)
        if place not in latest or latest[place].revision < piece.revision:
            latest[place] = piece
    return list(latest.values())


def check_may_write(facts: MailboxFacts) -> None:
    """A draft can be changed until it is sent."""
    if facts.withdrawn:
        raise WrongState(sentence("Everything here was withdrawn. Nothing can be added to it."))
    if facts.sent:
        raise WrongState(
            sentence("This application was sent. To add something, write a letter in your mailbox.")
        )


def check_may_send(facts: MailboxFacts, required: Collection[str]) -> None:
    """An application is sent once, with every section that the profile asks for and none of them in part."""
    check_may_write(facts)
    missing = len((facts.begun | set(required)) - facts.sealed)
    if missing:
        raise WrongState(sentence("Some parts are still open. Open parts: %(count)s.", count=missing))


def check_may_answer(facts: MailboxFacts) -> None:
    """Letters go to the Desk once there is an application that they belong to."""
    if facts.withdrawn:
        raise WrongState(sentence("Everything here was withdrawn. No letter can be sent from it."))
    if not facts.sent:
        raise WrongState(sentence("You can write a letter after you have sent your application."))


def check_may_call(facts: MailboxFacts | None) -> None:
    """Calls go out from wherever a receipt leads, except from a draft, of which the Desk does not know."""
    if facts is not None and not facts.sent:
        raise WrongState(sentence("The Desk does not know of you yet: first send your application."))


def check_may_lodge(facts: MailboxFacts, section: str, asked: Collection[str]) -> None:
    """A section beyond the application goes to the Desk alone after a genuine letter that asks for it.

    ``asked``: what the newest genuine letter asks for. To everybody else there is no such page.
    """
    check_may_answer(facts)
    if section not in asked:
        raise NotFound(sentence("There is no such part of the questionnaire."))


may_write = permitted(check_may_write)
may_send = permitted(check_may_send)
why_not_send = why_not(check_may_send)
