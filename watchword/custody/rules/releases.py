# SPDX-License-Identifier: AGPL-3.0-or-later
"""The law of releases: who may ask custodians for what they hold, who answers, what opens, and until when.

What is in custody is read by no role. It is released: some of it, to one person, for a check, until an end.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from watchword.accounts.rules import CUSTODIANS, SCREENING, Actor, Permission, check_has
from watchword.cases.rules import Standing, check_not_recused
from watchword.core.refusals import NotPermitted, Sentence, WrongState, sentence, why_not
from watchword.vault.rules import LONGEST_DEFERRAL

PROTECT, GLASS = "protect-relatives", "break-glass"
CHECKS: Mapping[str, Sentence] = {PROTECT: sentence("To warn or to protect relatives")}
"""What a request may serve besides the kinds of evidence of the procedure."""

GLASS_WORDS = sentence("Somebody is in danger now")

LONGEST_DAYS = 14
"""Custodians must be able to picture what they agree to; whoever needs longer asks once more."""

GLASS_LASTS = timedelta(hours=24)
"""Danger that can wait longer than a day can wait for an ordinary request."""

LOOKED_BACK = timedelta(days=90)
"""How far back custodians see what somebody asked for before."""

FEWEST_AROUND_A_GLASS = 3
"""Two break it and a third looks at it afterwards."""


class State(StrEnum):
    """Where a release stands."""

    WAITING = "waiting"
    OPEN = "open"
    REFUSED = "refused"
    ENDED = "ended"


STATES: Mapping[State, Sentence] = {
    State.WAITING: sentence("Waits for custodians"),
    State.OPEN: sentence("Can be opened"),
    State.REFUSED: sentence("Refused"),
    State.ENDED: sentence("Ended"),
}


@dataclass(frozen=True)
class ReleaseFacts:
    """What the rules ask about a release. People are pseudonyms, seats their roles.

    ``given``: the seats that gave a share, ``answered_by`` the people who gave or refused; ``broke`` are the
    two of a broken glass. ``over``: it was ended, by hand or by the job that destroys. ``asker_gives``: who
    asked has a seat, and their own share is one of those that it takes. ``distrusted`` seats are not asked.
    """

    asked_by: str
    glass: bool
    needed: int
    seats: int
    given: frozenset[str]
    refused: frozenset[str]
    answered_by: frozenset[str]
    broke: frozenset[str]
    until: datetime
    over: bool
    reviewed: bool
    asker_gives: bool = False
    distrusted: frozenset[str] = frozenset()

    def state(self, now: datetime) -> State:
        """A refusal is stronger than an end, and both than any number of shares."""
        if self.seats - len(self.refused | self.distrusted) < self.needed:
            return State.REFUSED
        if self.over or now >= self.until:
            return State.ENDED
        enough = max(self.needed, 2) if self.glass else self.needed
        return State.OPEN if len(self.given) >= enough else State.WAITING


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for. ``told``: the day from which the applicant reads of it; None is the next."""

    elements: tuple[str, ...]
    serves: str
    words: str
    until: datetime
    told: date | None = None


def check_keeps(actor: Actor, case: Standing) -> None:
    """Whoever was given the case, or screens it in its present stage, without a tie."""
    check_has(actor, Permission.RELEASE_ASK)
    check_not_recused(actor, case.ties)
    if SCREENING in actor.roles & case.seen_by:
        return
    if not case.given_to(actor.id):
        raise NotPermitted(sentence("Only whoever keeps this case, or was asked into it, asks custodians."))


def checks_for(actor: Actor, checks: Iterable[str]) -> frozenset[str]:
    """Those of these checks that this person may ask for: screening for its own and for no other."""
    return frozenset(checks) & {SCREENING} if SCREENING in actor.roles else frozenset(checks)


def elements_for(actor: Actor, lodged: Collection[str], named: Collection[str]) -> frozenset[str]:
    """Those of what is lodged that this person may ask for: screening for what it compares alone."""
    return frozenset(lodged) & frozenset(named) if SCREENING in actor.roles else frozenset(lodged)


def check_may_ask(actor: Actor, case: Standing, *, waiting: bool) -> None:
    """Whoever keeps the case; one request of one person at a time, so that custodians are not worn down."""
    check_keeps(actor, case)
    check_none_waits(waiting)


def check_none_waits(waiting: bool) -> None:
    """Nothing that this person asked for on this case is still going on."""
    if waiting:
        raise WrongState(sentence("A request of yours on this case waits, or is open: end that one first."))


