# SPDX-License-Identifier: AGPL-3.0-or-later
"""Remembers how far each person has read a case, so that the next visit can mark what is new."""

from datetime import datetime, timedelta

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.models import Case, Look
from watchword.cases.selectors.looks import LastLook
from watchword.journal.selectors import newest_number

VISIT = timedelta(minutes=30)
"""Whoever comes back sooner is still at the same visit, and what was marked stays marked."""


def note_look(*, case: Case, actor: Actor, now: datetime) -> LastLook:
    """Note that this person looks at the case now; how far they had read before this visit.

    It is no act in the case: nothing is opened or changed, so there is no entry in the ledger.
    """
    now = rules.minute(now)
    rules.check_may_know(actor, case.standing())
    newest = newest_number(case.uid)
    look = Look.objects.filter(case=case, staff_id=actor.id).first()
    # Whoever looks twice within a minute writes nothing: a page that is only read waits for no writer.
    if look is None or look.at != now or look.read_to != newest:
        look = _noted(case, actor, now, newest)
    return LastLook(actor.id, look.before_at, look.before)


@transaction.atomic
def _noted(case: Case, actor: Actor, now: datetime, newest: int) -> Look:
    look, first = Look.objects.select_for_update().get_or_create(
        case=case, staff_id=actor.id, defaults={"at": now, "read_to": newest, "before": newest}
    )
    if not first and now - look.at >= VISIT:
        look.before, look.before_at = look.read_to, look.at
    if not first and (look.at != now or look.read_to != newest):
        look.at, look.read_to = now, newest
        look.save(update_fields=["at", "read_to", "before", "before_at"])
    return look
