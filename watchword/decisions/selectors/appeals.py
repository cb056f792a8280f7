# SPDX-License-Identifier: AGPL-3.0-or-later
"""Appeals: what waits for whom, and who of the board may decide, with the reason for everybody shut out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.urls import reverse

from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor
from watchword.cases import selectors as cases
from watchword.cases.models import Case
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
            here = cases.visible_cases(viewer).filter(
                profile=profile.name, profile_version=profile.version, continued_in=None
            )
            for case in here.filter(stage=appeal.open_stage).order_by("stage_since", "code"):
                yield from _came_in(case, profile, appeal, viewer, now)
            for case in here.filter(stage=appeal.stage).exclude(keeper=viewer.id).order_by("stage_since"):
                table = board(case.pk, viewer=viewer, now=now)
                if rules.why_not_propose(viewer, table.matter, profile, table.pending) is None:
                    yield row(table, TO_PROPOSE, table.stage_since)


def _came_in(case: Case, profile: Profile, appeal: Appeal, viewer: Actor, now: datetime) -> Iterator[Waiting]:
    """For whoever could take it up; due is the letter that says that it came in."""
    letters = case.letters.filter(direction="in", number__gt=case.heard_before).order_by("number")
    first = letters.first()
    way = next(one for one in profile.stage(appeal.open_stage).exits if one.to == appeal.stage)
    if first is not None and why_not_move(viewer, case.standing(), way.by, ()) is None:
        table = board(case.pk, viewer=viewer, now=now)
        due = first.at.date() + timedelta(days=appeal.acknowledge_days)
        address = reverse("cases:case", args=[case.code])
        yield replace(row(table, CAME_IN, first.at), due=due, url=address)
