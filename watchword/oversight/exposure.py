# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which acts teach somebody something about a case, and which of them nobody has read with their eyes."""

from collections.abc import Mapping
from enum import StrEnum

from watchword.core.procedure.custody import SEATS
from watchword.core.refusals import Sentence, sentence
from watchword.journal.events import Event
from watchword.vault import rules as vault


class How(StrEnum):
    """By what somebody learned of a case; what was only in their hands comes last."""

    OPENED = "opened"
    RELEASED = "released"
    TAKEN = "taken"
    WROTE = "wrote"
    SOUGHT = "sought"
    KNOWS = "knows"
    SHARE = "share"
    COMPARED = "compared"


UNREAD = frozenset({How.SHARE, How.COMPARED})
"""One share opens nothing, and what is compared is shown to nobody; a program of one's own could look."""

HOW: Mapping[Event, How] = {
    Event.COMPARTMENT_OPEN: How.OPENED,
    Event.IDENTITY_OPEN: How.RELEASED,
    Event.EXPORT_TAKE: How.TAKEN,
    # Whoever writes down an interview knows what was said in it.
    Event.SEAL_HASH: How.WROTE,
    # The matcher answers which cases share something, and of what kind.
    Event.MATCH_ASK: How.SOUGHT,
    Event.CASE_TIE: How.KNOWS,
}

TEACHES_NOTHING: frozenset[Event] = frozenset(
    {
        # Codes and counts of a case, and its place in the procedure: what was read for it, was opened for it.
        Event.ALIKE_COMPARE,
        Event.ALIKE_PART,
        Event.CALL_ANSWER,
        Event.CALL_TAKE,
        Event.CALLSIGN_DRAW,
        Event.CASE_ADDRESS,
        Event.CASE_JOIN,
        Event.CASE_JOIN_DROP,
        Event.CASE_JOIN_PROPOSE,
        Event.CASE_KEEPER,
        Event.CASE_OFFER,
        Event.CASE_OFFER_END,
        Event.CASE_STAGE,
        Event.CASE_VERSION,
        Event.CASE_VERSION_DROP,
        Event.CASE_VERSION_PROPOSE,
        Event.EXPORT,
        Event.EXPORT_ASK,
        Event.EXPORT_DROP,
        Event.SHRED,
        Event.SHRED_ASK,
        Event.SHRED_DROP,
        Event.TASK_END,
        Event.TASK_SET,
        # What was sealed for these is in the ledger by itself, as WROTE says.
        Event.CALLSIGN_ISSUE,
        Event.COMPARTMENT_WRITE,
        Event.CONDITION_REVIEW,
        Event.DECISION_PROPOSE,
        Event.DECISION_REFUSE_SECOND,
        Event.DECISION_SECOND,
        Event.DECISION_VOTE,
        Event.DECISION_WITHDRAW,
        Event.EVIDENCE_ADD,
        Event.IDENTITY_BATCH,
        Event.IDENTITY_BREAK,
        Event.IDENTITY_END,
        Event.IDENTITY_REFUSE,
        Event.IDENTITY_REQUEST,
        Event.IDENTITY_REVIEW,
        Event.IDENTITY_SHARE,
        Event.MATCH_JUDGE,
        Event.MATCH_SECOND,
        Event.MESSAGE_SEND,
        Event.NOTE_WRITE,
        Event.READ_BEYOND,
        Event.SCREENING_JUDGE,
        Event.SCREENING_RUN,
        Event.SCREENING_SECOND,
        # A program carries sealed bytes.
        Event.CASE_OPEN,
        Event.CASE_WITHDRAW,
        Event.COURIER_PUBLISH,
        Event.COURIER_PUSH,
        Event.DECISION_REPLY,
        Event.HEADER_REWRAP,
        Event.MESSAGE_RECEIVE,
        Event.SHRED_RULE,
        Event.SUBMIT_PULL,
        # No case at all.
        Event.CARD_ANSWER,
        Event.CARD_ISSUE,
        Event.CLONE_CONFIRM,
        Event.CLONE_DROP,
        Event.CLONE_PROPOSE,
        Event.ENQUIRY_ASK,
        Event.ENQUIRY_END,
        Event.ENQUIRY_LOOK,
        Event.ENQUIRY_TAKE,
        Event.EXPOSURE_LIST,
        Event.KEY_DESTROY,
        Event.KEY_EPOCH,
        Event.KEY_SHARE,
        Event.LOG_OPEN,
        Event.MANIFEST_PUBLISH,
        Event.PAD,
        Event.PASSKEY_ADD,
        Event.PASSKEY_REVOKE,
        Event.RECOVERY_APPROVE,
        Event.RECOVERY_SECOND,
        Event.RECOVERY_STOP,
        Event.RESPLIT_CONFIRM,
        Event.RESPLIT_DROP,
        Event.RESPLIT_END,
        Event.RESPLIT_PROPOSE,
        Event.ROLE_DROP,
        Event.ROLE_GRANT,
        Event.ROLE_PROPOSE,
        Event.ROLE_PROPOSE_REVOKE,
        Event.ROLE_REVOKE,
        Event.ROLE_REVOKE_NOW,
        Event.ROLE_REVOKE_SECOND,
        Event.SESSION_CLOSE,
        Event.SESSION_END,
        Event.SESSION_OPEN,
        Event.STAFF_ENROL,
        Event.STAFF_LEAVE,
        Event.STAFF_RENEW,
        Event.WATCH_WRITE,
    }
)
"""Everything else, each by name: an act that is new stands in neither list, and a test asks why."""

WORDS: Mapping[How, Sentence] = {
    How.OPENED: sentence("opened"),
    How.RELEASED: sentence("opened, as custodians released it"),
    How.TAKEN: sentence("taken out on paper"),
    How.WROTE: sentence("wrote in it"),
    How.SOUGHT: sentence("looked for other applications by the same person"),
    How.KNOWS: sentence("declared a tie: knows the applicant"),
    How.SHARE: sentence("a share of what is in custody"),
    How.COMPARED: sentence("compared by the program"),
}


def how_of(event: Event, *, compartment: str, purpose: str) -> How:
    """By what this act taught something; it is one of ``HOW``."""
    if event is Event.COMPARTMENT_OPEN and compartment in SEATS:
        return How.SHARE
    if purpose in vault.UNREAD:
        return How.COMPARED
    return HOW[event]
