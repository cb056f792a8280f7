# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be recorded: each act, the public facts it may carry, and whose signature counts for it.

``pub`` is the only part of an entry that outsiders read. Every field of it has a shape that a name, an
address or a sentence cannot take, so that no personal data can enter the log by any caller's mistake.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from types import MappingProxyType

from watchword.core.ledger.canonical import JSON
from watchword.core.ledger.errors import Malformed

ADMINISTRATOR = "administrator"
MANDATES = frozenset({"auditor"})
"""Roles that are given until a minute and no longer."""
LONGEST_MANDATE = 90 * 24 * 60
"""Minutes."""
SEATS = tuple(f"custodian-{seat}" for seat in range(1, 17))
"""The roles of the custodians, in their order."""
PERSON = re.compile(r"[0-9a-f][0-9a-f-]{14,34}[0-9a-f]")
_KEY = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")
_CODE = re.compile(r"[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*")
_LONGEST_CODE = 40
_LARGEST_COUNT = 2**53 - 1


class Act(StrEnum):
    """Every act that an entry may record, ``subject.verb``; a stored one never changes its meaning."""

    ALIKE_COMPARE = "alike.compare"
    ALIKE_PART = "alike.part"
    CALL_ANSWER = "call.answer"
    CALL_TAKE = "call.take"
    CALLSIGN_DRAW = "callsign.draw"
    CALLSIGN_ISSUE = "callsign.issue"
    CARD_ANSWER = "card.answer"
    CARD_ISSUE = "card.issue"
    CASE_ADDRESS = "case.address"
    CASE_JOIN = "case.join"
    CASE_JOIN_DROP = "case.join-drop"
    CASE_JOIN_PROPOSE = "case.join-propose"
    CASE_KEEPER = "case.keeper"
    CASE_OFFER = "case.offer"
    CASE_OFFER_END = "case.offer-end"
    CASE_OPEN = "case.open"
    CASE_STAGE = "case.stage"
    CASE_TIE = "case.tie"
    CASE_VERSION = "case.version"
    CASE_VERSION_DROP = "case.version-drop"
    CASE_VERSION_PROPOSE = "case.version-propose"
    CASE_WITHDRAW = "case.withdraw"
    CLONE_CONFIRM = "clone.confirm"
    CLONE_DROP = "clone.drop"
    CLONE_PROPOSE = "clone.propose"
    COMPARTMENT_OPEN = "compartment.open"
    COMPARTMENT_WRITE = "compartment.write"
    CONDITION_REVIEW = "condition.review"
    COURIER_PUBLISH = "courier.publish"
    COURIER_PUSH = "courier.push"
    DECISION_PROPOSE = "decision.propose"
    DECISION_REFUSE_SECOND = "decision.refuse-second"
    DECISION_REPLY = "decision.reply"
    DECISION_SECOND = "decision.second"
    DECISION_VOTE = "decision.vote"
    DECISION_WITHDRAW = "decision.withdraw"
    ENQUIRY_ASK = "enquiry.ask"
    ENQUIRY_END = "enquiry.end"
    ENQUIRY_LOOK = "enquiry.look"
    ENQUIRY_TAKE = "enquiry.take"
    EVIDENCE_ADD = "evidence.add"
    EXPORT = "export"
    EXPORT_ASK = "export.ask"
    EXPORT_DROP = "export.drop"
    EXPORT_TAKE = "export.take"
    EXPOSURE_LIST = "exposure.list"
    HEADER_REWRAP = "header.rewrap"
    IDENTITY_BATCH = "identity.batch"
    IDENTITY_BREAK = "identity.break"
    IDENTITY_END = "identity.end"
    IDENTITY_OPEN = "identity.open"
    IDENTITY_REFUSE = "identity.refuse"
    IDENTITY_REQUEST = "identity.request"
    IDENTITY_REVIEW = "identity.review"
    IDENTITY_SHARE = "identity.share"
    KEY_DESTROY = "key.destroy"
    KEY_EPOCH = "key.epoch"
    KEY_SHARE = "key.share"
    LOG_OPEN = "log.open"
    MANIFEST_PUBLISH = "manifest.publish"
    MATCH_ASK = "match.ask"
    MATCH_JUDGE = "match.judge"
    MATCH_SECOND = "match.second"
    MESSAGE_RECEIVE = "message.receive"
    MESSAGE_SEND = "message.send"
    NOTE_WRITE = "note.write"
    PAD = "pad"
    PASSKEY_ADD = "passkey.add"
    PASSKEY_REVOKE = "passkey.revoke"
    READ_BEYOND = "read.beyond"
    RECOVERY_APPROVE = "recovery.approve"
    RECOVERY_SECOND = "recovery.second"
    RECOVERY_STOP = "recovery.stop"
    RESPLIT_CONFIRM = "resplit.confirm"
    RESPLIT_DROP = "resplit.drop"
    RESPLIT_END = "resplit.end"
    RESPLIT_PROPOSE = "resplit.propose"
    ROLE_DROP = "role.drop"
    ROLE_GRANT = "role.grant"
    ROLE_PROPOSE = "role.propose"
    ROLE_PROPOSE_REVOKE = "role.propose-revoke"
    ROLE_REVOKE = "role.revoke"
    ROLE_REVOKE_NOW = "role.revoke-now"
    ROLE_REVOKE_SECOND = "role.revoke-second"
    SCREENING_JUDGE = "screening.judge"
    SCREENING_RUN = "screening.run"
    SCREENING_SECOND = "screening.second"
    SEAL_HASH = "seal.hash"
    SESSION_CLOSE = "session.close"
    SESSION_END = "session.end"
    SESSION_OPEN = "session.open"
    SHRED = "shred"
    SHRED_ASK = "shred.ask"
    SHRED_DROP = "shred.drop"
    SHRED_RULE = "shred.rule"
    STAFF_ENROL = "staff.enrol"
    STAFF_LEAVE = "staff.leave"
    STAFF_RENEW = "staff.renew"
    SUBMIT_PULL = "submit.pull"
    TASK_END = "task.end"
    TASK_SET = "task.set"
    WATCH_WRITE = "watch.write"


