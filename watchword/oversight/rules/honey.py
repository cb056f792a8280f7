# SPDX-License-Identifier: AGPL-3.0-or-later
"""The law of invented cases: an auditor asks and an administrator confirms, each with the receipt in hand."""

from collections.abc import Collection

from watchword.accounts.rules import AUDITOR, Actor, Permission, check_has
from watchword.core.refusals import NotPermitted, WrongState, sentence
from watchword.oversight.book import MOST_INVENTED, Asked, Book


def check_may_ask(actor: Actor, book: Book) -> None:
    """An auditor, while nothing else waits for an administrator."""
    check_has(actor, Permission.HONEY_WATCH)
    if book.asked is not None:
        raise WrongState(
            sentence("Something waits for an administrator already. Have it confirmed or drop it.")
        )


def check_may_mark(book: Book, case: str, *, sealed: bool) -> None:
    """A case that the receipt belongs to, which is here, still holds something, and is not marked."""
    if not sealed:
        raise WrongState(
            sentence("No case of this receipt is here: nothing was fetched yet, or it is erased.")
        )
    if book.of(case) is not None:
        raise WrongState(sentence("This case is marked as invented already."))
    if len(book.invented) >= MOST_INVENTED:
        raise WrongState(
            sentence("So many cases are invented already that one more would show in the figures.")
        )


def check_may_unmark(book: Book, case: str) -> None:
    """A case that is marked."""
    if book.of(case) is None:
        raise WrongState(sentence("The case of this receipt is not marked as invented."))


def check_may_second(actor: Actor, asked: Asked | None, case: str, *, asker_roles: Collection[str]) -> Asked:
    """An administrator, another person than the auditor who asked, with the receipt of the same case."""
    check_has(actor, Permission.HONEY_SECOND)
    if asked is None:
        raise WrongState(sentence("No auditor waits for you."))
    if asked.by == actor.id:
        raise NotPermitted(sentence("You asked for this yourself; somebody else must confirm it."))
    if AUDITOR not in asker_roles:
        raise WrongState(
            sentence("Whoever asked for this is no auditor any more. Drop it, and have it asked anew.")
        )
    if asked.case != case:
        raise WrongState(sentence("This is not the receipt of the case for which the auditor asked."))
    return asked


def check_waits(book: Book) -> None:
    """Something that was asked for."""
    if book.asked is None:
        raise WrongState(sentence("Nothing waits here."))


def check_may_look(book: Book, *, words: str, upto: int, size: int) -> None:
    """Says in words what was found, of what was seen and nothing later."""
    if not words.strip():
        raise WrongState(sentence("Write what you found, or what you will do."))
    if not book.seen_to <= upto <= size:
        raise WrongState(sentence("The ledger has gone on since, or somebody else looked. Look again."))
