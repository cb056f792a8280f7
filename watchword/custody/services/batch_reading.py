# SPDX-License-Identifier: AGPL-3.0-or-later
"""A batch for a custodian, with why others refused it, or refused the same person's before.

These words are about no case. They are sealed to the seats and to who may start the run, and open with a
role's key; there is nothing of an applicant in them that the ledger would have to tell of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.core.procedure import Text
from watchword.core.refusals import Sentence, WrongState, sentence
from watchword.core.sealing.errors import SealingError
from watchword.custody import selectors
from watchword.custody.action import read_words
from watchword.custody.models import Batch, BatchAnswer
from watchword.custody.selectors import BatchRow
from watchword.vault.opening import unlock


@dataclass(frozen=True)
class BatchRefusal:
    """Why one custodian refused; ``earlier``: what the same person asked for before."""

    seat: Text | str
    words: str
    fault: Sentence | None
    earlier: bool


@dataclass(frozen=True)
class ReadBatch:
    """A batch, everything else that the same person asked for this run, and the refusals of both."""

    row: BatchRow
    before: tuple[BatchRow, ...]
    refusals: tuple[BatchRefusal, ...]


def read_batch(*, batch_uid: str, actor: Actor, now: datetime) -> ReadBatch:
    """The page of a custodian."""
    return _read(selectors.batch_to_answer(batch_uid, viewer=actor), actor, now)


def read_own_batch(*, batch_uid: str, actor: Actor, now: datetime) -> ReadBatch:
    """The same for whoever asked: why it was refused, above all."""
    return _read(selectors.own_batch(batch_uid, viewer=actor), actor, now)


def asked_before(batch: Batch, now: datetime) -> Sequence[Batch]:
    """What else the same person asked for lately, for the same run."""
    same = [one for one in selectors.lately(now) if one.asked_by_id == batch.asked_by_id]
    return [one for one in same if one.run == batch.run and one.pk != batch.pk]


def _read(batch: Batch, actor: Actor, now: datetime) -> ReadBatch:
    before = asked_before(batch, now)
    return ReadBatch(
        row=selectors.batch_row(batch, viewer=actor, now=now),
        before=tuple(selectors.batch_row(one, viewer=actor, now=now) for one in before),
        refusals=tuple(
            _refusal(answer, actor, earlier=one.pk != batch.pk)
            for one in (batch, *before)
            for answer in one.answers.all()
            if not answer.gave
        ),
    )


def _refusal(answer: BatchAnswer, actor: Actor, *, earlier: bool) -> BatchRefusal:
    words, fault = "", _CANNOT_READ
    for identity in actor.keys.identities(sorted(actor.roles)) if actor.keys else ():
        try:
            words = read_words(unlock(bytes(answer.words), identity), expected=answer.words_hash)
        except SealingError:
            continue
        except WrongState as refused:
            return BatchRefusal(selectors.seat_words(answer.seat), "", refused.reason, earlier)
        return BatchRefusal(selectors.seat_words(answer.seat), words, None, earlier)
    return BatchRefusal(selectors.seat_words(answer.seat), words, fault, earlier)


_CANNOT_READ = sentence("None of your keys opens this: it was sealed to others, or to an older key.")
