# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an audit says: each fault by name, where it is, and a sentence for whoever must act on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """Every way in which a log can be wrong. The names are stable: scripts may compare them."""

    BASE_FALSE = "base.false"
    BASE_FUTURE = "base.future"
    BLOB_SWAPPED = "blob.swapped"
    BLOB_UNRECORDED = "blob.unrecorded"
    CHAIN_BROKEN = "chain.broken"
    CHECKPOINT_UNREADABLE = "checkpoint.unreadable"
    CHECKPOINT_UNSIGNED = "checkpoint.unsigned"
    ENTRY_EDITED = "entry.edited"
    ENTRY_INSERTED = "entry.inserted"
    ENTRY_MALFORMED = "entry.malformed"
    ENTRY_REMOVED = "entry.removed"
    ENTRY_REORDERED = "entry.reordered"
    ENTRY_REPLAYED = "entry.replayed"
    FILE_DAMAGED = "file.damaged"
    FILE_MISSING = "file.missing"
    FOUNDER_UNKNOWN = "founder.unknown"
    FRESH_MISSING = "fresh.missing"
    FRESH_WRONG = "fresh.wrong"
    GRANT_SELF = "grant.self"
    LOG_FORKED = "log.forked"
    LOG_REWRITTEN = "log.rewritten"
    LOG_TRUNCATED = "log.truncated"
    LOG_UNOPENED = "log.unopened"
    PASSKEY_TWICE = "passkey.twice"
    PASSKEY_UNKNOWN = "passkey.unknown"
    QUORUM_UNMET = "quorum.unmet"
    RECOVERY_EARLY = "recovery.early"
    RECOVERY_SELF = "recovery.self"
    RECOVERY_UNAPPROVED = "recovery.unapproved"
    RELEASE_ANOTHER = "release.another"
    RELEASE_FEW = "release.few"
    RELEASE_MANY = "release.many"
    RELEASE_OVER = "release.over"
    RELEASE_SELF = "release.self"
    RELEASE_TWICE = "release.twice"
    RELEASE_UNASKED = "release.unasked"
    ROLE_MISSING = "role.missing"
    SEAT_DISTRUSTED = "seat.distrusted"
    SECOND_SELF = "second.self"
    MANDATE_WRONG = "mandate.wrong"
    SECOND_UNPROPOSED = "second.unproposed"
    SESSION_CLOSED = "session.closed"
    SESSION_EXPIRED = "session.expired"
    SESSION_REUSED = "session.reused"
    SESSION_UNKNOWN = "session.unknown"
    SIGNATURE_WRONG = "signature.wrong"
    STAFF_LEFT = "staff.left"
    STAFF_TWICE = "staff.twice"
    STAFF_UNKNOWN = "staff.unknown"
    VOTE_TWICE = "vote.twice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. ``index`` is the entry it concerns, or None when it concerns the log as a whole."""

    fault: Fault
    index: int | None
    sentence: str

    def __str__(self) -> str:
        where = "" if self.index is None else f"entry {self.index}: "
        return f"[{self.fault}] {where}{self.sentence}"


@dataclass(slots=True)
class Check:
    """One thing that was looked at, how often, and what was wrong with it."""

    name: str
    looked_at: int = 0
    findings: list[Finding] = field(default_factory=list)

    def find(self, fault: Fault, sentence: str, index: int | None = None) -> None:
        """Note a fault."""
        self.findings.append(Finding(fault, index, sentence))


@dataclass(slots=True)
class Report:
    """The outcome of an audit: every check that was made, in order.

    ``witnessed`` is the largest size of this log that enough witnesses vouch for; None when they do for none.
    """

    origin: str = ""
    size: int = 0
    witnessed: int | None = None
    checks: list[Check] = field(default_factory=list)

    def check(self, name: str) -> Check:
        """Begin one more check."""
        check = Check(name)
        self.checks.append(check)
        return check

    @property
    def findings(self) -> Iterator[Finding]:
        """Everything that is wrong."""
        for check in self.checks:
            yield from check.findings

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return next(self.findings, None) is None
