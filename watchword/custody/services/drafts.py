# SPDX-License-Identifier: AGPL-3.0-or-later
"""A request before it is made: everything that will be signed is there, so that a passkey can sign it."""

from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.cases.rules import minute
from watchword.core.refusals import NotPermitted, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.seal import seal
from watchword.custody import rules, selectors
from watchword.custody.action import Request, Words
from watchword.custody.rules import Wanted, seat_of
from watchword.custody.selectors import Matter


@dataclass(frozen=True)
class Draft:
    """What somebody is about to ask for.

    ``recipient`` is a key made for this request alone, ``sealed_key`` its private half, sealed to the asker.
    """

    wanted: Wanted
    words: Words
    recipient: str
    sealed_key: bytes


def drawn_up(*, case_uid: str, wanted: Wanted, actor: Actor, now: datetime) -> Draft:
    """A draft of what may be asked for; nothing is stored."""
    check_asks(selectors.matter_by_uid(case_uid, viewer=actor), wanted, actor, now)
    return _drafted(wanted, actor)


def drawn_up_glass(*, code: str, wanted: Wanted, actor: Actor, now: datetime) -> Draft:
    """The same for a glass that a custodian is about to break."""
    check_breaks(selectors.matter_in_custody(code, viewer=actor), wanted, actor, now)
    return _drafted(wanted, actor)


def check_asks(one: Matter, wanted: Wanted, actor: Actor, now: datetime) -> None:
    """This person may ask for this now."""
    rules.check_may_ask(actor, one.standing, waiting=selectors.waits_for(one.uid, actor.id, now))
    rules.check_wanted(
        wanted, lodged=one.elements_for(actor), checks=rules.checks_for(actor, one.checks), now=now
    )


def check_breaks(one: Matter, wanted: Wanted, actor: Actor, now: datetime) -> None:
    """This custodian may break the glass of this case now."""
    seats = one.custody.seats
    seat = seat_of(actor)
    rules.check_may_break(actor, one.standing.ties, seat=seat if seat in seats else None, seats=len(seats))
    rules.check_none_waits(selectors.waits_for(one.uid, actor.id, now))
    rules.check_wanted(wanted, lodged=one.elements, checks={rules.GLASS}, now=now)


def request_of(draft: Draft, one: Matter, actor: Actor, *, glass: bool) -> Request:
    """What is signed, as the case stands now."""
    wanted = draft.wanted
    return Request(
        case=one.uid,
        asked_by=actor.id,
        glass=glass,
        elements=wanted.elements,
        records=tuple(sorted(body.sha256 for body in one.bodies(wanted.elements))),
        serves=wanted.serves,
        words=draft.words.hash,
        until=minute(wanted.until),
        told=wanted.told,
        needed=one.custody.needed,
        seats=len(one.custody.seats),
        recipient=draft.recipient,
    )


def _drafted(wanted: Wanted, actor: Actor) -> Draft:
    if actor.keys is None:
        raise NotPermitted(sentence("Your keys are locked. Log in again to go on."))
    once = Identity.generate()
    return Draft(
        wanted=wanted,
        words=Words(wanted.words.strip(), random_bytes(16).hex()),
        recipient=str(once.recipient),
        sealed_key=seal(once.seed, [actor.keys.identity.recipient]),
    )
