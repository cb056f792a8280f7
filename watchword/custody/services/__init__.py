# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes a release; each change and its ledger entry are one transaction."""

from watchword.custody.services.answering import give, refuse
from watchword.custody.services.asking import ask, break_glass
from watchword.custody.services.drafts import Draft, drawn_up, drawn_up_glass, request_of
from watchword.custody.services.ending import destroy_ended, end
from watchword.custody.services.outside import take_answer, take_request
from watchword.custody.services.reading import Read, Refusal, read, read_own
from watchword.custody.services.reviewing import review

__all__ = [
    "Draft",
    "Read",
    "Refusal",
    "ask",
    "break_glass",
    "destroy_ended",
    "drawn_up",
    "drawn_up_glass",
    "end",
    "give",
    "read",
    "read_own",
    "refuse",
    "request_of",
    "review",
    "take_answer",
    "take_request",
]
