# SPDX-License-Identifier: AGPL-3.0-or-later
"""A custodian's share of what is asked for: opened for a moment, and sealed to the one-time key at once.

The custodian's session opens this one seat's parts and nobody else's; what is stored opens with the asker's
key alone. Limit, said plainly: in that moment the Desk's memory holds one share. Offline it never does.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.core.procedure.custody import SEATS
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.custody import Part, pack, unpack
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.recipients import Recipient
from watchword.core.sealing.seal import seal
from watchword.core.sealing.shares import Share
from watchword.custody import selectors
from watchword.custody.models import Batch
from watchword.custody.selectors import Lodged, Matter, share_of
from watchword.vault.opening import open_record, open_together

PURPOSE = "share"
"""Under which the ledger records that a custodian opened a share."""

OF_A_BATCH = "batch-share"
"""The same of many cases for a program: nobody reads anything of them."""

Sealed = tuple[str, bytes]
"""The uid of a body, and the seat's part of its key, sealed to the one-time key."""


def resealed(
    one: Matter, bodies: Iterable[Lodged], *, recipient: str, seat: str, actor: Actor, now: datetime
) -> Sequence[Sealed]:
    """The seat's part for each body; each opening is in the ledger first."""
    once = Recipient.parse(recipient)
    return [(body.uid, seal(pack([_part(one, body, seat, actor, now)]), [once])) for body in bodies]


def resealed_together(batch: Batch, *, seat: str, actor: Actor, now: datetime) -> dict[int, bytes]:
    """The seat's part for each body of a batch, by its key; one turn of the ledger for all of them.

    What did not come to this seat, or is not a share, is left out: of that body another custodian gives one.
    """
    bodies = list(batch.bodies.select_related("record"))
    once = Recipient.parse(batch.recipient)
    handed = selectors.shares_of(bodies, seat)
    opened = open_together(sorted(set(handed.values())), actor=actor, purpose=OF_A_BATCH, now=now)
    given: dict[int, bytes] = {}
    for body in bodies:
        payload = opened.get(handed.get(body.pk, ""))
        part = _found(payload, body.record.compartment, seat) if isinstance(payload, bytes) else None
        if part:
            given[body.pk] = seal(pack([part]), [once])
    if not given:
        raise WrongState(NO_SHARE)
    return given


def _part(one: Matter, body: Lodged, seat: str, actor: Actor, now: datetime) -> Part:
    payload = open_record(share_of(one.uid, body, seat), actor=actor, purpose=PURPOSE, now=now)
    part = _found(payload, body.compartment, seat)
    if part is None:
        raise WrongState(NO_SHARE)
    return part


def _found(payload: bytes, compartment: str, seat: str) -> Part | None:
    """The part of this compartment's key among what a seat was handed; None when it is not a right one."""
    try:
        parts = unpack(payload)
    except SealingError:
        return None
    number = SEATS.index(seat) + 1
    return next((one for one in parts if one.compartment == compartment and _is_right(one, number)), None)


def _is_right(part: Part, number: int) -> bool:
    share = Share(part.number, part.share)
    return part.number == number and share.commitment == part.commitments[number - 1]


NO_SHARE = sentence(
    "What was sealed to your seat is not a share of this. Nothing is lost while enough others are"
    " right: refuse with that reason, and say so to whoever asked."
)
