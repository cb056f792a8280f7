# SPDX-License-Identifier: AGPL-3.0-or-later
"""The law of call signs and of enquiries: who gives one out, who writes one down, and who looks.

Nobody outside ever hears whether somebody is with us. Inside, two custodians look together, and whoever keeps
the case hears that somebody asks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases.rules import Standing, check_not_recused
from watchword.core.refusals import NotPermitted, Sentence, WrongState, sentence, why_not

COMPARTMENT = "protection"
"""Where call signs and enquiries lie sealed; custodians alone read it."""

OFFERED = 3
"""Call signs among which a person chooses: one would be a lot drawn, ten would be a wish fulfilled."""

CHOSEN = ""
"""What stands where a reason would stand, of the one that was chosen."""

STILL_FREE = "free"
WHY_NOT: Mapping[str, Sentence] = {
    STILL_FREE: sentence("As good as the other"),
    "person": sentence("Would give away this very person"),
    "meaning": sentence("Gives away a place, a rank, a year, an origin"),
    "sounds": sentence("Sounds like a name or a unit that is known"),
    "mocks": sentence("Mocks, or means something else to those who will use it"),
}
"""Why one of the three was not chosen."""

STRUCK = frozenset({"meaning", "sounds", "mocks"})
"""The reasons that hold for everybody: such a call sign is never offered again."""

WAYS: Mapping[str, Sentence] = {
    "letter": sentence("By letter"),
    "mail": sentence("By e-mail or message"),
    "call": sentence("By telephone"),
    "visit": sentence("In person"),
}
"""How somebody asked."""

SPOKEN = frozenset({"call", "visit"})

ASKERS: Mapping[str, Sentence] = {
    "relative": sentence("A relative or a friend"),
    "authority": sentence("An authority, the police or the army"),
    "employer": sentence("An employer or a school"),
    "press": sentence("A journalist"),
    "lawyer": sentence("A lawyer"),
    "unknown": sentence("Somebody who does not say"),
}
"""Who somebody says to be: it is written down and believed by nobody."""

KEPT = timedelta(days=180)
"""For so long an enquiry is readable; whoever asks again in another half year asks anew."""

LOUD = timedelta(days=30)
"""For so long the keeper's home page says that somebody asked; the page of the case says it for good."""


class State(StrEnum):
    """Where an enquiry stands."""

    TAKEN = "taken"
    ASKED = "asked"
    LOOKED = "looked"
    FAILED = "failed"
    DESTROYED = "destroyed"


STATES: Mapping[State, Sentence] = {
    State.TAKEN: sentence("Answered; nobody has looked yet"),
    State.ASKED: sentence("A second custodian must look, too"),
    State.LOOKED: sentence("Looked up"),
    State.FAILED: sentence("The look-up failed: begin it once more"),
    State.DESTROYED: sentence("Destroyed"),
}


@dataclass(frozen=True)
class EnquiryFacts:
    """What the rules ask about an enquiry. ``asked_by``: the first custodian; empty for none."""

    state: State
    asked_by: str


def check_may_issue(actor: Actor, case: Standing) -> None:
    """A custodian without a tie, for a case that is not closed and goes on here."""
    check_has(actor, Permission.CALLSIGN_ISSUE)
    check_not_recused(actor, case.ties)
    if case.closed:
        raise WrongState(sentence("This case is closed."))
    if case.continued_in:
        raise WrongState(sentence("This case goes on in %(code)s: work on it there.", code=case.continued_in))


def check_choice(reasons: Sequence[str]) -> None:
    """Exactly one of the three is chosen, and of each other somebody says why not."""
    if len(reasons) != OFFERED or [one for one in reasons if one not in WHY_NOT] != [CHOSEN]:
        raise WrongState(sentence("Choose one of the three, and say of each other why not."))


def check_may_ask_look(actor: Actor, enquiry: EnquiryFacts) -> None:
    """The first of two custodians, once the enquiry has its number."""
    check_has(actor, Permission.ENQUIRY_LOOK)
    if enquiry.state not in (State.TAKEN, State.FAILED):
        raise WrongState(sentence("Somebody has begun to look this up already."))


def check_may_look(actor: Actor, enquiry: EnquiryFacts) -> None:
    """The second, who is not the first: nobody alone finds out whether somebody is with us."""
    check_has(actor, Permission.ENQUIRY_LOOK)
    if enquiry.state is not State.ASKED:
        raise WrongState(sentence("Another custodian must ask for this look-up first."))
    if actor.id == enquiry.asked_by:
        raise NotPermitted(sentence("You asked for this look-up; another custodian must do it."))


def check_may_read(actor: Actor, enquiry: EnquiryFacts) -> None:
    """A custodian, as long as there is something to read."""
    check_has(actor, Permission.ENQUIRY_LOOK)
    if enquiry.state is State.DESTROYED:
        raise WrongState(sentence("What was written down of this enquiry is destroyed."))


why_not_issue = why_not(check_may_issue)
why_not_ask_look = why_not(check_may_ask_look)
why_not_look = why_not(check_may_look)
