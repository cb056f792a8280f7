# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts together what custodians gave: the one-time key opens each seat's part, and enough parts the rest."""

from collections.abc import Iterable, Sequence

from watchword.accounts.rules import Actor
from watchword.core.procedure.custody import SEATS
from watchword.core.refusals import NotPermitted, Sentence, WrongState, sentence
from watchword.core.sealing.custody import Part, restore, unpack
from watchword.core.sealing.errors import SealingError, WrongShare
from watchword.core.sealing.recipients import Identity
from watchword.vault.opening import unlock

Given = tuple[str, bytes]
"""A seat, and its part of one body's key, sealed to the one-time key."""


def one_time_key(sealed: bytes, actor: Actor) -> Identity:
    """The private half of a request's own key, which is sealed to whoever asked."""
    if actor.keys is None:
        raise NotPermitted(sentence("Your keys are locked. Log in again to go on."))
    try:
        return Identity.from_seed(unlock(sealed, actor.keys.identity))
    except SealingError as error:
        raise WrongState(sentence("The one-time key of this release does not open. Ask anew.")) from error


def put_together(given: Iterable[Given], once: Identity) -> Identity:
    """The key of one body. WrongState names the seats whose part is wrong, when too few others are right."""
    parts, wrong = _parts(given, once)
    return _restored(parts, wrong)


def _parts(given: Iterable[Given], once: Identity) -> tuple[list[Part], set[int]]:
    """The parts that can be read, and the numbers of the seats whose part cannot."""
    parts, wrong = [], set()
    for seat, sealed in given:
        number = SEATS.index(seat) + 1
        try:
            (part,) = unpack(unlock(sealed, once))
        except (SealingError, ValueError):
            wrong.add(number)
            continue
        if part.number == number:
            parts.append(part)
        else:
            wrong.add(number)
    return parts, wrong


def _restored(parts: Sequence[Part], wrong: set[int]) -> Identity:
    """Without the wrong ones, as long as enough are left; else the seats to ask others in place of."""
    try:
        return restore(parts)
    except WrongShare as found:
        wrong |= set(found.numbers)
    except (SealingError, IndexError):
        pass
    right = [part for part in parts if part.number not in wrong]
    try:
        if wrong and right:
            return restore(right)
    except SealingError:
        pass
    raise WrongState(_wrong(sorted(wrong)) if wrong else _TOO_FEW)


def _wrong(numbers: Sequence[int]) -> Sentence:
    return sentence(
        "What was given from seat %(seats)s is not the share that was handed out. Nothing is lost: ask"
        " another custodian for theirs, and open it then.",
        seats=", ".join(map(str, numbers)),
    )


_TOO_FEW = sentence("These shares do not open it: more of them are needed, or they are of something else.")
