# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the board's work waits for from one person, for the home page; ordered by time alone (law 6)."""

from datetime import datetime

from django.urls import reverse

from watchword.accounts.rules import Actor
from watchword.cases import selectors as cases
from watchword.cases.selectors import Waiting
from watchword.core.refusals import Sentence, sentence
from watchword.decisions import outcomes, rules
from watchword.decisions.models import Proposal
from watchword.decisions.rules import PENDING
from watchword.decisions.selectors.board import Board, board


def waiting_for(viewer: Actor, *, now: datetime) -> list[Waiting]:
    """Decisions to propose, votes to cast and decisions to sign."""
    seen = cases.visible_cases(viewer)
    pending = Proposal.objects.filter(case__in=seen.values("pk"), state__in=PENDING).order_by("at", "uid")
    rows = [_asked(one, board(one.case_id, viewer=viewer, now=now), viewer) for one in pending]
    kept = seen.filter(keeper=viewer.id, closed_at=None).order_by("stage_since", "code")
    decided = [case for case in kept if cases.profile_of(case).decision.outcomes_at(case.stage)]
    rows += [_to_propose(board(case.pk, viewer=viewer, now=now), viewer) for case in decided]
    return [row for row in rows if row is not None]


def _asked(one: Proposal, table: Board, viewer: Actor) -> Waiting | None:
    facts = one.facts()
    if rules.why_not_vote(viewer, table.matter, facts, table.profile) is None:
        return _row(table, sentence("A proposal waits for your vote."), one.at)
    if rules.why_not_second(viewer, table.matter, facts, table.profile) is None:
        return _row(table, sentence("A decision waits for a second signature."), one.at)
    return None


def _to_propose(table: Board, viewer: Actor) -> Waiting | None:
    """The keeper's turn, once some outcome of this stage needs nothing more."""
    if rules.why_not_propose(viewer, table.matter, table.profile, table.pending) is not None:
        return None
    here = table.profile.decision.outcomes_at(table.matter.stage)
    if all(outcomes.missing(outcome, table.matter.facts) for outcome in here):
        return None
    return _row(table, sentence("The board waits for your proposal."), table.stage_since)


def _row(table: Board, what: Sentence, since: datetime) -> Waiting:
    stage = table.profile.stage(table.matter.stage)
    address = reverse("decisions:board", args=[table.code])
    return Waiting(table.code, stage.title, what, since, stage.deadline(table.stage_since.date()), address)
