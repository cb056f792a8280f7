# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every file for a seat held outside needs at the Desk: the proof, and whose answer comes back."""

from collections.abc import Collection

from watchword import trust
from watchword.accounts import outside
from watchword.accounts.rules import Actor
from watchword.core.ledger.errors import LedgerError
from watchword.core.procedure import Text
from watchword.core.refusals import NotPermitted, Sentence, WrongState, sentence
from watchword.core.sealing import answer as answers
from watchword.core.sealing.answer import SignedAnswer
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.handed import Shown
from watchword.custody.rules import seat_of
from watchword.journal.events import Event
from watchword.journal.proving import prove
from watchword.web.sentences import translated


def check_held_outside(seat: str, actor: Actor) -> None:
    """WrongState where the key is at the Desk: then nothing has to leave."""
    if not outside.addresses(seat, actor.id):
        raise WrongState(_HELD_HERE)


def shown(case: str | None, events: Collection[Event], named: tuple[str, str], since: int) -> Shown:
    """The entry of the asking, whose payload has ``named``, under the newest checkpoint.

    Asked for after what is taken out was recorded: so the checkpoint has both.
    """
    try:
        proven = prove(case, events, named, since=since)
    except LedgerError as error:
        raise WrongState(sentence("The ledger cannot prove this: %(reason)s.", reason=error)) from None
    return Shown(
        checkpoint=proven.checkpoint.decode(),
        entry=proven.entry.decode(),
        growth=proven.grew,
        index=proven.index,
        manifest=trust.current_note(),
        proof=proven.path,
        since=since,
    )


def read_answer(raw: bytes, *, action: str, gave: bool, actor: Actor) -> SignedAnswer:
    """The answer to this action, of this person's seat and signed by their machine.

    ``gave`` is what this custodian has just confirmed that it does.
    """
    try:
        signed = answers.unpack(raw)
        if signed.answer.seat != seat_of(actor):
            raise NotPermitted(sentence("This is the answer of another seat."))
        signed.check(outside.addresses(signed.answer.seat, actor.id))
    except SealingError as error:
        raise WrongState(error.reason) from None
    if signed.answer.action != action:
        raise WrongState(sentence("This is the answer to another request."))
    if signed.answer.gave is not gave:
        raise WrongState(_REFUSES if gave else _GIVES)
    return signed


def say(words: Text | Sentence | str) -> str:
    """In the language of whoever downloads it."""
    return words if isinstance(words, str) else translated(words)


_HELD_HERE = sentence("The key of your seat is at the Desk: read the request here, and answer it here.")
_REFUSES = sentence("This answer refuses. Upload it in the other place, and confirm that.")
_GIVES = sentence("This answer gives your share. Upload it in the other place, and confirm that.")
