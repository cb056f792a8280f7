# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented cases: an auditor asks for one to be marked, an administrator confirms, auditors look at alarms.

Every change writes the whole book anew and is one and the same act in the ledger, which anybody may read.
Whoever marks a case types the receipt of its applicant, whom they invented themselves: nobody can mark a
case by its code, and an administrator confirms without ever seeing one.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor, Permission, check_has
from watchword.core.ledger.canonical import JSON
from watchword.core.procedure.quotas import REASON_READERS, REASONS
from watchword.core.refusals import Refused, WrongState, sentence
from watchword.core.sealing.frame import case_of
from watchword.core.sealing.primitives import random_bytes
from watchword.core.sealing.receipt import Receipt
from watchword.journal import selectors as journal
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.keystore import services as keystore
from watchword.oversight import rules
from watchword.oversight.book import MOST_LOOKS, Asked, Book, Change, Invented, Look, moment, seal_book
from watchword.oversight.models import WatchBook
from watchword.oversight.selectors.book import FOLLOWS, digest, read_book
from watchword.vault import selectors as vault
from watchword.vault.services import seal_record

NOTE = "alarm"
"""The kind of what auditors note about alarms."""


@transaction.atomic
def ask(*, receipt: Receipt, change: Change, actor: Actor, now: datetime) -> None:
    """Ask that the case of this receipt be marked as invented, or be so no longer."""
    check_has(actor, Permission.HONEY_WATCH)
    case, (row, book) = _case(receipt), _opened()
    rules.check_may_ask(actor, book)
    if change is Change.MARK:
        rules.check_may_mark(book, case, sealed=_is_sealed(case))
    else:
        rules.check_may_unmark(book, case)
    _write(row, replace(book, asked=Asked(change, case, actor.id, moment(now))), actor, now)


@transaction.atomic
def second(*, receipt: Receipt, actor: Actor, now: datetime) -> None:
    """The administrator who invented it too types the same receipt, and so it is."""
    check_has(actor, Permission.HONEY_SECOND)
    row, book = _opened()
    roles = accounts.roles_of(book.asked.by, now) if book.asked else frozenset()
    asked = rules.check_may_second(actor, book.asked, _case(receipt), asker_roles=roles)
    others = tuple(one for one in book.invented if one.case != asked.case)
    if asked.change is Change.MARK:
        rules.check_may_mark(book, asked.case, sealed=_is_sealed(asked.case))
        since, _ = journal.progress()
        others += (Invented(asked.case, since, asked.by, actor.id),)
    _write(row, replace(book, invented=others, asked=None), actor, now)


@transaction.atomic
def drop(*, actor: Actor, now: datetime) -> None:
    """What was asked for is not done."""
    check_has(actor, Permission.HONEY_WATCH)
    row, book = _opened()
    rules.check_waits(book)
    _write(row, replace(book, asked=None), actor, now)


@transaction.atomic
def look(*, words: str, upto: int, actor: Actor, now: datetime) -> None:
    """Somebody has looked at the alarms of the page that was drawn when the log was ``upto`` long."""
    check_has(actor, Permission.HONEY_WATCH)
    row, book = _opened()
    size, _ = journal.progress()
    rules.check_may_look(book, words=words, upto=upto, size=size)
    sealed = seal_record(
        case=row.uid,
        compartment=REASONS,
        kind=NOTE,
        payload=words.strip().encode(),
        signer=actor.signer,
        now=now,
        readers=sorted(REASON_READERS),
    )
    looks = (*book.looks, Look(actor.id, moment(now), sealed.uid))[-MOST_LOOKS:]
    _write(row, replace(book, seen_to=upto, looks=looks), actor, now)


@transaction.atomic
def begin_anew(*, actor: Actor, now: datetime) -> None:
    """Where the book cannot be read: an empty one, which all who watch are told of for a month."""
    check_has(actor, Permission.HONEY_WATCH)
    try:
        _opened()
    except Refused:
        WatchBook.objects.all().delete()
        _write(_row(), Book(), actor, now, anew=True)
        return
    raise WrongState(sentence("The auditors’ book can be read: there is nothing to begin anew."))


def _case(receipt: Receipt) -> str:
    """The case follows from the mailbox, and the mailbox from the receipt; the receipt is kept nowhere."""
    keys = receipt.keys(vault.manifest().organisation)
    return case_of(str(keys.mailbox.recipient))


def _is_sealed(case: str) -> bool:
    return case in vault.with_records([case])


def _row() -> WatchBook:
    """The one row, made when it is needed, locked until the transaction ends."""
    WatchBook.objects.get_or_create(pk=1, defaults={"uid": random_bytes(16).hex(), "sealed": b""})
    return WatchBook.objects.select_for_update().get(pk=1)


def _opened() -> tuple[WatchBook, Book]:
    row = _row()
    return row, read_book(row)


def _write(row: WatchBook, book: Book, actor: Actor, now: datetime, **more: JSON) -> None:
    row.key = row.key or keystore.make()
    secret = keystore.secret(row.key)
    assert secret is not None  # just made, or the book was read with it
    row.sealed = seal_book(book, secret=secret, uid=row.uid)
    row.save()
    payload = {FOLLOWS: digest(row.sealed), **more}
    record(Event.WATCH_WRITE, signer=actor.signer, case=None, payload=payload, at=now)
