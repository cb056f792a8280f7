# SPDX-License-Identifier: AGPL-3.0-or-later
"""The law of splitting anew: two administrators say that a seat is distrusted, and trusted custodians do it.

Administrators learn of no case and open nothing. Whoever runs it holds a seat that is trusted, for the key
of each batch is theirs: with the shares it opens what is in the batch. Their own share is one of those that
it takes, so no fewer people are needed than could open it together anyway.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from watchword.accounts.rules import CUSTODIANS, Actor, Permission, check_has
from watchword.core.refusals import NotPermitted, Sentence, WrongState, sentence, why_not
from watchword.custody.rules.releases import seat_of

RESPLIT = "resplit"

SETTLES = timedelta(days=2)
"""How long after a seat's new key something may still come that was sealed to the old one."""


class Stage(StrEnum):
    """Where a ceremony stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"
    ENDED = "ended"


STAGES: Mapping[Stage, Sentence] = {
    Stage.PROPOSED: sentence("Waits for another administrator"),
    Stage.CONFIRMED: sentence("Goes on"),
    Stage.DROPPED: sentence("Dropped"),
    Stage.ENDED: sentence("Ended"),
}


@dataclass(frozen=True)
class CeremonyFacts:
    """What the rules ask. ``seats`` are distrusted; people are pseudonyms.

    ``held``: who holds or ever held one of them. Of a proposal alone: ``holding``, who holds one now, with
    its key; ``reachable``, the seats whose holders have their keys; ``needed``, the most shares that anything
    lodged takes. ``fresh``: those of the distrusted seats that have a new key which the signed list names,
    and ``renewed`` since when all of them do. ``left``: how many things are still split as they were.
    """

    seats: frozenset[str]
    stage: Stage
    proposed_by: str
    held: frozenset[str]
    holding: frozenset[str]
    reachable: frozenset[str]
    needed: int
    fresh: frozenset[str]
    renewed: datetime | None
    left: int

    def receiving(self, seats: Collection[str]) -> tuple[str, ...]:
        """Those of these seats to which is sealed anew: not to one whose key is still the old one."""
        return tuple(seat for seat in seats if seat not in self.seats - self.fresh)


def check_may_propose(actor: Actor, facts: CeremonyFacts, *, waiting: bool) -> None:
    """An administrator who never had one of these seats, while nothing else is proposed."""
    _check_administers(actor, facts)
    if waiting:
        raise WrongState(sentence("Another proposal waits: confirm that first, or drop it."))
    if not facts.seats or not facts.seats <= CUSTODIANS:
        raise WrongState(sentence("Choose the seats that are distrusted."))
    _check_enough(facts)


def check_may_confirm(actor: Actor, facts: CeremonyFacts) -> None:
    """Another administrator, once nobody is in these seats who has their key of before."""
    _check_administers(actor, facts)
    _check_proposed(facts)
    if actor.id == facts.proposed_by:
        raise NotPermitted(sentence("You proposed this yourself; another administrator must look at it."))
    if facts.holding:
        raise WrongState(
            sentence(
                "Somebody still holds one of these seats, with its key. Take the role away from them at once,"
                " on their page, and confirm this then."
            )
        )
    _check_enough(facts)


def check_may_drop(actor: Actor, facts: CeremonyFacts) -> None:
    """Any administrator who never had one of these seats, as long as it is not confirmed."""
    _check_administers(actor, facts)
    _check_proposed(facts)


def check_may_run(actor: Actor, facts: CeremonyFacts) -> None:
    """A custodian of another seat, once two administrators have agreed."""
    check_has(actor, Permission.RESPLIT_RUN)
    if facts.stage is not Stage.CONFIRMED:
        raise WrongState(sentence("No two administrators have agreed to this, or it is over."))
    if seat_of(actor) in facts.seats:
        raise NotPermitted(sentence("Your seat is among those that are distrusted: others do this."))


def check_may_end_ceremony(actor: Actor, facts: CeremonyFacts, now: datetime) -> None:
    """An administrator, once nothing is split as it was, and nothing can come any more that is."""
    _check_administers(actor, facts)
    if facts.stage is not Stage.CONFIRMED:
        raise WrongState(sentence("No two administrators have agreed to this, or it is over."))
    if facts.left:
        raise WrongState(sentence("Not everything is split anew yet."))
    if facts.renewed is None:
        raise WrongState(
            sentence(
                "A seat that is distrusted has no new key in the signed list yet: what comes is sealed to its"
                " old one."
            )
        )
    if now < facts.renewed + SETTLES:
        raise WrongState(
            sentence(
                "What was sealed to an old key may still come: end this %(days)s days after the new key.",
                days=SETTLES.days,
            )
        )


def _check_administers(actor: Actor, facts: CeremonyFacts) -> None:
    check_has(actor, Permission.RESPLIT_PROPOSE)
    if actor.id in facts.held:
        raise NotPermitted(sentence("You held one of these seats yourself; other administrators decide."))


def _check_proposed(facts: CeremonyFacts) -> None:
    if facts.stage is not Stage.PROPOSED:
        raise WrongState(sentence("This proposal was settled already."))


def _check_enough(facts: CeremonyFacts) -> None:
    left = len(facts.reachable - facts.seats)
    if left < facts.needed:
        raise WrongState(
            sentence(
                "It takes %(needed)s shares to open anything, and of the seats that you trust %(left)s can"
                " give one: nobody can open what is lodged, and so nobody can split it anew. Fill the"
                " seats, sign a new list of keys, and ask each applicant by letter to send it again.",
                needed=facts.needed,
                left=left,
            )
        )


why_not_confirm = why_not(check_may_confirm)
why_not_drop = why_not(check_may_drop)
why_not_run = why_not(check_may_run)
why_not_end_ceremony = why_not(check_may_end_ceremony)