class Shape(Enum):
    """The forms a public fact may take; none of them can hold a word about a person."""

    KEY = "32 bytes in base64url"
    PERSON = "a pseudonym: 16 to 36 hexadecimal digits and hyphens"
    CODE = "a code of at most 40 lower-case letters, digits and single - _ ."
    COUNT = "a whole number from 0"

    def fits(self, value: JSON) -> bool:
        """Whether ``value`` has this shape."""
        if self is Shape.COUNT:
            return type(value) is int and 0 <= value <= _LARGEST_COUNT
        if not isinstance(value, str):
            return False
        if self is Shape.CODE:
            return len(value) <= _LONGEST_CODE and _CODE.fullmatch(value) is not None
        return (_KEY if self is Shape.KEY else PERSON).fullmatch(value) is not None


class Signer(Enum):
    """Which key of the actor must have signed."""

    SESSION = "a session key that the actor opened"
    PERSON = "the long-term key under which the actor is enrolled"
    CLAIM = "the key of a recovery of the actor's own, which two others approved"


@dataclass(frozen=True, slots=True)
class ActRule:
    """What one act may say in public and whose signature counts.

    ``perhaps``: what it may say besides. ``roles``: the actor must hold one of them when acting; empty means
    that any enrolled person may.
    ``answers``: the act that another person must have done before, on the same case, with the same action.
    ``fresh``: the actor confirmed this very act, by a passkey or a one-time code. ``by_passkey``: where the
    actor did it with a passkey, its assertion stands beside the signature.
    """

    public: Mapping[str, Shape] = field(default_factory=dict)
    perhaps: Mapping[str, Shape] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    signer: Signer = Signer.SESSION
    answers: Act | None = None
    fresh: bool = False
    by_passkey: bool = False


