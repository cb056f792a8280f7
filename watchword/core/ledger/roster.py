# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may sign what, as the log itself recorded it: enrolment, roles, sessions, and the two-person rule.

An audit feeds every entry through a Roster in order. Whatever an entry claims, it has an effect here
(a role, a session) only when whoever signed it had the right to it at that point of the log.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from watchword.core.ledger.acts import ADMINISTRATOR, RULES, Act, Signer
from watchword.core.ledger.devices import ACTS as DEVICES
from watchword.core.ledger.devices import Devices, not_another
from watchword.core.ledger.entry import Statement
from watchword.core.ledger.findings import Fault, Finding
from watchword.core.ledger.recoveries import ACTS as RECOVERIES
from watchword.core.ledger.recoveries import Recoveries
from watchword.core.ledger.releases import ACTS as RELEASES
from watchword.core.ledger.releases import Releases
from watchword.core.ledger.resplits import ACTS as RESPLITS
from watchword.core.ledger.role_changes import ACTS as ROLE_CHANGES
from watchword.core.ledger.role_changes import RoleChanges, ends
from watchword.core.ledger.seconds import ACTS as SECONDS
from watchword.core.ledger.seconds import Seconds, action
from watchword.core.ledger.spelling import from_base64url


@dataclass(slots=True)
class Person:
    """Someone enrolled: the long-term key, the roles held now, whether they have left."""

    key: bytes
    roles: set[str] = field(default_factory=set)
    left: bool = False
    mandates: dict[str, int] = field(default_factory=dict)
    """Of the roles, those that end by themselves, with the minute."""

    def at(self, minute: int) -> None:
        """Let go of what has ended by then."""
        self.roles -= {role for role, until in self.mandates.items() if minute >= until}


@dataclass(slots=True)
class Session:
    """A session key, whose it is, and the minute after which nothing it signs counts."""

    actor: str
    until: int
    closed: bool = False


