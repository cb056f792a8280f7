# SPDX-License-Identifier: AGPL-3.0-or-later
"""What others opened of the cases that somebody keeps, since they last looked at each: for a home page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from watchword.accounts.rules import Actor, Permission
from watchword.accounts.selectors import names
from watchword.cases.models import Case, Look
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.timeline import told_of
from watchword.cases.selectors.visibility import visible_cases
from watchword.core.procedure.custody import SEATS
from watchword.core.procedure.quotas import REASONS
from watchword.core.refusals import Sentence
from watchword.journal import selectors as journal
from watchword.journal.events import Event
from watchword.journal.selectors import Moment
from watchword.vault.rules import UNREAD

SHOWN = 15
BACK = timedelta(days=30)
READ = 300
"""Entries that one page goes through; a home page is drawn often."""

MOST_KEPT = 500
"""So many of one person's cases are asked about."""

_OPENINGS = (Event.COMPARTMENT_OPEN, Event.IDENTITY_OPEN, Event.EXPORT_TAKE)


@dataclass(frozen=True)
class OpenedRow:
    """What one person opened of one case, when last, and what for."""

    code: str
    who: str
    what: Sentence
    purpose: str
    at: datetime
    times: int


@dataclass(frozen=True)
class Opened:
    """The newest of them, and whether there are more: a case's own page has all."""

    rows: Sequence[OpenedRow] = ()
    more: bool = False


def opened_by_others(*, viewer: Actor, now: datetime, few: int = SHOWN) -> Opened:
    """Of the cases that this person keeps; nothing to whoever keeps none. Looking at a case takes it off.

    What a program compared, and shares of custodians, were read by nobody.
    """
    if not viewer.has(Permission.CASE_ASSIGN):
        return Opened()
    moments = journal.acts_of_others(_kept_by(viewer), _OPENINGS, but=viewer.id, since=now - BACK, limit=READ)
    if not moments:
        return Opened()
    cases = {case.pk: case for case in visible_cases(viewer).filter(pk__in={one.case for one in moments})}
    seen = dict(Look.objects.filter(staff=viewer.id, case__in=cases).values_list("case", "read_to"))
    news = [one for one in moments if one.case in cases and _is_news(one, seen)]
    rows = _rows(news, cases)
    return Opened(rows[:few], len(rows) > few or len(moments) == READ)


def _kept_by(viewer: Actor) -> list[str]:
    """The newest cases that this person keeps or kept to the end; said apart, each is found by its index."""
    mine = Q(keeper=viewer.id, closed_at=None) | Q(keeper=viewer.id, closed_at__isnull=False)
    return list(Case.objects.filter(mine).order_by("-received").values_list("pk", flat=True)[:MOST_KEPT])


def _rows(moments: Sequence[Moment], cases: dict[str, Case]) -> list[OpenedRow]:
    """One line for a person, a case, a compartment and a purpose; pieces of one minute are one time."""
    apart: dict[tuple[str, str, str, str], list[Moment]] = {}
    for one in moments:
        compartment, purpose = (str(one.payload.get(name, "")) for name in ("compartment", "purpose"))
        apart.setdefault((one.case or "", one.actor, compartment, purpose), []).append(one)
    staff = names({one.actor for one in moments})
    return [
        OpenedRow(
            code=cases[case].code,
            who=staff.get(actor, ""),
            what=told_of(those[0], profile_of(cases[case])),
            purpose=purpose,
            at=those[0].at,
            times=len({one.at for one in those}),
        )
        for (case, actor, _, purpose), those in apart.items()
    ]


def _is_news(moment: Moment, seen: Mapping[str, int]) -> bool:
    """Read by somebody's eyes, and after this person last looked at the case."""
    unread = moment.payload.get("purpose") in UNREAD
    watching = moment.payload.get("compartment") in {*SEATS, REASONS}
    return moment.number > seen.get(moment.case or "", 0) and not unread and not watching
