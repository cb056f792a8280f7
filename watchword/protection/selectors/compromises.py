# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be asked about compromises: which rule holds, for the keeper; all else for custodians."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db.models import QuerySet

from watchword.accounts.rules import Actor, Permission
from watchword.accounts.selectors import names
from watchword.cases import selectors as cases
from watchword.core.procedure import Profile
from watchword.core.procedure.custody import SEATS
from watchword.core.procedure.text import Text
from watchword.core.refusals import NotFound, Sentence, sentence
from watchword.journal import selectors as journal
from watchword.journal.events import Event
from watchword.protection.models import Compromise
from watchword.protection.rules import COMPARTMENT, PRESS, PURPOSE
from watchword.vault.rules import UNREAD

_OPENED = frozenset({Event.COMPARTMENT_OPEN, Event.IDENTITY_OPEN})
# Nobody read it; or read it because it was known already.
_NOT_BEFORE = UNREAD | {PURPOSE}
_GAVE = frozenset({Event.CALLSIGN_DRAW, Event.CALLSIGN_ISSUE})


@dataclass(frozen=True)
class CompromiseRow:
    """One compromise in codes, without a word of it. ``mine``: this person answers it, and reads the rest."""

    uid: str
    code: str
    rule: Sentence
    by: str
    at: datetime
    ended_by: str
    ended_at: datetime | None
    mine: bool


@dataclass(frozen=True)
class Knew:
    """One colleague and one part of the case that they opened, or gave out: how often, from when to when."""

    name: str
    what: Text | str
    times: int
    first: datetime
    last: datetime


def compromise_of(uid: str, *, viewer: Actor) -> Compromise:
    """A compromise, for a custodian without a tie; to all others there is none."""
    found = Compromise.objects.select_related("case").filter(pk=uid).first()
    if found is None or not viewer.has(Permission.COMPROMISE_ANSWER):
        raise NotFound(sentence("There is no such matter."))
    cases.find_for_custodian(found.case.code, viewer=viewer)
    return found


def compromise_row(one: Compromise, *, viewer: Actor) -> CompromiseRow:
    """The codes of one."""
    staff = names({who for who in (one.reported_by_id, one.ended_by_id) if who})
    return CompromiseRow(
        uid=one.uid,
        code=one.case.code,
        rule=PRESS[one.rule],
        by=staff.get(one.reported_by_id, ""),
        at=one.at,
        ended_by=staff.get(one.ended_by_id or "", ""),
        ended_at=one.ended_at,
        mine=viewer.has(Permission.COMPROMISE_ANSWER),
    )


def compromises_of(code: str, *, viewer: Actor) -> tuple[CompromiseRow, ...]:
    """Those of a case, newest first, for whoever may know of it: a rule holds after the matter is closed."""
    found = Compromise.objects.filter(case=cases.find(code, viewer=viewer))
    return _rows(found, viewer)


def open_compromises(*, viewer: Actor) -> tuple[CompromiseRow, ...]:
    """Those that are not closed: to custodians without a tie all, to those who hear those of their cases."""
    going = Compromise.objects.filter(ended_at=None)
    if viewer.has(Permission.COMPROMISE_ANSWER):
        return tuple(row for row in _rows(going, viewer) if _without_tie(row.code, viewer))
    if viewer.has(Permission.ENQUIRY_HEAR):
        return _rows(going.filter(case__in=cases.visible_cases(viewer).values("pk")), viewer)
    return ()


def who_knew(compromise: Compromise) -> tuple[Knew, ...]:
    """Everybody who opened something of its case with their own eyes, or gave out its call sign.

    From what the entries of the ledger commit to. What a program opened, and a share of custody, told nobody.
    """
    case = compromise.case
    found: dict[tuple[str, str], set[datetime]] = defaultdict(set)
    for one in journal.timeline(*(part.uid for part in cases.together(case))):
        what = str(one.payload.get("compartment", ""))
        if one.event in _GAVE:
            found[one.actor, COMPARTMENT].add(one.at)
        elif one.event in _OPENED and one.payload["purpose"] not in _NOT_BEFORE and what not in SEATS:
            found[one.actor, what].add(one.at)
    staff, profile = names({who for who, _ in found}), cases.profile_of(case)
    knew = [
        Knew(staff.get(who, ""), _title(what, profile), len(times), min(times), max(times))
        for (who, what), times in found.items()
    ]
    return tuple(sorted(knew, key=attrgetter("first")))


def _title(compartment: str, profile: Profile) -> Text | str:
    """In words; a compartment that the procedure has dropped keeps its bare name."""
    try:
        return profile.compartment(compartment).title
    except NotFound:
        return compartment


def _without_tie(code: str, viewer: Actor) -> bool:
    try:
        cases.find_for_custodian(code, viewer=viewer)
    except NotFound:
        return False
    return True


def _rows(found: QuerySet[Compromise], viewer: Actor) -> tuple[CompromiseRow, ...]:
    rows = found.select_related("case").order_by("-at", "uid")
    return tuple(compromise_row(one, viewer=viewer) for one in rows)
