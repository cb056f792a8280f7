# SPDX-License-Identifier: AGPL-3.0-or-later
"""A custodian's share of what is asked for: opened for a moment, and sealed to the one-time key at once.

The custodian's session opens this one seat's parts and nobody else's; what is stored opens with the asker's
key alone. Limit, said plainly: in that moment the Desk's memory holds one share. Offline it never does.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.custody import Part, pack, unpack
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.recipients import Recipient
from watchword.core.sealing.seal import seal
from watchword.core.sealing.shares import Share
from watchword.custody.selectors import Lodged, Matter, share_of
from watchword.vault.opening import open_record

PURPOSE = "share"
"""Under which the ledger records that a custodian opened a share."""

Sealed = tuple[str, bytes]
"""The uid of a body, and the seat's part of its key, sealed to the one-time key."""


def resealed(
    one: Matter, bodies: Iterable[Lodged], *, recipient: str, seat: str, actor: Actor, now: datetime
) -> Sequence[Sealed]:
    """The seat's part for each body; each opening is in the ledger first."""
    once = Recipient.parse(recipient)
    return [(body.uid, seal(pack([_part(one, body, seat, actor, now)]), [once])) for body in bodies]


def _part(one: Matter, body: Lodged, seat: str, actor: Actor, now: datetime) -> Part:
    payload = open_record(share_of(one.uid, body, seat), actor=actor, purpose=PURPOSE, now=now)
    number = one.custody.number_of(seat)
    try:
        found = [part for part in unpack(payload) if part.compartment == body.compartment]
    except SealingError:
        found = []
    if not found or not _is_right(found[0], number):
        raise WrongState(
            sentence(
                "What was sealed to your seat is not a share of this. Nothing is lost while enough others are"
                " right: refuse with that reason, and say so to whoever asked."
            )
        )
    return found[0]


def _is_right(part: Part, number: int) -> bool:
    share = Share(part.number, part.share)
    return part.number == number and share.commitment == part.commitments[number - 1]
