# SPDX-License-Identifier: AGPL-3.0-or-later
"""The people and papers of the rules: Ada keeps the case, Ben countersigns, Eva, Finn and Gita vote."""

from datetime import date

from watchword import profiles
from watchword.accounts.rules import Actor
from watchword.core.procedure import CaseFacts
from watchword.decisions.action import Action
from watchword.decisions.grounds import Ground
from watchword.decisions.panels import Past
from watchword.decisions.rules import Matter, ProposalFacts, State

PROFILE = profiles.load("legion")
TODAY = date(2026, 11, 22)

ADA = Actor("ada", "Ada", frozenset({"vetting"}))
BEN = Actor("ben", "Ben", frozenset({"board"}))
CLEO = Actor("cleo", "Cleo", frozenset({"intake"}))
EVA = Actor("eva", "Eva", frozenset({"board"}))
FINN = Actor("finn", "Finn", frozenset({"board"}))
GITA = Actor("gita", "Gita", frozenset({"board"}))

EVIDENCE = {
    "check": ("ada",),
    "interview": ("ada", "hugo"),
    "medical": ("mira",),
    "polygraph": ("pola",),
    "reference": ("hugo",),
}
CANDOUR = Ground("D", "interview", "Two accounts of one year differ.", "Put to the applicant; not explained.")
MACHINE = Ground("D", "polygraph", "A significant reaction.", "The base rate is low.")


def matter(
    *,
    stage: str = "board",
    closed: bool = False,
    keeper: str | None = "ada",
    ties: frozenset[str] = frozenset(),
    facts: CaseFacts | None = None,
    past: Past | None = None,
) -> Matter:
    """A case before the board."""
    return Matter(stage, closed, keeper, ties, facts or CaseFacts(evidence=EVIDENCE), past or Past())


def proposal(
    *,
    stage: str = "board",
    state: State = State.OPEN,
    by: str = "ada",
    voters: frozenset[str] = frozenset(),
    action_hash: str = "00" * 32,
) -> ProposalFacts:
    """A proposal of Ada's that needs three votes."""
    return ProposalFacts(stage, state, by, 3, voters, action_hash)


def action(
    *grounds: Ground,
    outcome: str = "refuse",
    open_reasons: str = "Two of your answers do not agree.",
    conditions: str = "",
    until: date | None = None,
) -> Action:
    """What Ada proposes; without grounds of its own, on the one good ground."""
    return Action(
        case="ab" * 16,
        round=1,
        outcome=outcome,
        grounds=grounds or (CANDOUR,),
        open_reasons=open_reasons,
        closed_reasons="",
        conditions=conditions,
        until=until,
        salt="5a" * 16,
    )
