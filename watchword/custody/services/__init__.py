# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes a release; each change and its ledger entry are one transaction."""

from watchword.custody.services.answering import give, refuse
from watchword.custody.services.asking import ask, break_glass
from watchword.custody.services.batch_answers import give_batch, refuse_batch
from watchword.custody.services.batch_drafts import (
    BatchDraft,
    batch_carried,
    batch_request_of,
    carried_batch,
    draw_up_batch,
)
from watchword.custody.services.batch_reading import ReadBatch, read_batch, read_own_batch
from watchword.custody.services.batches import ask_batch
from watchword.custody.services.drafts import Draft, drawn_up, drawn_up_glass, request_of
from watchword.custody.services.ending import destroy_ended, end, end_batch
from watchword.custody.services.outside import take_answer, take_request
from watchword.custody.services.outside_batches import take_batch, take_batch_answer
from watchword.custody.services.reading import Read, Refusal, read, read_own
from watchword.custody.services.resplit_batches import draw_up_resplit
from watchword.custody.services.resplits import confirm_resplit, drop_resplit, end_resplit, propose_resplit
from watchword.custody.services.reviewing import review

__all__ = [
    "BatchDraft",
    "Draft",
    "Read",
    "ReadBatch",
    "Refusal",
    "ask",
    "ask_batch",
    "batch_carried",
    "batch_request_of",
    "break_glass",
    "carried_batch",
    "confirm_resplit",
    "destroy_ended",
    "draw_up_batch",
    "draw_up_resplit",
    "drawn_up",
    "drawn_up_glass",
    "drop_resplit",
    "end",
    "end_batch",
    "end_resplit",
    "give",
    "give_batch",
    "propose_resplit",
    "read",
    "read_batch",
    "read_own",
    "read_own_batch",
    "refuse",
    "refuse_batch",
    "request_of",
    "review",
    "take_answer",
    "take_batch",
    "take_batch_answer",
    "take_request",
]
