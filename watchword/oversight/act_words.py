# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each act of the ledger is in words, for whoever reads the ledger and not its specification."""

from collections.abc import Mapping

from watchword.core.refusals import Sentence, sentence
from watchword.journal.events import Event

WORDS: Mapping[Event, Sentence] = {
    Event.CASE_ADDRESS: sentence("Learned the address of a mailbox"),
    Event.CASE_KEEPER: sentence("Gave a case to somebody"),
    Event.CASE_OPEN: sentence("Opened a case for a new application"),
    Event.CASE_STAGE: sentence("Moved a case to another stage"),
    Event.CASE_TIE: sentence("Declared a tie to an applicant"),
    Event.CASE_WITHDRAW: sentence("Took in a withdrawal"),
    Event.CALL_ANSWER: sentence("Answered a call of the applicant"),
    Event.CALL_TAKE: sentence("Took a call of the applicant"),
    Event.COMPARTMENT_OPEN: sentence("Opened a sealed record"),
    Event.COMPARTMENT_WRITE: sentence("Wrote a sealed record"),
    Event.COURIER_PUSH: sentence("Delivered a letter to the Gate"),
    Event.DECISION_PROPOSE: sentence("Proposed a decision"),
    Event.DECISION_REFUSE_SECOND: sentence("Returned a decision unsigned"),
    Event.DECISION_REPLY: sentence("Took in an answer to a decision"),
    Event.DECISION_SECOND: sentence("Countersigned a decision"),
    Event.DECISION_VOTE: sentence("Voted on a decision"),
    Event.DECISION_WITHDRAW: sentence("Withdrew a proposal"),
    Event.EVIDENCE_ADD: sentence("Recorded evidence"),
    Event.EXPORT: sentence("Took something out of the Desk"),
    Event.HEADER_REWRAP: sentence("Sealed a record to a new key"),
    Event.IDENTITY_OPEN: sentence("Opened an identity"),
    Event.IDENTITY_REQUEST: sentence("Asked for an identity"),
    Event.IDENTITY_SHARE: sentence("Gave a share of an identity’s key"),
    Event.KEY_EPOCH: sentence("Made a key for a role"),
    Event.LOG_OPEN: sentence("Began this ledger"),
    Event.MANIFEST_PUBLISH: sentence("Published the list of keys"),
    Event.MESSAGE_RECEIVE: sentence("Took in a letter of an applicant"),
    Event.MESSAGE_SEND: sentence("Sent a letter to an applicant"),
    Event.PAD: sentence("Filled a gap; nothing happened"),
    Event.ROLE_GRANT: sentence("Granted a role"),
    Event.ROLE_REVOKE: sentence("Revoked a role"),
    Event.SCREENING_JUDGE: sentence("Judged a hit of screening"),
    Event.SCREENING_RUN: sentence("Compared an applicant with the lists"),
    Event.SCREENING_SECOND: sentence("Looked at a hit as the second person"),
    Event.SEAL_HASH: sentence("Stored a sealed record"),
    Event.SESSION_CLOSE: sentence("Logged out"),
    Event.SESSION_OPEN: sentence("Logged in"),
    Event.SHRED: sentence("Destroyed a record"),
    Event.STAFF_ENROL: sentence("Enrolled somebody"),
    Event.STAFF_LEAVE: sentence("Ended somebody’s service"),
    Event.SUBMIT_PULL: sentence("Fetched a parcel from the Gate"),
}
