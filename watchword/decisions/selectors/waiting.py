# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the board's work waits for from one person, for the home page; ordered by time alone (law 6)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, islice

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from watchword.accounts.rules import Actor, Permission
from watchword.cases import selectors as cases
from watchword.cases.selectors import FEW, Waiting, Waits
from watchword.cases.selectors.visibility import procedures
from watchword.core.refusals import sentence
from watchword.decisions import outcomes, rules
from watchword.decisions.conditions.rules import Finding
from watchword.decisions.conditions.selectors import conditions_of
from watchword.decisions.dossier import rules as dossiers
from watchword.decisions.models import Decision, Dossier, Proposal
from watchword.decisions.rules import PENDING
from watchword.decisions.selectors.appeals import appeals_waiting
from watchword.decisions.selectors.board import Board, board
from watchword.decisions.selectors.rows import row

CONDITIONS = sentence("The conditions of the decision are to be looked at again.")
BREACHED = sentence("A condition was breached: propose what follows, or review it again.")
DEFERRED = sentence("The deferral ends: the case is to be taken up again.")
OTHERS = sentence("votes, signatures and proposals")
CONCERNED = frozenset(
    {
        Permission.DECISION_COUNTERSIGN,
        Permission.DECISION_PROPOSE,
        Permission.DECISION_VOTE,
        Permission.DOSSIER_ASK,
        Permission.DOSSIER_SIGN,
    }
)
"""Whoever holds none of these takes no part in any decision, and no case is read for them."""
REMINDED_DAYS = 30
"""How long after its day a matter stays on the home page: nothing records that somebody looked."""


def waiting_for(viewer: Actor, *, now: datetime) -> Waits:
    """Decisions to propose, votes to cast and decisions to sign; the first of them."""
    if not viewer.permissions & CONCERNED:
        return Waits()
    found = list(islice(_all(viewer, now), FEW + 1))
    return Waits(tuple(found[:FEW]), None if found[FEW:] else 0, OTHERS)


def _all(viewer: Actor, now: datetime) -> Iterator[Waiting]:
    """One after the other, as far as somebody asks: each takes a look at the whole case."""
    proposed = Proposal.objects.filter(state__in=PENDING).order_by("at", "uid")
    known = cases.known_among(proposed.values_list("case", flat=True), viewer=viewer)
    pending = proposed.filter(case__in=known)
    seen = cases.visible_cases(viewer)
    kept = seen.filter(keeper=viewer.id, closed_at=None).order_by("stage_since", "code")
    decided = (case for case in kept if cases.profile_of(case).decision.outcomes_at(case.stage))
    rows = chain(
        (_asked(one, board(one.case_id, viewer=viewer, now=now), viewer) for one in pending),
        (_to_propose(board(case.pk, viewer=viewer, now=now), viewer) for case in decided),
        appeals_waiting(viewer, now),
        _comes_up_again(viewer, now),
        _conditions(viewer, now),
        _dossiers(viewer, now),
    )
    return (row for row in rows if row is not None)


def _comes_up_again(viewer: Actor, now: datetime) -> Iterator[Waiting]:
    """A deferral that ends, for the keeper, once its day has come and the case still stands there."""
    today = timezone.localdate(now)
    due = Decision.objects.filter(
        case__keeper=viewer.id, until__lte=today, until__gt=today - timedelta(days=REMINDED_DAYS)
    ).exclude(outcome__in=_conditional())
    for one in due.order_by("until", "uid"):
        table = board(one.case_id, viewer=viewer, now=now)
        outcome = table.profile.outcome(one.outcome)
        # At the end of the time to reply the keeper's own turn to propose comes.
        if table.matter.stage == outcome.to_stage and not outcome.needs_reply:
            yield replace(row(table, DEFERRED, one.at), due=one.until)


def _conditions(viewer: Actor, now: datetime) -> Iterator[Waiting]:
    """Conditions whose day has come, or of which one was breached, for the keeper until there is a review."""
    today = timezone.localdate(now)
    held = Decision.objects.filter(case__keeper=viewer.id, outcome__in=_conditional())
    due = held.filter(Q(until__lte=today) | Q(reviews__finding=Finding.BREACHED)).distinct()
    for one in due.exclude(reviews__finding=Finding.LIFTED).order_by("until", "uid"):
        table = board(one.case_id, viewer=viewer, now=now)
        found = conditions_of(one.case_id, table.profile)
        if found is not None and found.breached and table.pending is None:
            yield row(table, BREACHED, one.at)
        elif found is not None and found.due is not None and found.due <= today:
            yield replace(row(table, CONDITIONS, one.at), due=found.due)


def _conditional() -> set[str]:
    """The outcomes that set conditions."""
    return {
        outcome.id
        for profile in procedures()
        for outcome in profile.decision.outcomes
        if "conditions" in profile.letter(outcome.letter).gaps
    }


def _dossiers(viewer: Actor, now: datetime) -> Iterator[Waiting]:
    """Dossiers to sign, and those that were signed and wait for whoever asked."""
    waiting = Dossier.objects.filter(state__in=[state.value for state in dossiers.PENDING])
    known = cases.known_among(waiting.values_list("case", flat=True), viewer=viewer)
    for one in waiting.filter(case__in=known).order_by("at", "uid"):
        table, facts = board(one.case_id, viewer=viewer, now=now), one.facts()
        url = reverse("decisions:dossier", args=[table.code])
        if dossiers.why_not_sign(viewer, table.matter.ties, facts) is None:
            yield replace(row(table, sentence("A dossier waits for a second signature."), one.at), url=url)
        elif dossiers.why_not_take(viewer, table.matter.ties, facts, now) is None:
            yield replace(row(table, sentence("Your dossier is signed and can be taken."), one.at), url=url)


def _asked(one: Proposal, table: Board, viewer: Actor) -> Waiting | None:
    facts = one.facts()
    if rules.why_not_vote(viewer, table.matter, facts, table.profile) is None:
        return row(table, sentence("A proposal waits for your vote."), one.at)
    if rules.why_not_second(viewer, table.matter, facts, table.profile) is None:
        return row(table, sentence("A decision waits for a second signature."), one.at)
    return None


def _to_propose(table: Board, viewer: Actor) -> Waiting | None:
    """The keeper's turn, once some outcome of this stage needs nothing more."""
    if rules.why_not_propose(viewer, table.matter, table.profile, table.pending) is not None:
        return None
    here = table.profile.decision.outcomes_at(table.matter.stage)
    if all(outcomes.missing(outcome, table.matter.facts) for outcome in here):
        return None
    return row(table, sentence("The board waits for your proposal."), table.stage_since)
