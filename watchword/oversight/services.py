# SPDX-License-Identifier: AGPL-3.0-or-later
"""Has the rules of the procedures erase what is due, some cases in one change of the key store."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases import selectors, services
from watchword.core.refusals import Refused

AT_ONCE = 50


def run_retention(*, actor: Actor, now: datetime) -> int:
    """Erase everything that is due today; how many times a rule was followed.

    Whoever is stopped has erased whole cases or nothing of them, and the next run does the rest.
    """
    due = selectors.due_by_rule(now.date())
    return sum(_erased(due[start : start + AT_ONCE], actor, now) for start in range(0, len(due), AT_ONCE))


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
