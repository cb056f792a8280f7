# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens what was asked and what was found, for a custodian; each opening is in the ledger first."""

from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.core.refusals import WrongState
from watchword.protection import rules, selectors
from watchword.protection.sealed import Question, found_in, question
from watchword.protection.selectors import EnquiryRow, FoundRow
from watchword.protection.services.looking import PURPOSE
from watchword.vault.opening import open_together


@dataclass(frozen=True)
class Heard:
    """An enquiry in words; lives as long as one answer to a page. ``found``: None before two have looked."""

    row: EnquiryRow
    question: Question
    found: tuple[FoundRow, ...] | None


def hear(*, enquiry_uid: str, actor: Actor, now: datetime) -> Heard:
    """What was asked, and once two have looked what they found."""
    enquiry = selectors.enquiry_of(enquiry_uid, viewer=actor)
    rules.check_may_read(actor, enquiry.facts())
    wanted = [one for one in (enquiry.record_id, enquiry.result_id) if one]
    opened = open_together(wanted, actor=actor, purpose=PURPOSE, now=now)
    result = _payload(opened[enquiry.result_id]) if enquiry.result_id else None
    return Heard(
        row=selectors.enquiry_row(enquiry, viewer=actor),
        question=question(_payload(opened[enquiry.record_id])),
        found=None if result is None else selectors.found_rows(found_in(result), viewer=actor),
    )


def _payload(opened: bytes | WrongState) -> bytes:
    if isinstance(opened, WrongState):
        raise opened
    return opened