_ADMINISTRATORS = frozenset({ADMINISTRATOR})
_ACTION = {"action": Shape.KEY}
_CUSTODIANS = frozenset(SEATS)
_RELEASE = {**_ACTION, "recipient_hash": Shape.KEY, "needed": Shape.COUNT, "seats": Shape.COUNT}
_BATCH = {**_RELEASE, "cases": Shape.COUNT, "until": Shape.COUNT}
_RESPLIT = {**_ACTION, "distrusted": Shape.COUNT}
_STAFF_KEY = {"staff": Shape.PERSON, "key": Shape.KEY}
_STAFF_ROLE = {"staff": Shape.PERSON, "role": Shape.CODE}
_PUBLIC: Mapping[Act, Mapping[str, Shape]] = {
    Act.KEY_DESTROY: {"role": Shape.CODE, "epoch": Shape.COUNT},
    Act.KEY_EPOCH: {"role": Shape.CODE, "epoch": Shape.COUNT, "recipient_hash": Shape.KEY},
    Act.KEY_SHARE: _STAFF_ROLE,
    Act.LOG_OPEN: {"origin_hash": Shape.KEY, "key": Shape.KEY},
    Act.MANIFEST_PUBLISH: {"sha256": Shape.KEY, "version": Shape.COUNT},
    Act.ROLE_DROP: _STAFF_ROLE,
    Act.ROLE_GRANT: _STAFF_ROLE,
    Act.ROLE_PROPOSE: _STAFF_ROLE,
    Act.ROLE_PROPOSE_REVOKE: _STAFF_ROLE,
    Act.ROLE_REVOKE: _STAFF_ROLE,
    Act.ROLE_REVOKE_NOW: _STAFF_ROLE,
    Act.ROLE_REVOKE_SECOND: _STAFF_ROLE,
    Act.PASSKEY_ADD: {"credential": Shape.KEY, "site": Shape.KEY, "x": Shape.KEY, "y": Shape.KEY},
    Act.PASSKEY_REVOKE: {"staff": Shape.PERSON, "credential": Shape.KEY},
    Act.SESSION_END: {"staff": Shape.PERSON, "key": Shape.KEY},
    Act.SEAL_HASH: {"sha256": Shape.KEY, "compartment": Shape.CODE, "revision": Shape.COUNT},
    Act.SESSION_OPEN: {"key": Shape.KEY, "until": Shape.COUNT},
    Act.STAFF_ENROL: {"staff": Shape.PERSON, "key": Shape.KEY},
    Act.STAFF_LEAVE: {"staff": Shape.PERSON},
    Act.CASE_JOIN: _ACTION,
    Act.CASE_JOIN_DROP: _ACTION,
    Act.CASE_JOIN_PROPOSE: _ACTION,
    Act.STAFF_RENEW: _STAFF_KEY,
    Act.RECOVERY_APPROVE: _STAFF_KEY,
    Act.RECOVERY_SECOND: _STAFF_KEY,
    Act.RECOVERY_STOP: _STAFF_KEY,
    Act.CLONE_CONFIRM: _ACTION,
    Act.CLONE_DROP: _ACTION,
    Act.CLONE_PROPOSE: _ACTION,
    Act.DECISION_PROPOSE: _ACTION,
    Act.DECISION_REFUSE_SECOND: _ACTION,
    Act.DECISION_SECOND: _ACTION,
    Act.DECISION_VOTE: _ACTION,
    Act.DECISION_WITHDRAW: _ACTION,
    Act.ENQUIRY_ASK: _ACTION,
    Act.ENQUIRY_LOOK: _ACTION,
    Act.IDENTITY_BATCH: _BATCH,
    Act.IDENTITY_BREAK: _RELEASE,
    Act.IDENTITY_END: _ACTION,
    Act.IDENTITY_OPEN: _ACTION,
    Act.IDENTITY_REFUSE: _ACTION,
    Act.IDENTITY_REQUEST: _RELEASE,
    Act.IDENTITY_REVIEW: _ACTION,
    Act.IDENTITY_SHARE: _ACTION,
    Act.MATCH_JUDGE: _ACTION,
    Act.MATCH_SECOND: _ACTION,
    Act.RESPLIT_CONFIRM: _RESPLIT,
    Act.RESPLIT_DROP: _ACTION,
    Act.RESPLIT_END: _ACTION,
    Act.RESPLIT_PROPOSE: _RESPLIT,
    Act.SCREENING_JUDGE: _ACTION,
    Act.SCREENING_SECOND: _ACTION,
    Act.EXPORT: _ACTION,
    Act.EXPORT_ASK: _ACTION,
    Act.EXPORT_DROP: _ACTION,
    Act.EXPORT_TAKE: _ACTION,
    Act.EXPOSURE_LIST: {"staff": Shape.PERSON},
    Act.SHRED: _ACTION,
    Act.SHRED_ASK: _ACTION,
    Act.SHRED_DROP: _ACTION,
    Act.SHRED_RULE: _ACTION,
}
_ROLES: Mapping[Act, frozenset[str]] = {
    Act.RECOVERY_APPROVE: _ADMINISTRATORS,
    Act.RECOVERY_SECOND: _ADMINISTRATORS,
    Act.LOG_OPEN: _ADMINISTRATORS,
    Act.RESPLIT_CONFIRM: _ADMINISTRATORS,
    Act.RESPLIT_DROP: _ADMINISTRATORS,
    Act.RESPLIT_END: _ADMINISTRATORS,
    Act.RESPLIT_PROPOSE: _ADMINISTRATORS,
    Act.MANIFEST_PUBLISH: _ADMINISTRATORS,
    Act.ROLE_DROP: _ADMINISTRATORS,
    Act.ROLE_GRANT: _ADMINISTRATORS,
    Act.ROLE_PROPOSE: _ADMINISTRATORS,
    Act.ROLE_PROPOSE_REVOKE: _ADMINISTRATORS,
    Act.ROLE_REVOKE: _ADMINISTRATORS,
    Act.ROLE_REVOKE_NOW: _ADMINISTRATORS,
    Act.ROLE_REVOKE_SECOND: _ADMINISTRATORS,
    Act.STAFF_ENROL: _ADMINISTRATORS,
    Act.STAFF_LEAVE: _ADMINISTRATORS,
    Act.ALIKE_COMPARE: frozenset({"intake"}),
    Act.ALIKE_PART: frozenset({"intake"}),
    Act.CALLSIGN_DRAW: _CUSTODIANS,
    Act.CALLSIGN_ISSUE: _CUSTODIANS,
    Act.DECISION_REFUSE_SECOND: frozenset({"board"}),
    Act.DECISION_SECOND: frozenset({"board"}),
    Act.DECISION_VOTE: frozenset({"board"}),
    Act.ENQUIRY_ASK: _CUSTODIANS,
    Act.ENQUIRY_LOOK: _CUSTODIANS,
    Act.EXPOSURE_LIST: MANDATES,
    Act.IDENTITY_BREAK: _CUSTODIANS,
    Act.IDENTITY_REFUSE: _CUSTODIANS,
    Act.IDENTITY_REVIEW: _CUSTODIANS,
    Act.IDENTITY_SHARE: _CUSTODIANS,
    Act.MATCH_ASK: frozenset({"screening"}),
    Act.MATCH_JUDGE: frozenset({"screening"}),
    Act.MATCH_SECOND: frozenset({"screening"}),
    Act.SCREENING_JUDGE: frozenset({"screening"}),
    Act.SCREENING_RUN: frozenset({"screening"}),
    Act.SCREENING_SECOND: frozenset({"screening"}),
    # The Desk's own program: a person erases by hand, and is asked to confirm it.
    Act.SHRED_RULE: frozenset({"courier"}),
    # Always the same words, whatever was written: which case is invented, the ledger must not tell.
    Act.WATCH_WRITE: _ADMINISTRATORS | MANDATES,
}
_ANSWERS: Mapping[Act, Act] = {
    Act.CASE_JOIN: Act.CASE_JOIN_PROPOSE,
    Act.CLONE_CONFIRM: Act.CLONE_PROPOSE,
    Act.DECISION_REFUSE_SECOND: Act.DECISION_PROPOSE,
    Act.DECISION_SECOND: Act.DECISION_PROPOSE,
    Act.ENQUIRY_LOOK: Act.ENQUIRY_ASK,
    Act.EXPORT: Act.EXPORT_ASK,
    Act.EXPORT_TAKE: Act.EXPORT,
    Act.MATCH_SECOND: Act.MATCH_JUDGE,
    Act.RESPLIT_CONFIRM: Act.RESPLIT_PROPOSE,
    Act.SCREENING_SECOND: Act.SCREENING_JUDGE,
    Act.SHRED: Act.SHRED_ASK,
}

