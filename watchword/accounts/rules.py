# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may do what at the Desk: roles, permissions and the law of granting them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal, Protocol

from watchword.core.ledger.assertion import Proof
from watchword.core.procedure.custody import SEATS
from watchword.core.refusals import NotPermitted, WrongState, permitted, sentence
from watchword.core.sealing.recipients import Identity

ADMINISTRATOR = "administrator"
AUDITOR = "auditor"
COURIER = "courier"
SCREENING = "screening"
CUSTODIANS = frozenset(SEATS)
"""The seats of custody: each is a role of one person, who reads shares and no case."""

CONTENT_ROLES = CUSTODIANS | {
    *("intake", "vetting", SCREENING, "examiner", "medical", "board", "training"),
    AUDITOR,
}
"""The roles that something about applicants is sealed to, decisions alone for auditors; each has a key."""

GRANTABLE_ROLES = CONTENT_ROLES | {ADMINISTRATOR}
FEWEST_ADMINISTRATORS = 2
MANDATES = (AUDITOR,)
LONGEST_MANDATE = timedelta(days=90)
SECLUDED_ROLES = CUSTODIANS | {ADMINISTRATOR, AUDITOR, SCREENING}
"""Roles held alone. Nobody watches himself, whoever reads names reads no story, and nobody has two seats."""

MOST_IN_A_SEAT = 2
"""The holder, and while the seat is handed over the successor."""


class Permission(StrEnum):
    """Everything that can be done at the Desk, as ``subject:verb``; a stored word is never used again."""

    ALIKE_COMPARE = "alike:compare"
    CALLSIGN_ISSUE = "callsign:issue"
    CARD_ISSUE = "card:issue"
    CASE_ASSIGN = "case:assign"
    CASE_JOIN = "case:join"
    CASE_LIST = "case:list"
    CASE_MESSAGE = "case:message"
    CASE_OPEN = "case:open"
    CASE_STAGE = "case:stage"
    CLONE_CONFIRM = "clone:confirm"
    CLONE_PROPOSE = "clone:propose"
    COMPROMISE_ANSWER = "compromise:answer"
    DECISION_COUNTERSIGN = "decision:countersign"
    DECISION_PROPOSE = "decision:propose"
    DECISION_VOTE = "decision:vote"
    DOSSIER_ASK = "dossier:ask"
    DOSSIER_SIGN = "dossier:sign"
    ENQUIRY_HEAR = "enquiry:hear"
    ENQUIRY_LOOK = "enquiry:look"
    ENQUIRY_TAKE = "enquiry:take"
    EVIDENCE_ADD = "evidence:add"
    EXPOSURE_READ = "exposure:read"
    FIGURES_READ = "figures:read"
    HONEY_SECOND = "honey:second"
    HONEY_WATCH = "honey:watch"
    LEDGER_READ = "ledger:read"
    MACHINE_READ = "machine:read"
    MATCH_READ = "match:read"
    NOTE_WRITE = "note:write"
    PARCEL_PULL = "parcel:pull"
    PARCEL_RECEIVE = "parcel:receive"
    RECOVERY_APPROVE = "recovery:approve"
    RELEASE_ANSWER = "release:answer"
    RELEASE_ASK = "release:ask"
    RELEASE_OPEN = "release:open"
    RESPLIT_PROPOSE = "resplit:propose"
    RESPLIT_RUN = "resplit:run"
    RETENTION_RUN = "retention:run"
    ROLE_GRANT = "role:grant"
    ROLE_REVOKE = "role:revoke"
    SCREENING_JUDGE = "screening:judge"
    SCREENING_RUN = "screening:run"
    SESSION_END = "session:end"
    STAFF_ENROL = "staff:enrol"
    STAFF_LEAVE = "staff:leave"
    STAFF_LIST = "staff:list"
    TASK_SET = "task:set"
    TIE_DECLARE = "tie:declare"


_P = Permission
_ON_A_CASE = frozenset(
    {
        _P.CASE_LIST,
        _P.CASE_OPEN,
        _P.CASE_STAGE,
        _P.LEDGER_READ,
        _P.NOTE_WRITE,
        _P.TASK_SET,
        _P.TIE_DECLARE,
    }
)
_ON_CLONES = frozenset({_P.CLONE_CONFIRM, _P.CLONE_PROPOSE})
# The ledger is where a custodian checks that a request was made before anybody answered it.
_CUSTODIAN = frozenset({_P.CALLSIGN_ISSUE, _P.COMPROMISE_ANSWER, _P.ENQUIRY_LOOK, _P.ENQUIRY_TAKE}) | {
    *(_P.LEDGER_READ, _P.RELEASE_ANSWER, _P.RELEASE_OPEN, _P.RESPLIT_RUN, _P.TIE_DECLARE),
}

