# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens what auditors found when they looked at alarms; recorded like every opening."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor, Permission, check_has
from watchword.core.refusals import Sentence, WrongState, sentence
from watchword.oversight.reasons import PURPOSE
from watchword.oversight.selectors.book import the_book
from watchword.vault.opening import open_together


@dataclass(frozen=True)
class Found:
    """What somebody wrote when they looked; ``fault``: why that cannot be read."""

    name: str
    at: datetime
    words: str
    fault: Sentence | None


def read_looks(*, actor: Actor, now: datetime) -> Sequence[Found]:
    """The newest of them, newest first; WrongState when there are none."""
    check_has(actor, Permission.HONEY_WATCH)
    looks = the_book().looks
    if not looks:
        raise WrongState(sentence("Nobody has looked at an alarm yet."))
    opened = open_together([one.record for one in looks], actor=actor, purpose=PURPOSE, now=now)
    names = accounts.names(one.by for one in looks)
    rows = []
    for one in reversed(looks):
        said = opened[one.record]
        words, fault = ("", said.reason) if isinstance(said, WrongState) else (said.decode(), None)
        rows.append(Found(names.get(one.by, ""), datetime.fromisoformat(one.at), words, fault))
    return rows
