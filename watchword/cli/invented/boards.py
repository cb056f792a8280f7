# SPDX-License-Identifier: AGPL-3.0-or-later
"""The boards of the demo: one that decides, one that confirms a refusal, and people for the appeals."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from watchword.cli.invented.applicants import WORDS, Applicant
from watchword.decisions import selectors as decisions
from watchword.decisions import services as board
from watchword.decisions.action import Choice
from watchword.decisions.grounds import Ground

if TYPE_CHECKING:
    from watchword.cli.invented.lives import World

Life = Iterator[timedelta]
# How a refusal goes on, and how far each of these lives comes.
REFUSED = ("refusal-intended", "appealable", "appeal", "refused")


@dataclass(frozen=True)
class Board:
    """Who proposes, who votes and who signs."""

    proposes: str
    voters: tuple[str, ...]
    signs: str


FIRST = Board("ada", ("eva", "ihor", "nina"), "ben")
SECOND = Board("ada", ("vira", "hlib", "yana"), "vira")
ON_APPEAL = Board("zakhar", ("mila", "roman", "taisa"), "luka")


def of_two(first: Board) -> Board:
    """The same where two votes are enough."""
    return replace(first, voters=first.voters[:2])


def decide(world: "World", case: str, outcome: str, reasons: str, by: Board = FIRST, **more: object) -> Life:
    """Proposal, the votes, and the second signature."""
    uid = propose(world, case, outcome, reasons, by.proposes, **more)
    yield timedelta(days=1)
    for who in by.voters:
        vote(world, uid, who)
    yield timedelta(days=1)
    found, _ = decisions.proposal(uid, viewer=world.staff[by.signs], now=world.now)
    board.countersign(proposal_uid=uid, seen=found.action_hash, actor=world.staff[by.signs], now=world.now)


def refuse(world: "World", applicant: Applicant, case: str, first: Board, second: Board) -> Life:
    """The reasons, the reply, other people's refusal, the appeal, and people without a part who uphold it."""
    far, language = REFUSED.index(applicant.destination), applicant.language
    reasons = WORDS["reasons"]["refuse"][language]
    yield from decide(world, case, "refuse", reasons, first)
    if far == 0:
        return
    yield timedelta(days=3)
    world.gate.reply(applicant, WORDS["reply"][language], "decision", world.now)
    world.read_reply(case, "ada")
    yield timedelta(days=2)
    yield from decide(world, case, "confirm-refusal", reasons, second)
    if far == 1:
        return
    yield timedelta(days=2)
    world.gate.reply(applicant, WORDS["reply"][language], "decision", world.now)
    world.read_reply(case, "ada")
    world.write(case, "ada", "appeal-received")
    world.move(case, "ada", "appeal")
    if far == 2:
        return
    yield timedelta(days=1)
    yield from decide(world, case, "uphold-refusal", reasons, ON_APPEAL)


def propose(world: "World", case: str, outcome: str, reasons: str, by: str = "ada", **more: object) -> str:
    """One ground, and what speaks for the applicant; the uid of the proposal."""
    ground = Ground(
        "D", "interview", "The two conversations and the records, read together.", "Fear and translation."
    )
    made = board.propose(
        case_uid=case,
        outcome=outcome,
        grounds=[ground],
        open_reasons=reasons,
        actor=world.staff[by],
        now=world.now,
        **more,  # type: ignore[arg-type]  # `until`, where an outcome asks for it
    )
    return made.uid


def vote(world: "World", proposal: str, who: str) -> None:
    """Agree."""
    found, _ = decisions.proposal(proposal, viewer=world.staff[who], now=world.now)
    board.vote(
        proposal_uid=proposal,
        choice=Choice.AGREE,
        reason="The evidence carries it.",
        seen=found.action_hash,
        actor=world.staff[who],
        now=world.now,
    )