ROLE_PERMISSIONS: Mapping[str, frozenset[Permission]] = {
    "intake": _ON_A_CASE
    | _ON_CLONES
    | {_P.CARD_ISSUE, _P.CASE_ASSIGN, _P.CASE_JOIN, _P.CASE_MESSAGE, _P.EVIDENCE_ADD, _P.PARCEL_PULL}
    | {_P.ALIKE_COMPARE, _P.ENQUIRY_TAKE, _P.MATCH_READ},
    "vetting": _ON_A_CASE
    | _ON_CLONES
    | {_P.CASE_ASSIGN, _P.CASE_JOIN, _P.CASE_MESSAGE, _P.DECISION_PROPOSE, _P.DOSSIER_ASK, _P.EVIDENCE_ADD}
    | {_P.ENQUIRY_HEAR, _P.MATCH_READ, _P.RELEASE_ASK, _P.RELEASE_OPEN},
    # Neither steps nor letters, and not the ledger: it reads names, and so it learns nothing else.
    SCREENING: frozenset({_P.CASE_LIST, _P.CASE_OPEN, _P.EVIDENCE_ADD, _P.MATCH_READ, _P.TIE_DECLARE})
    | {_P.RELEASE_ASK, _P.RELEASE_OPEN, _P.SCREENING_JUDGE, _P.SCREENING_RUN},
    "examiner": _ON_A_CASE | {_P.EVIDENCE_ADD},
    "medical": _ON_A_CASE | {_P.EVIDENCE_ADD},
    "board": _ON_A_CASE
    | {_P.DECISION_PROPOSE, _P.DECISION_VOTE, _P.DECISION_COUNTERSIGN, _P.EVIDENCE_ADD}
    | {_P.DOSSIER_ASK, _P.DOSSIER_SIGN, _P.FIGURES_READ},
    "training": _ON_A_CASE | {_P.EVIDENCE_ADD},
    AUDITOR: frozenset({_P.EXPOSURE_READ, _P.FIGURES_READ, _P.HONEY_WATCH, _P.LEDGER_READ, _P.STAFF_LIST}),
    ADMINISTRATOR: frozenset({_P.FIGURES_READ, _P.HONEY_SECOND, _P.LEDGER_READ, _P.MACHINE_READ})
    | {_P.RECOVERY_APPROVE, _P.RESPLIT_PROPOSE, _P.ROLE_GRANT, _P.ROLE_REVOKE}
    | {_P.SESSION_END, _P.STAFF_ENROL, _P.STAFF_LEAVE, _P.STAFF_LIST},
    COURIER: frozenset({_P.PARCEL_PULL, _P.PARCEL_RECEIVE, _P.RETENTION_RUN}),
    **dict.fromkeys(CUSTODIANS, _CUSTODIAN),
}
"""What each role allows; a role that is not named here allows nothing."""


class Keys(Protocol):
    """What an open session can do with key material, without ever showing it."""

    @property
    def session_public(self) -> bytes:
        """The Ed25519 public key of this session, 32 bytes."""

    @property
    def identity(self) -> Identity:
        """What is sealed to this person alone opens with it."""

    def sign(self, message: bytes) -> bytes:
        """The session's Ed25519 signature of ``message``, 64 bytes."""

    def step_of(self, code: str, at: datetime) -> int | None:
        """The half-minute whose one-time code this is; None when it is none of this person's."""

    def identities(self, roles: Iterable[str]) -> list[Identity]:
        """The identities of these roles, of every epoch still kept; a role without a copy gives none."""


@dataclass(frozen=True)
class Signer:
    """One person's session, as the journal needs it: a pseudonym, a public key, a signature."""

    id: str
    keys: Keys

    @property
    def session_public(self) -> bytes:
        """The public key under which this signer's entries verify."""
        return self.keys.session_public

    def sign(self, message: bytes) -> bytes:
        """Sign with the session's key."""
        return self.keys.sign(message)


