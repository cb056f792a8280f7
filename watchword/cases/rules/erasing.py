# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Desk's own program may erase: what a rule of the case's procedure says, from its day on."""

from datetime import date

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.core.procedure import Retention
from watchword.core.refusals import WrongState, sentence


def check_may_erase_by_rule(
    actor: Actor, rule: Retention, *, stage: str, ended: date | None, today: date
) -> None:
    """In the stage in which the case ended, and not before the day. A case that goes on has not ended."""
    check_has(actor, Permission.RETENTION_RUN)
    if ended is None or stage != rule.stage:
        raise WrongState(sentence("What is sealed here is kept as long as the case goes on."))
    if today < rule.day(ended):
        day = rule.day(ended).isoformat()
        raise WrongState(sentence("It is due to be erased on %(day)s, not before.", day=day))
