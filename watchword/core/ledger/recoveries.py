# SPDX-License-Identifier: AGPL-3.0-or-later
"""Somebody who lost their keys enrols anew: two others approve, time passes, only the asker can finish.

Whoever asks makes a key of their own for this alone, from a phrase that nobody else was shown. The approvals
name that key, and it signs the new enrolment: neither administrators nor the program can finish for them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from watchword.core.ledger.acts import ADMINISTRATOR, Act
from watchword.core.ledger.entry import Statement
from watchword.core.ledger.findings import Fault
from watchword.core.ledger.spelling import to_base64url

ACTS = frozenset({Act.RECOVERY_APPROVE, Act.RECOVERY_SECOND, Act.RECOVERY_STOP, Act.STAFF_RENEW})
DELAY_MINUTES = 24 * 60
"""Between the second approval and the new enrolment: time for the person to say that it was not they."""


@dataclass(slots=True)
class Recovery:
    """Who approved first, and the minute of the second approval."""

    approved_by: str
    seconded: int | None = None


@dataclass(slots=True)
class Recoveries:
    """What is approved and neither finished nor stopped, by the person and the key that they made for it."""

    open: dict[tuple[str, str], Recovery] = field(default_factory=dict)

    def objections(self, statement: Statement, roles: set[str]) -> Iterator[tuple[Fault, str]]:
        """What is wrong with this step; ``roles`` are those of whoever acts."""
        staff, known = statement.public["staff"], self.open.get(_about(statement))
        if statement.act is not Act.RECOVERY_APPROVE and known is None:
            yield Fault.RECOVERY_UNAPPROVED, f"nobody approved that {staff} recovers with this key"
        elif statement.act is Act.STAFF_RENEW:
            yield from _too_early(statement, known)
        elif statement.act is Act.RECOVERY_STOP:
            if staff != statement.actor and ADMINISTRATOR not in roles:
                yield Fault.ROLE_MISSING, f"{statement.actor} may not stop the recovery of {staff}"
        elif staff == statement.actor:
            yield Fault.RECOVERY_SELF, f"{statement.actor} approved their own recovery"
        elif known is not None and known.approved_by == statement.actor:
            yield Fault.RECOVERY_SELF, f"{statement.actor} approved this recovery before: it takes two"

    def apply(self, statement: Statement) -> None:
        """Let it take effect."""
        match statement.act:
            case Act.RECOVERY_APPROVE:
                self.open[_about(statement)] = Recovery(statement.actor)
            case Act.RECOVERY_SECOND:
                self.open[_about(statement)].seconded = statement.at
            case Act.RECOVERY_STOP:
                del self.open[_about(statement)]
            case _:
                self.open = {about: one for about, one in self.open.items() if about[0] != statement.actor}


def _too_early(statement: Statement, known: Recovery | None) -> Iterator[tuple[Fault, str]]:
    if known is None or known.seconded is None:
        yield Fault.RECOVERY_UNAPPROVED, f"one person alone approved that {statement.actor} recovers"
    elif statement.at < known.seconded + DELAY_MINUTES:
        yield Fault.RECOVERY_EARLY, f"{statement.actor} enrolled anew before the time to object was over"


def _about(statement: Statement) -> tuple[str, str]:
    """The person, and the key of this recovery: which for the new enrolment is the one that signs it."""
    public = cast("Mapping[str, str]", statement.public)
    if statement.act is Act.STAFF_RENEW:
        return statement.actor, to_base64url(statement.session)
    return public["staff"], public["key"]