@dataclass(frozen=True)
class Actor:
    """A member of staff, or the courier, doing something now; ``keys`` is None while locked."""

    id: str
    name: str
    roles: frozenset[str]
    keys: Keys | None = None
    proof: Proof | Literal["code"] | None = field(default=None, compare=False)
    """With what this person confirmed the act that they are about to do."""

    @property
    def permissions(self) -> frozenset[Permission]:
        """The union of what the roles allow."""
        return frozenset().union(*(ROLE_PERMISSIONS.get(role, frozenset()) for role in self.roles))

    def has(self, permission: Permission) -> bool:
        """Whether any of the roles allows this."""
        return permission in self.permissions

    @property
    def signer(self) -> Signer:
        """What signs this person's ledger entries; raises NotPermitted while the session is locked."""
        if self.keys is None:
            raise NotPermitted(sentence("Your keys are locked. Log in again to go on."))
        return Signer(self.id, self.keys)


def check_has(actor: Actor, permission: Permission) -> None:
    """Some role of this person allows it."""
    if not actor.has(permission):
        raise NotPermitted(sentence("Your role does not allow this."))


def check_roles_together(roles: Iterable[str]) -> None:
    """Known roles only; whoever administers, audits, screens or has a seat holds no other role (law 10)."""
    held = frozenset(roles)
    if held - GRANTABLE_ROLES:
        raise WrongState(sentence("There is no such role."))
    if held & SECLUDED_ROLES and len(held) > 1:
        raise WrongState(
            sentence("Whoever administers, audits, screens or is a custodian can hold no other role.")
        )


def check_somebody_else(actor: Actor, *, staff_id: str) -> None:
    """Nobody changes their own roles or ends their own service (law 10)."""
    if actor.id == staff_id:
        raise NotPermitted(
            sentence("Nobody changes their own roles or ends their own service. Another administrator must.")
        )


class Change(StrEnum):
    """What is asked for: a role, its withdrawal, or a look at a role that was taken away at once."""

    GRANT = "grant"
    REVOKE = "revoke"
    REVOKED = "revoked"


class State(StrEnum):
    """Where a proposal stands."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


@dataclass(frozen=True)
class RoleChange:
    """What the law asks about one proposal, and about the person and the proposer now.

    ``others`` counts who else holds the role.
    """

    change: Change
    staff_id: str
    role: str
    held: frozenset[str]
    proposed_by: str = ""
    proposer_administers: bool = True
    state: State = State.OPEN
    is_service: bool = False
    others: int = 0


_NEEDED = {
    Change.GRANT: Permission.ROLE_GRANT,
    Change.REVOKE: Permission.ROLE_REVOKE,
    Change.REVOKED: Permission.ROLE_REVOKE,
}


def check_may_propose(actor: Actor, wanted: RoleChange, *, waiting: bool) -> None:
    """An administrator asks for a change of somebody else's role, once (law 10)."""
    check_has(actor, _NEEDED[wanted.change])
    check_somebody_else(actor, staff_id=wanted.staff_id)
    _check_makes_sense(wanted)
    if waiting:
        raise WrongState(sentence("This waits for another administrator already."))


def check_may_confirm(actor: Actor, proposal: RoleChange) -> None:
    """Another administrator than who proposed, and not the person concerned, as matters stand now."""
    check_has(actor, _NEEDED[proposal.change])
    if proposal.state is not State.OPEN:
        raise WrongState(sentence("This proposal was settled already."))
    if actor.id == proposal.proposed_by:
        raise NotPermitted(sentence("You began this yourself; another administrator must look at it."))
    if actor.id == proposal.staff_id:
        raise NotPermitted(sentence("This is about your own role; another administrator must decide."))
    if proposal.change is not Change.REVOKED:
        if not proposal.proposer_administers:
            raise WrongState(
                sentence("Whoever proposed this is no administrator any more. Drop it, and propose it anew.")
            )
        _check_makes_sense(proposal)


def check_may_drop(actor: Actor, proposal: RoleChange) -> None:
    """Any administrator but the person concerned; what was taken away at once cannot be dropped."""
    check_has(actor, _NEEDED[proposal.change])
    check_somebody_else(actor, staff_id=proposal.staff_id)
    if proposal.state is not State.OPEN or proposal.change is Change.REVOKED:
        raise WrongState(sentence("This proposal was settled already."))


