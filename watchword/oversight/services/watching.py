# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is done by whoever watches: erasing what is due, and recording whose knowledge was listed."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases import selectors, services
from watchword.core.refusals import Refused
from watchword.journal.events import Event
from watchword.journal.services import record, wait_until_integrated

AT_ONCE = 50


def run_retention(*, actor: Actor, now: datetime) -> int:
    """Erase everything that is due today; how many times a rule was followed.

    Whoever is stopped has erased whole cases or nothing of them, and the next run does the rest.
    """
    due = selectors.due_by_rule(now.date())
    return sum(_erased(due[start : start + AT_ONCE], actor, now) for start in range(0, len(due), AT_ONCE))


def announce_list(*, staff_id: str, actor: Actor, now: datetime) -> None:
    """Record that this person's knowledge is listed, and wait until the ledger holds it.

    The list tells whoever has it whom to look for: an auditor's mandate was forged before.
    """
    check_has(actor, Permission.EXPOSURE_READ)
    accounts.staff_by_id(staff_id)
    with transaction.atomic(durable=True):
        entry = record(
            Event.EXPOSURE_LIST,
            signer=actor.signer,
            case=None,
            payload={},
            public={"staff": staff_id},
            at=now,
        )
    wait_until_integrated(entry.nonce)


def _erased(due: list[selectors.Due], actor: Actor, now: datetime) -> int:
    with transaction.atomic():
        return sum(_each(due, actor, now))


def _each(due: list[selectors.Due], actor: Actor, now: datetime) -> Iterator[int]:
    for one in due:
        try:
            services.erase_by_rule(case_uid=one.uid, rule_id=one.rule.id, actor=actor, now=now)
            yield 1
        except Refused:
            # Somebody changed or erased the case in this moment; tomorrow it is asked about again.
            continue
