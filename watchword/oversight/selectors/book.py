# SPDX-License-Identifier: AGPL-3.0-or-later
"""The auditors' book as it stands, held against what the ledger says was written last."""

import hashlib

from watchword.core.refusals import WrongState, sentence
from watchword.journal import selectors as journal
from watchword.journal.events import Event
from watchword.keystore import services as keystore
from watchword.oversight.book import Book, open_book
from watchword.oversight.models import WatchBook

FOLLOWS = "book"
"""In the entry of each writing: the hash of what was written."""


def book_row() -> WatchBook | None:
    """Where it lies; None while nobody has written in it."""
    return WatchBook.objects.filter(pk=1).first()


def the_book() -> Book:
    """What stands in it. WrongState where it is missing, changed, or an older one than the ledger knows.

    Whoever can write to the database could else put an older book in its place, and no alarm would sound.
    """
    try:
        return read_book(book_row())
    except WrongState:
        # Somebody may have written between the question for the row and that for its entry.
        return read_book(book_row())


def read_book(row: WatchBook | None) -> Book:
    """Like ``the_book``, of a row that is held already."""
    written = journal.latest_of(Event.WATCH_WRITE, 1)
    if not written and (row is None or not row.sealed):
        return Book()
    secret = keystore.secret(row.key) if row and row.key else None
    known = written[0].payload.get(FOLLOWS) if written else None
    if row is None or secret is None or known != digest(row.sealed):
        raise WrongState(
            sentence("The auditors’ book is not the one that the ledger knows: somebody changed it.")
        )
    return open_book(bytes(row.sealed), secret=secret, uid=row.uid)


def digest(sealed: "bytes | memoryview[int]") -> str:
    """By what the ledger knows a book: its SHA-256, 64 hex digits."""
    return hashlib.sha256(bytes(sealed)).hexdigest()
