# SPDX-License-Identifier: AGPL-3.0-or-later
"""The applicant's own log of access: how often what they wrote was opened, and for what; never by whom."""

from collections import defaultdict
from datetime import datetime

from watchword.cases.models import Case
from watchword.journal.events import Event
from watchword.journal.selectors import Moment, last_moments, timeline
from watchword.trust.letter import Opened
from watchword.vault import selectors as vault


def opened_of(case: Case) -> tuple[Opened, ...]:
    """For each compartment and purpose, the openings of what the applicant wrote.

    Only that: how busy the Desk is with its own evidence would tell a planted applicant when to run. Pieces
    that one person opens within a minute are one opening.
    """
    acts: dict[tuple[str, str], set[tuple[str, datetime]]] = defaultdict(set)
    for moment in _openings(case):
        place = str(moment.payload["compartment"]), str(moment.payload["purpose"])
        acts[place].add((moment.actor, moment.at))
    return tuple(
        Opened(compartment, purpose, len(times), max(at for _, at in times).date())
        for (compartment, purpose), times in sorted(acts.items())
    )


def untold(*, since: datetime, until: datetime) -> list[Case]:
    """The reachable cases in which something was opened between these moments, after the newest letter."""
    opened = last_moments(Event.COMPARTMENT_OPEN, since=since, until=until)
    cases = Case.objects.filter(pk__in=opened).exclude(mailbox_recipient="").order_by("pk")
    return [case for case in cases if _is_untold(case, until)]


def _is_untold(case: Case, until: datetime) -> bool:
    newest = case.outgoing.order_by("-number").first()
    return newest is None or any(newest.created < moment.at < until for moment in _openings(case))


def _openings(case: Case) -> list[Moment]:
    written = set(vault.records(case.uid).filter(written_by="applicant").values_list("uid", flat=True))
    return [
        moment
        for moment in timeline(case.uid)
        if moment.event is Event.COMPARTMENT_OPEN and moment.payload.get("record") in written
    ]
