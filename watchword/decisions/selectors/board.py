# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case as its board sees it, and its proposals, for whoever may know of the case."""

from dataclasses import dataclass, replace
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.cases import selectors as cases
from watchword.cases.selectors.joined import together
from watchword.core.procedure import Profile
from watchword.core.refusals import NotFound, sentence
from watchword.decisions.conditions.selectors import conditions_of
from watchword.decisions.models import Decision, Proposal
from watchword.decisions.rules import PENDING, Matter, State
from watchword.decisions.selectors.past import past_of


@dataclass(frozen=True)
class Board:
    """The case, its procedure and the facts of the rules; ``pending``: the state of a waiting proposal."""

    case_uid: str
    code: str
    language: str
    profile: Profile
    matter: Matter
    pending: State | None
    stage_since: datetime


def board(case_uid: str, *, viewer: Actor, now: datetime) -> Board:
    """The case, for whoever may know of it; NotFound for all others, and for those who have a tie to it."""
    case = cases.find_by_uid(case_uid, viewer=viewer)
    standing = case.standing()
    profile = cases.profile_of(case)
    matter = Matter(
        stage=case.stage,
        closed=standing.closed,
        keeper=standing.keeper,
        ties=standing.ties,
        facts=replace(cases.case_facts(case, now=now), breached=_breached(case_uid, case.stage, profile)),
        past=past_of([one.uid for one in together(case)], case.stage, profile),
    )
    waiting = (
        Proposal.objects.filter(case=case_uid, state__in=PENDING).values_list("state", flat=True).first()
    )
    pending = None if waiting is None else State(waiting)
    return Board(case_uid, case.code, case.language, profile, matter, pending, case.stage_since)


def _breached(case_uid: str, stage: str, profile: Profile) -> bool:
    """Whether the newest review of the conditions says so; asked only where it opens anything."""
    if profile.decision.decides_at(stage) or not profile.decision.outcomes_at(stage):
        return False
    found = conditions_of(case_uid, profile)
    return found is not None and found.breached


def board_by_code(code: str, *, viewer: Actor, now: datetime) -> Board:
    """The same by the code of the case, as it stands in an address."""
    return board(cases.find(code, viewer=viewer).uid, viewer=viewer, now=now)


def proposal(proposal_uid: str, *, viewer: Actor, now: datetime) -> tuple[Proposal, Board]:
    """A proposal with its case; to whoever may not know of the case there is none."""
    found = Proposal.objects.filter(pk=proposal_uid).first()
    if found is None:
        raise NotFound(sentence("There is no such proposal."))
    return found, board(found.case_id, viewer=viewer, now=now)


def check_in_case(proposal_uid: str, code: str, *, viewer: Actor) -> None:
    """The proposal belongs to the case of this code: nobody signs one while the page names another."""
    case = cases.find(code, viewer=viewer)
    if not Proposal.objects.filter(pk=proposal_uid, case=case.uid).exists():
        raise NotFound(sentence("There is no such proposal."))


def rounds(case_uid: str) -> int:
    """How many decisions the case has had."""
    return Decision.objects.filter(case=case_uid).count()