@dataclass(slots=True)
class Roster:
    """The state of an organisation's rights after the entries taken so far."""

    origin: str
    founders: frozenset[bytes] = frozenset()
    people: dict[str, Person] = field(default_factory=dict)
    sessions: dict[bytes, Session] = field(default_factory=dict)
    devices: Devices = field(default_factory=Devices)
    recoveries: Recoveries = field(default_factory=Recoveries)
    seconds: Seconds = field(default_factory=Seconds)
    releases: Releases = field(default_factory=Releases)
    _newest: dict[str, bytes] = field(default_factory=dict)
    _nonces: set[bytes] = field(default_factory=set)
    _votes: set[tuple[str, bytes, str]] = field(default_factory=set)
    _changes: RoleChanges = field(default_factory=RoleChanges)

    def take(self, index: int, statement: Statement, leaf: bytes) -> list[Finding]:
        """Judge the next entry, whose leaf hash is ``leaf``, and let it take effect if it may."""
        faults = list(self._order(statement))
        self._nonces.add(statement.nonce)
        self._newest[statement.actor] = leaf
        objections = list(self._objections(index, statement))
        if not objections:
            self._apply(statement)
        return [Finding(fault, index, sentence) for fault, sentence in faults + objections]

    def _order(self, statement: Statement) -> Iterator[tuple[Fault, str]]:
        if statement.nonce in self._nonces:
            yield Fault.ENTRY_REPLAYED, "an entry with the same nonce is in the log already"
        if statement.previous != self._newest.get(statement.actor, b""):
            yield (
                Fault.CHAIN_BROKEN,
                f"{statement.actor} names another previous entry than the one in the log: one is missing",
            )

    def _objections(self, index: int, statement: Statement) -> Iterator[tuple[Fault, str]]:
        if (index == 0) != (statement.act is Act.LOG_OPEN):
            yield Fault.LOG_UNOPENED, "log.open is the first entry of a log, and no other"
            return
        if statement.act is Act.LOG_OPEN:
            yield from self._opening(statement)
            return
        person = self.people.get(statement.actor)
        if person is None:
            yield Fault.STAFF_UNKNOWN, f"{statement.actor} was never enrolled"
            return
        person.at(statement.at)
        if person.left:
            yield Fault.STAFF_LEFT, f"{statement.actor} had left before"
        yield from self._key(statement, person)
        needed = RULES[statement.act].roles
        if needed and not needed & person.roles:
            roles = " or ".join(sorted(needed))
            yield Fault.ROLE_MISSING, f"{statement.actor} did not hold the role {roles} at this point"
        yield from self.devices.unconfirmed(statement)
        check = _CHECKS.get(statement.act)
        if check:
            yield from check(self, statement)

    def _opening(self, statement: Statement) -> Iterator[tuple[Fault, str]]:
        if statement.session != _bytes(statement, "key"):
            yield Fault.SESSION_UNKNOWN, "log.open must be signed by the key that it enrols"
        if _bytes(statement, "origin_hash") != hashlib.sha256(self.origin.encode()).digest():
            yield Fault.LOG_UNOPENED, "log.open speaks of another log"
        if self.founders and statement.session not in self.founders:
            yield Fault.FOUNDER_UNKNOWN, "the log was opened by somebody else than the founder you trust"

    def _key(self, statement: Statement, person: Person) -> Iterator[tuple[Fault, str]]:
        if RULES[statement.act].signer is Signer.PERSON:
            if statement.session != person.key:
                yield (
                    Fault.SESSION_UNKNOWN,
                    f"{statement.act} must be signed by the enrolled key of {statement.actor}",
                )
            return
        if RULES[statement.act].signer is Signer.CLAIM:
            return  # Recoveries knows which key that is.
        session = self.sessions.get(statement.session)
        if session is None or session.actor != statement.actor:
            yield Fault.SESSION_UNKNOWN, f"{statement.actor} never opened a session with the key that signed"
        elif session.closed:
            yield Fault.SESSION_CLOSED, f"{statement.actor} had closed the session that signed"
        elif statement.at > session.until:
            yield Fault.SESSION_EXPIRED, f"the session of {statement.actor} that signed had run out"

    def _enrolment(self, statement: Statement) -> Iterator[tuple[Fault, str]]:
        if statement.public["staff"] in self.people:
            yield (
                Fault.STAFF_TWICE,
                f"{statement.public['staff']} is enrolled already, with another key perhaps",
            )

    def _role_change(self, statement: Statement) -> Iterator[tuple[Fault, str]]:
        administrators = {
            actor for actor, one in self.people.items() if ADMINISTRATOR in one.roles and not one.left
        }
        yield from self._changes.objections(statement, administrators)
        yield from self._about_staff(statement)

    def _holds(self, statement: Statement) -> Iterator[tuple[Fault, str]]:
        """Only who holds a role has its key, and so only they can make the next one or hand it on."""
        role = cast("str", statement.public["role"])
        if role not in self.people[statement.actor].roles:
            yield Fault.ROLE_MISSING, f"{statement.actor} did not hold the role {role} at this point"

    def _about_staff(self, statement: Statement) -> Iterator[tuple[Fault, str]]:
        if statement.public["staff"] not in self.people:
            yield Fault.STAFF_UNKNOWN, f"{statement.public['staff']} was never enrolled"

    def _session(self, statement: Statement) -> Iterator[tuple[Fault, str]]:
        if _bytes(statement, "key") in self.sessions:
            yield Fault.SESSION_REUSED, "this session key was opened before"

    def _device(self, statement: Statement) -> Iterator[tuple[Fault, str]]:
        yield from self.devices.objections(statement, self.people[statement.actor].roles)

    def _recovery(self, statement: Statement) -> Iterator[tuple[Fault, str]]:
        yield from self._about_staff(statement)
        if statement.act is Act.STAFF_RENEW and statement.public["staff"] != statement.actor:
            yield Fault.STAFF_UNKNOWN, "nobody enrols anew for somebody else"
        yield from self.recoveries.objections(statement, self.people[statement.actor].roles)

    def _release(self, statement: Statement) -> Iterator[tuple[Fault, str]]:
        return self.releases.objections(statement, self.people[statement.actor].roles)

    def _resplit(self, statement: Statement) -> Iterator[tuple[Fault, str]]:
        return self.releases.resplits.objections(statement)

    def _ending(self, statement: Statement) -> Iterator[tuple[Fault, str]]:
        session = self.sessions.get(_bytes(statement, "key"))
        if session is None or session.actor != statement.public["staff"]:
            yield Fault.SESSION_UNKNOWN, f"{statement.public['staff']} never opened this session"
        yield from not_another(statement, self.people[statement.actor].roles)

    def _second(self, statement: Statement) -> Iterator[tuple[Fault, str]]:
        yield from self.seconds.objections(statement)

    def _vote(self, statement: Statement) -> Iterator[tuple[Fault, str]]:
        if (statement.actor, *action(statement)) in self._votes:
            yield Fault.VOTE_TWICE, f"{statement.actor} voted on this before"

    def _apply(self, statement: Statement) -> None:
        public = cast("Mapping[str, str]", statement.public)
        self.devices.count(statement)
        self.releases.apply(statement)
        self.seconds.apply(statement)
        if statement.act in RECOVERIES:
            self._recover(statement)
        if statement.act in ROLE_CHANGES:
            self._change_roles(statement, public["staff"], public["role"])
            self._changes.apply(statement)
        match statement.act:
            case Act.LOG_OPEN:
                self.people[statement.actor] = Person(statement.session, {ADMINISTRATOR})
            case Act.STAFF_ENROL:
                self.people[public["staff"]] = Person(_bytes(statement, "key"))
            case Act.STAFF_LEAVE:
                self.people[public["staff"]].left = True
            case Act.SESSION_OPEN | Act.SESSION_CLOSE | Act.SESSION_END:
                self._apply_session(statement)
            case Act.PASSKEY_ADD | Act.PASSKEY_REVOKE:
                self.devices.apply(statement)
            case Act.DECISION_VOTE:
                self._votes.add((statement.actor, *action(statement)))
            case _:
                pass

    def _change_roles(self, statement: Statement, staff: str, role: str) -> None:
        act, until = statement.act, ends(statement)
        if act is Act.ROLE_GRANT:
            self.people[staff].roles.add(role)
            if until is not None:
                self.people[staff].mandates[role] = until
        elif act in {Act.ROLE_REVOKE, Act.ROLE_REVOKE_NOW}:
            self.people[staff].roles.discard(role)

    def _recover(self, statement: Statement) -> None:
        self.recoveries.apply(statement)
        if statement.act is Act.STAFF_RENEW:
            self.people[statement.actor].key = _bytes(statement, "key")
            self.devices.forget(statement.actor)
            for session in self.sessions.values():
                session.closed = session.closed or session.actor == statement.actor

    def _apply_session(self, statement: Statement) -> None:
        if statement.act is Act.SESSION_OPEN:
            until = cast("int", statement.public["until"])
            self.sessions[_bytes(statement, "key")] = Session(statement.actor, until)
        elif statement.act is Act.SESSION_END:
            self.sessions[_bytes(statement, "key")].closed = True
        else:
            self.sessions[statement.session].closed = True


_CHECKS: Mapping[Act, Callable[[Roster, Statement], Iterator[tuple[Fault, str]]]] = {
    **dict.fromkeys(SECONDS, Roster._second),
    Act.DECISION_VOTE: Roster._vote,
    Act.KEY_EPOCH: Roster._holds,
    Act.KEY_SHARE: Roster._holds,
    **dict.fromkeys(ROLE_CHANGES, Roster._role_change),
    **dict.fromkeys(DEVICES, Roster._device),
    **dict.fromkeys(RECOVERIES, Roster._recovery),
    **dict.fromkeys(RELEASES, Roster._release),
    **dict.fromkeys(RESPLITS, Roster._resplit),
    Act.SESSION_END: Roster._ending,
    Act.SESSION_OPEN: Roster._session,
    Act.STAFF_ENROL: Roster._enrolment,
    Act.STAFF_LEAVE: Roster._about_staff,
}


def _bytes(statement: Statement, name: str) -> bytes:
    return from_base64url(cast("str", statement.public[name]), 32, what=name)
