# SPDX-License-Identifier: AGPL-3.0-or-later
"""A second receipt, to be given to somebody who forces its owner: it opens a mailbox without letters.

Its row is like that of anybody whose application was fetched and not answered yet. Without a warning there is
nothing more to it: not even whoever has the disk and that receipt can tell it from such a mailbox. With one,
whoever has both can. Where the Gate makes it, neither is hidden from somebody who reads its memory meanwhile.
"""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from watchword import trust
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_digits
from watchword.core.sealing.receipt import Receipt, login_hash
from watchword.intake.models import Mailbox
from watchword.intake.notebook import Notebook, blank, write_notebook
from watchword.intake.services import tickets, visits
from watchword.intake.services.applications import NewMailbox, open_mailbox
from watchword.intake.services.browsers import Shown, check_recipient
from watchword.intake.services.entries import new_uid
from watchword.intake.services.visits import Visit

SECOND_FORM = "second-receipt"


def second_receipt(*, visit: Visit, warn: bool, ticket: str, now: datetime) -> Receipt:
    """Make one. With ``warn`` each use of it raises an alarm for the visitor's own mailbox.

    The receipt is given out once, by ``show_second``; then the Gate keeps as little of it as of any other.
    """
    tickets.check(ticket, SECOND_FORM, now.date())
    receipt = Receipt.new()
    # Before the transaction, which other applicants have to wait for.
    keys = receipt.keys(trust.current().organisation)
    place = NewMailbox(receipt.locator, login_hash(keys.login), str(keys.mailbox.recipient))
    with transaction.atomic():
        tickets.spend(ticket, SECOND_FORM, now.date())
        _give(visit, place, keys.login if warn else b"", now.date())
        visits.keep(replace(visit, second=receipt), now)
    return receipt


def second_from_browser(
    *, visit: Visit, shown: Shown, recipient: str, warn: bool, ticket: str, now: datetime
) -> None:
    """The same for a receipt that was made in the browser, and whose digits stay there."""
    check_recipient(recipient)
    place = NewMailbox(shown.locator, login_hash(shown.login), recipient)
    with transaction.atomic():
        tickets.spend(ticket, SECOND_FORM, now.date())
        _give(visit, place, shown.login if warn else b"", now.date())


def show_second(*, visit: Visit, now: datetime) -> Receipt | None:
    """The second receipt that was made just now, for one page; None when that page was shown."""
    if visit.second is not None:
        visits.keep(replace(visit, second=None), now)
    return visit.second


def _give(visit: Visit, place: NewMailbox, warned_with: bytes, today: date) -> None:
    """Make its mailbox, in a transaction; its log-in token, if given, will open a warning.

    To a mailbox that does not exist another one is given that does not exist: both look the same.
    """
    own = Mailbox.objects.filter(pk=visit.mailbox, withdrawn=False).first()
    if own and not own.collected:
        raise WrongState(sentence("The Desk does not have your application yet. Come back tomorrow."))
    if own:
        page = write_notebook(warned_with, Notebook(warns=own.uid)) if warned_with else blank()
        _like_any_other(place, page, today)


def _like_any_other(place: NewMailbox, page: bytes, today: date) -> None:
    """A row with the days on which the Desk fetched last, and the count of somebody chosen by chance."""
    fetched = Mailbox.objects.filter(withdrawn=False).exclude(collected=None)
    counts = list(fetched.order_by("pk").values_list("revisions", flat=True))
    day = fetched.aggregate(newest=Max("collected"))["newest"]
    row = open_mailbox(new_uid(), place, today)
    revisions = counts[int(random_digits(9)) % len(counts)]
    Mailbox.objects.filter(pk=row.pk).update(
        opened=day, sent=day, collected=day, revisions=revisions, notebook=page
    )
