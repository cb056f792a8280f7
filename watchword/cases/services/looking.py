# SPDX-License-Identifier: AGPL-3.0-or-later
"""Remembers how far each person has read a case, so that the next visit can mark what is new."""

from datetime import datetime, timedelta

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.models import Look
from watchword.cases.selectors.looks import LastLook, last_look
from watchword.cases.selectors.visibility import find
from watchword.journal.selectors import newest_number

VISIT = timedelta(minutes=30)
"""Whoever comes back sooner is still at the same visit, and what was marked stays marked."""


@transaction.atomic
def note_look(*, code: str, actor: Actor, now: datetime) -> LastLook:
    """Note that this person looks at the case now; how far they had read before this visit.

    It is no act in the case: nothing is opened or changed, so there is no entry in the ledger.
    """
    now = rules.minute(now)
    case = find(code, viewer=actor)
    newest = newest_number(case.uid)
    look, first = Look.objects.select_for_update().get_or_create(
        case=case, staff_id=actor.id, defaults={"at": now, "read_to": newest, "before": newest}
    )
    if not first and now - look.at >= VISIT:
        look.before, look.before_at = look.read_to, look.at
    if not first and (look.at != now or look.read_to != newest):
        look.at, look.read_to = now, newest
        look.save(update_fields=["at", "read_to", "before", "before_at"])
    return last_look(case, viewer=actor)
