# SPDX-License-Identifier: AGPL-3.0-or-later
"""Appeals: what waits for whom, and who of the board may decide, with the reason for everybody shut out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor
from watchword.cases import selectors as cases
from watchword.cases.rules import why_not_move
from watchword.cases.selectors import Waiting
from watchword.cases.selectors.visibility import procedures
from watchword.core.procedure import Profile
from watchword.core.procedure.decision import Appeal, Panel
from watchword.core.refusals import Sentence, sentence
from watchword.decisions import rules
from watchword.decisions.selectors.board import Board, board
from watchword.decisions.selectors.rows import row

CAME_IN = sentence("An appeal has come in: say so to the applicant, and lay it before other people.")
TO_PROPOSE = sentence("An appeal waits for a proposal by somebody who had no part in the case.")
TIED = sentence("Declared a tie with this applicant.")


@dataclass(frozen=True)
class Member:
    """A member of the board, and why this person takes no part in what is to be decided here, if so."""

    name: str
    why_not: Sentence | None


def members(table: Board) -> tuple[Member, ...]:
    """Everybody on the board, where what people did before matters to who decides; else nobody."""
    panels = {outcome.panel for outcome in table.profile.decision.outcomes_at(table.matter.stage)}
    if Panel.NEW not in panels and Panel.OTHERS not in panels:
        return ()
    out = table.matter.past.out(Panel.NEW if Panel.NEW in panels else Panel.OTHERS)
    holders = {
        one.pk: one.name for role in table.profile.decision.vote_roles for one in accounts.holders(role)
    }
    return tuple(
        Member(name, TIED if uid in table.matter.ties else out.get(uid))
        for uid, name in sorted(holders.items(), key=lambda one: one[1])
    )


def appeals_waiting(viewer: Actor, now: datetime) -> Iterator[Waiting]:
    """Appeals to acknowledge, and those that nobody has written a proposal for."""
    for profile in procedures():
        appeal = profile.decision.appeal
        if appeal is not None:
            yield from _came_in(viewer, profile, appeal, now)
            yield from _to_propose(viewer, profile, appeal, now)


def _came_in(viewer: Actor, profile: Profile, appeal: Appeal, now: datetime) -> Iterator[Waiting]:
    """For whoever could take them up; due is the letter that says that it came in."""
    way = next(one for one in profile.stage(appeal.open_stage).exits if one.to == appeal.stage)
    for case in _cases(viewer, profile, appeal.open_stage):
        letters = case.letters.filter(direction="in", number__gt=case.heard_before).order_by("number")
        first = letters.values_list("at", flat=True).first()
        if first is not None and why_not_move(viewer, case.standing(), way.by, ()) is None:
            found = row(board(case.pk, viewer=viewer, now=now), CAME_IN, first)
            due = first.date() + timedelta(days=appeal.acknowledge_days)
            yield replace(found, due=due, url=reverse("cases:case", args=[case.code]))


def _to_propose(viewer: Actor, profile: Profile, appeal: Appeal, now: datetime) -> Iterator[Waiting]:
    """For members of the board; a keeper reads it among the decisions of the cases that they keep."""
    for case in _cases(viewer, profile, appeal.stage).exclude(keeper=viewer.id):
        table = board(case.pk, viewer=viewer, now=now)
        if rules.why_not_propose(viewer, table.matter, profile, table.pending) is None:
            yield row(table, TO_PROPOSE, table.stage_since)


def _cases(viewer: Actor, profile: Profile, stage: str) -> QuerySet[Any]:
    """The cases of this procedure in this stage that the viewer may know of, the longest waiting first."""
    here = cases.visible_cases(viewer).filter(continued_in=None, stage=stage)
    return here.filter(profile=profile.name, profile_version=profile.version).order_by("stage_since", "code")
