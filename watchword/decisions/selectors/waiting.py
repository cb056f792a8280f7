# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the board's work waits for from one person, for the home page; ordered by time alone (law 6)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from watchword.accounts.rules import Actor
from watchword.cases import selectors as cases
from watchword.core.refusals import Sentence, sentence
from watchword.decisions import rules
from watchword.decisions.models import Proposal
from watchword.decisions.rules import PENDING
from watchword.decisions.selectors.board import Board, board


@dataclass(frozen=True)
class Waiting:
    """One thing to do, since when, and until when if there is a clock."""

    code: str
    what: Sentence
    since: datetime
    due: date | None
    url: str


def waiting_for(viewer: Actor) -> list[Waiting]:
    """Votes to cast and decisions to sign, the longest waiting first."""
    seen = cases.visible_cases(viewer).values("pk")
    pending = Proposal.objects.filter(case__in=seen, state__in=PENDING).order_by("at", "uid")
    # Neither question asks how many days have gone by, so the moment of the proposal serves as well as any.
    rows = [_row(one, board(one.case_id, viewer=viewer, now=one.at), viewer) for one in pending]
    return [row for row in rows if row is not None]


def _row(one: Proposal, table: Board, viewer: Actor) -> Waiting | None:
    facts = one.facts()
    if rules.why_not_vote(viewer, table.matter, facts, table.profile) is None:
        what = sentence("A proposal waits for your vote.")
    elif rules.why_not_second(viewer, table.matter, facts, table.profile) is None:
        what = sentence("A decision waits for a second signature.")
    else:
        return None
    return Waiting(table.code, what, one.at, None, reverse("decisions:board", args=[table.code]))
