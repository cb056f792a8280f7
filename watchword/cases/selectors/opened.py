# SPDX-License-Identifier: AGPL-3.0-or-later
"""The applicant's own log of access: how often what they wrote was opened, and for what; never by whom.

An opening that custodians released is told when they agreed that it may be: the next day, or on a later one.
"""

from collections import defaultdict
from datetime import date, datetime

from watchword.cases.models import Case
from watchword.core.procedure.custody import SEATS
from watchword.journal.events import Event
from watchword.journal.selectors import Moment, last_moments, timeline
from watchword.trust.letter import Opened
from watchword.vault import selectors as vault
from watchword.vault.rules import LONGEST_DEFERRAL


def opened_of(case: Case, today: date) -> tuple[Opened, ...]:
    """For each compartment and purpose, the openings of what the applicant wrote.

    Only that: how busy the Desk is with its own evidence would tell a planted applicant when to run. Pieces
    that one person opens within a minute are one opening.
    """
    acts: dict[tuple[str, str], set[tuple[str, datetime]]] = defaultdict(set)
    for moment in _openings(case):
        later = _told_from(moment)
        if later is None or later <= today:
            place = str(moment.payload["compartment"]), str(moment.payload["purpose"])
            acts[place].add((moment.actor, moment.at))
    return tuple(
        Opened(compartment, purpose, len(times), max(at for _, at in times).date())
        for (compartment, purpose), times in sorted(acts.items())
    )


def untold(*, since: datetime, until: datetime) -> list[Case]:
    """The reachable cases in which something became known between these moments, after the newest letter."""
    opened = last_moments(Event.COMPARTMENT_OPEN, since=since, until=until)
    released = last_moments(Event.IDENTITY_OPEN, since=since - LONGEST_DEFERRAL, until=until)
    cases = Case.objects.filter(pk__in={*opened, *released}).exclude(mailbox_recipient="").order_by("pk")
    return [case for case in cases if _is_untold(case, until)]


def _is_untold(case: Case, until: datetime) -> bool:
    newest = case.outgoing.order_by("-number").first()
    told = newest.created if newest else None
    return any(_is_news(moment, told, until) for moment in _openings(case))


def _is_news(moment: Moment, told: datetime | None, until: datetime) -> bool:
    """Whether the letter of this moment said nothing of it, and one of now would."""
    later = _told_from(moment)
    if later is not None:
        return later <= until.date() and (told is None or told.date() < later)
    return moment.at < until and (told is None or told < moment.at)


def _told_from(moment: Moment) -> date | None:
    """The day from which the applicant may know, where custodians agreed to a later one than the next."""
    day = moment.payload.get("told")
    return date.fromisoformat(day) if day else None


def _openings(case: Case) -> list[Moment]:
    """A custodian who opens a share has read nothing; what the shares open is recorded as another act."""
    written = vault.records(case.uid).filter(written_by="applicant").exclude(compartment__in=SEATS)
    uids = set(written.values_list("uid", flat=True))
    return [
        moment
        for moment in timeline(case.uid)
        if moment.event in _OPENING and moment.payload.get("record") in uids
    ]


_OPENING = frozenset({Event.COMPARTMENT_OPEN, Event.IDENTITY_OPEN})