def check_wanted(wanted: Wanted, *, lodged: Collection[str], checks: Collection[str], now: datetime) -> None:
    """Something that is lodged, for a check that there is, with a reason, an end, and no long silence."""
    if not wanted.elements or not set(wanted.elements) <= set(lodged):
        raise WrongState(sentence("Choose what is asked for: something that is lodged and in custody."))
    if wanted.serves not in checks:
        raise WrongState(sentence("Choose the check that this serves."))
    if not wanted.words.strip():
        raise WrongState(sentence("Write what it is needed for."))
    if not now < wanted.until <= now + timedelta(days=LONGEST_DAYS):
        raise WrongState(sentence("A release ends after %(days)s days at the latest.", days=LONGEST_DAYS))
    if wanted.told is not None and not now.date() < wanted.told <= (now + LONGEST_DEFERRAL).date():
        most = LONGEST_DEFERRAL.days
        raise WrongState(sentence("The applicant is told after %(days)s days at the latest.", days=most))


def check_may_break(actor: Actor, ties: Collection[str], *, seat: str | None, seats: int) -> None:
    """A custodian of this procedure without a tie, where a third person is left to look at it afterwards."""
    check_has(actor, Permission.RELEASE_ANSWER)
    check_not_recused(actor, ties)
    _check_seat(seat)
    if seats < FEWEST_AROUND_A_GLASS:
        raise WrongState(
            sentence("With fewer than three custodians nobody is left to look at a broken glass afterwards.")
        )


def check_may_answer(
    actor: Actor, release: ReleaseFacts, ties: Collection[str], *, seat: str | None, now: datetime
) -> None:
    """A custodian answers once from a seat: never their own request, never with a tie."""
    check_has(actor, Permission.RELEASE_ANSWER)
    check_not_recused(actor, ties)
    _check_seat(seat)
    if actor.id == release.asked_by and not release.asker_gives:
        raise NotPermitted(sentence("You asked for this; other custodians must answer."))
    if seat in release.distrusted:
        raise NotPermitted(sentence("This is split anew because your seat is distrusted: others answer."))
    if seat in release.refused:
        raise WrongState(sentence("This was refused from your seat, and a refusal stays refused."))
    if seat in release.given or actor.id in release.answered_by:
        raise WrongState(sentence("You have answered this request."))
    if (state := release.state(now)) not in (State.WAITING, State.OPEN):
        raise WrongState(_OVER[state])


def check_may_open(actor: Actor, release: ReleaseFacts, ties: Collection[str], now: datetime) -> None:
    """Whoever asked and nobody else, once enough shares are given, until the end."""
    check_has(actor, Permission.RELEASE_OPEN)
    check_not_recused(actor, ties)
    if actor.id != release.asked_by:
        raise NotPermitted(sentence("This was released to somebody else."))
    if (state := release.state(now)) is not State.OPEN:
        raise WrongState(_OVER.get(state) or sentence("Too few custodians have given their shares."))


def check_may_end(actor: Actor, release: ReleaseFacts, now: datetime) -> None:
    """Whoever asked needs it no more."""
    check_has(actor, Permission.RELEASE_OPEN)
    if actor.id != release.asked_by:
        raise NotPermitted(sentence("This was released to somebody else."))
    if (state := release.state(now)) not in (State.WAITING, State.OPEN):
        raise WrongState(_OVER[state])


def check_may_review(actor: Actor, release: ReleaseFacts, now: datetime) -> None:
    """A custodian who was neither of the two looks at a broken glass, afterwards and once."""
    check_has(actor, Permission.RELEASE_ANSWER)
    if not release.glass or release.reviewed:
        raise WrongState(sentence("No broken glass waits here to be looked at."))
    if actor.id in release.broke:
        raise NotPermitted(sentence("You broke this glass; somebody else must look at it."))
    if release.state(now) is State.WAITING:
        raise WrongState(sentence("It waits for custodians still: look at it when it is open, or over."))


def check_same(asked: str, seen: str, now: str) -> None:
    """What is answered or opened is what was asked for and shown, to the letter."""
    if not asked == seen == now:
        raise WrongState(sentence("This is not the request that you were shown. Read it again."))


def seat_of(actor: Actor) -> str | None:
    """The seat that this person holds; nobody holds two."""
    return next(iter(sorted(actor.roles & CUSTODIANS)), None)


def _check_seat(seat: str | None) -> None:
    if seat is None:
        raise NotPermitted(sentence("You have no seat in the custody of this case."))


_OVER: Mapping[State, Sentence] = {
    State.REFUSED: sentence("Custodians refused this, and a refusal stays refused."),
    State.ENDED: sentence("This release has ended. Ask anew if it is still needed."),
}

why_not_ask = why_not(check_may_ask)
why_not_answer = why_not(check_may_answer)
why_not_open = why_not(check_may_open)
why_not_end = why_not(check_may_end)
why_not_review = why_not(check_may_review)
