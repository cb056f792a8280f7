# SPDX-License-Identifier: AGPL-3.0-or-later
"""What goes by itself, before it goes: by code for auditors, as a number for everybody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from watchword import profiles
from watchword.accounts.rules import AUDITOR, Actor
from watchword.cases import selectors as cases
from watchword.core.figures.suppression import FEWEST
from watchword.core.procedure import Profile, Retention
from watchword.core.procedure.text import Text
from watchword.journal import selectors as journal
from watchword.journal.events import Event

LATEST = 50


@dataclass(frozen=True)
class Rule:
    """One rule of the procedure in force, in words; no compartment means all of them."""

    id: str
    stage: Text
    days: int
    compartments: Sequence[Text]


@dataclass(frozen=True)
class Gone:
    """What a rule has erased: the proof is the entry with this index."""

    index: int | None
    at: datetime
    rule: str
    records: int


@dataclass(frozen=True)
class RetentionPage:
    """The rules, what the next run erases, and what runs before it did.

    ``due`` and ``gone`` are for auditors, who see codes. Everybody else has ``count``, None when it is small.
    """

    rules: Sequence[Rule]
    by_code: bool
    due: Sequence[cases.Due]
    gone: Sequence[Gone]
    count: int | None


def retention_page(*, viewer: Actor, today: date) -> RetentionPage:
    """What the page shows to this person; nothing on it changes anything."""
    profile = profiles.load(settings.WATCHWORD_PROFILE)
    due, by_code = cases.due_by_rule(today), AUDITOR in viewer.roles
    return RetentionPage(
        rules=[_rule(profile, rule) for rule in profile.retention],
        by_code=by_code,
        due=due if by_code else (),
        gone=_gone() if by_code else (),
        # Of one procedure and one day there is one number, so no other can be taken from it.
        count=len(due) if len(due) >= FEWEST or not due else None,
    )


def _rule(profile: Profile, rule: Retention) -> Rule:
    titles = [profile.compartment(one).title for one in rule.compartments]
    return Rule(rule.id, profile.stage(rule.stage).title, rule.days, titles)


def _gone() -> list[Gone]:
    return [
        Gone(one.index, one.at, one.payload["rule"], one.payload["records"])
        for one in journal.latest_of(Event.SHRED_RULE, LATEST)
    ]
