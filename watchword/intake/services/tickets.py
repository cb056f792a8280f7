# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tickets: a form that does something can be sent once, however often it is clicked or replayed.

A ticket is signed and names its form and its day; nothing is stored until it is spent. It is spent inside
the transaction of what it pays for: either both happened, or neither.
"""

from collections.abc import Callable
from datetime import date, timedelta

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction

from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.intake import rules
from watchword.intake.models import SpentTicket

WAY_IN = "way-in"
_NONCE_SIZE = 16


class AlreadySent(WrongState):
    """This very form was sent before, and what it asked for was done then."""


class _NotGiven(Exception):
    """Undoes the transaction; nobody else sees it."""


def issue(form: str, today: date) -> str:
    """A ticket for one sending of the form of this name."""
    return _signer(form).sign(f"{today.isoformat()}.{random_bytes(_NONCE_SIZE).hex()}")


def check(ticket: str, form: str, today: date) -> None:
    """Refuse as ``spend`` would, before anything dear is done; it is still ``spend`` that decides a race."""
    nonce, _ = _read(ticket, form, today)
    if SpentTicket.objects.filter(pk=nonce).exists():
        raise _already_sent()


def spend(ticket: str, form: str, today: date) -> None:
    """Use the ticket up. Raises AlreadySent for a second use, WrongState for one not ours or too old."""
    nonce, day = _read(ticket, form, today)
    try:
        with transaction.atomic():
            SpentTicket.objects.create(nonce=nonce, day=day)
    except IntegrityError:
        raise _already_sent() from None


def redeem(ticket: str, form: str, today: date, given: Callable[[], bool]) -> bool:
    """Spend the ticket if what it pays for was ``given``; else it stays as good as it was."""
    try:
        with transaction.atomic():
            # In this order: a ticket that was spent before takes nothing from anybody.
            spend(ticket, form, today)
            if not given():
                raise _NotGiven
    except (WrongState, _NotGiven):
        return False
    return True


def _read(ticket: str, form: str, today: date) -> tuple[str, date]:
    try:
        day_text, nonce = _signer(form).unsign(ticket).split(".")
    except BadSignature:
        raise WrongState(_LOAD_AGAIN) from None
    day = date.fromisoformat(day_text)
    if not today - timedelta(days=rules.TICKET_DAYS) < day <= today:
        raise WrongState(_LOAD_AGAIN)
    return nonce, day


def _already_sent() -> AlreadySent:
    return AlreadySent(sentence("This form was already sent. It was not sent a second time."))


def _signer(form: str) -> Signer:
    return Signer(salt=f"watchword.intake.ticket.{form}")


_LOAD_AGAIN = sentence(
    "This page is too old to be sent. Open it again, copy your text into it, and send it then."
)