def mandate_until(role: str, asked: date | None, now: datetime) -> datetime | None:
    """When a role ends that is given now; None for those that last. A mandate ends as its day begins."""
    if role not in MANDATES:
        if asked is not None:
            raise WrongState(sentence("Only an auditor’s mandate has an end. Leave it empty for this role."))
        return None
    latest = (now + LONGEST_MANDATE).date()
    if not now.date() < (asked or latest) <= latest:
        raise WrongState(sentence("A mandate ends after today, and at the latest in ninety days."))
    return datetime.combine(asked or latest, time(), tzinfo=UTC)


def check_is_not_over(until: datetime | None, now: datetime) -> None:
    """A mandate that waited too long for a second administrator gives nothing."""
    if until is not None and until <= now:
        raise WrongState(sentence("This mandate would have ended already. Drop it, and propose it anew."))


def check_administrators_stay(roles: Iterable[str], *, administrators: int) -> None:
    """Two must stay: one alone could propose and nobody could confirm, for ever."""
    if ADMINISTRATOR in roles and administrators <= FEWEST_ADMINISTRATORS:
        raise WrongState(sentence("Two administrators must stay. Make somebody else an administrator first."))


def _check_makes_sense(wanted: RoleChange) -> None:
    if wanted.change is Change.GRANT:
        if wanted.role in MANDATES and wanted.role in wanted.held:
            # Issued anew before it ends.
            return
        if wanted.role in wanted.held:
            raise WrongState(sentence("This person holds this role already."))
        if wanted.is_service and wanted.role == COURIER:
            return
        check_roles_together({*wanted.held, wanted.role})
        if wanted.role in CUSTODIANS and wanted.others >= MOST_IN_A_SEAT:
            raise WrongState(
                sentence("This seat is being handed over. End that first: a seat is one person's.")
            )
    elif wanted.role not in wanted.held:
        raise WrongState(sentence("This person does not hold this role."))


def check_may_end(actor: Actor, *, staff_id: str) -> None:
    """An administrator ends somebody else's service."""
    check_has(actor, Permission.STAFF_LEAVE)
    check_somebody_else(actor, staff_id=staff_id)


def check_may_end_session(actor: Actor, *, staff_id: str) -> None:
    """One's own sessions and passkeys, or as an administrator anybody's: a device may be lost."""
    if staff_id != actor.id:
        check_has(actor, Permission.SESSION_END)


def check_may_approve_recovery(actor: Actor, *, staff_id: str, approved_by: str | None) -> None:
    """Two different administrators, and neither is the person concerned (never by one)."""
    check_has(actor, Permission.RECOVERY_APPROVE)
    if actor.id == staff_id:
        raise NotPermitted(sentence("This is your own recovery; two other administrators must approve it."))
    if actor.id == approved_by:
        raise NotPermitted(sentence("You approved this already; another administrator must, too."))


def check_may_stop_recovery(actor: Actor, *, staff_id: str) -> None:
    """Any administrator, and whoever it is about: perhaps it was not they who asked."""
    if staff_id != actor.id:
        check_has(actor, Permission.RECOVERY_APPROVE)


def check_may_hand_over(actor: Actor, *, role: str, receiver_roles: Iterable[str]) -> None:
    """A holder of the role hands its key to somebody who was granted the same role."""
    if role not in actor.roles:
        raise NotPermitted(sentence("Only somebody who holds this role can hand over its key."))
    if role not in receiver_roles:
        raise WrongState(sentence("This person was not granted this role."))


def check_may_make_key(actor: Actor, *, role: str, lets_in: Iterable[str]) -> None:
    """A holder who has the present key makes the next one; the first, anybody who was granted the role."""
    if role not in CONTENT_ROLES:
        raise WrongState(sentence("This role reads no case and has no key."))
    if role not in actor.roles:
        raise NotPermitted(sentence("Only somebody who holds this role can make its next key."))
    if actor.id not in lets_in:
        raise WrongState(sentence("You have no copy of this role's key yet yourself."))


def check_may_destroy_key(actor: Actor, *, role: str) -> None:
    """Who holds the role, or an administrator: destroying needs no key and reads nothing."""
    if role not in actor.roles and not actor.has(Permission.ROLE_REVOKE):
        raise NotPermitted(sentence("Your role does not allow this."))


may_hand_over = permitted(check_may_hand_over)
may_end_session = permitted(check_may_end_session)