_FRESH = frozenset(
    {
        Act.DECISION_SECOND,
        Act.ENQUIRY_LOOK,
        Act.EXPORT,
        Act.IDENTITY_BATCH,
        Act.IDENTITY_BREAK,
        Act.IDENTITY_REFUSE,
        Act.IDENTITY_REQUEST,
        Act.IDENTITY_REVIEW,
        Act.IDENTITY_SHARE,
        Act.RECOVERY_APPROVE,
        Act.RECOVERY_SECOND,
        Act.RESPLIT_CONFIRM,
        Act.ROLE_GRANT,
        Act.SHRED,
    }
)
_SIGNERS = {
    Act.LOG_OPEN: Signer.PERSON,
    Act.PASSKEY_ADD: Signer.PERSON,
    Act.SESSION_OPEN: Signer.PERSON,
    Act.STAFF_RENEW: Signer.CLAIM,
}

_PERHAPS: Mapping[Act, Mapping[str, Shape]] = {
    Act.IDENTITY_BATCH: {"ceremony": Shape.KEY},
    Act.ROLE_GRANT: {"until": Shape.COUNT},
    Act.ROLE_PROPOSE: {"until": Shape.COUNT},
}

RULES: Mapping[Act, ActRule] = MappingProxyType(
    {
        act: ActRule(
            public=MappingProxyType(dict(_PUBLIC.get(act, {}))),
            perhaps=MappingProxyType(dict(_PERHAPS.get(act, {}))),
            roles=_ROLES.get(act, frozenset()),
            signer=_SIGNERS.get(act, Signer.SESSION),
            answers=_ANSWERS.get(act),
            fresh=act in _FRESH,
            by_passkey=act is Act.SESSION_OPEN,
        )
        for act in Act
    }
)


def check_public(act: Act, public: Mapping[str, JSON]) -> None:
    """Malformed unless ``public`` has exactly the fields of ``act``, each in its shape."""
    shapes, perhaps = RULES[act].public, RULES[act].perhaps
    if public.keys() - perhaps.keys() != shapes.keys():
        expected = ", ".join(sorted(shapes)) or "nothing"
        raise Malformed(f"{act} makes public {expected}, no more and no less")
    for name, value in public.items():
        shape = shapes.get(name) or perhaps[name]
        if not shape.fits(value):
            raise Malformed(f"{name} of {act} must be {shape.value}")
