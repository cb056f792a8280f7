# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checking a whole log offline: every hash, every signature, every rule, and every checkpoint anyone kept.

The audit trusts the keys it is given and nothing else. It reads files through a function, has signatures
judged through another (so that the caller may spread them over processors), and returns a Report.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

from watchword.core.ledger.acts import Act
from watchword.core.ledger.checkpoint import SignedCheckpoint
from watchword.core.ledger.cosignature import Verify, Verifying, verify_checkpoint
from watchword.core.ledger.entry import Statement, parse_entry
from watchword.core.ledger.errors import BadSignature, LedgerError, Malformed
from watchword.core.ledger.findings import Check, Fault, Report
from watchword.core.ledger.policy import Policy
from watchword.core.ledger.roster import Roster
from watchword.core.ledger.spelling import from_base64url
from watchword.core.ledger.tiles import (
    CHECKPOINT,
    TILE_HEIGHT,
    TILE_WIDTH,
    Read,
    bundle_path,
    read_slice,
    tile_path,
    tiles_of,
    unpack_bundle,
    unpack_tile,
)
from watchword.core.ledger.tree import HASH_LENGTH, MemoryTree, leaf_hash

Job: TypeAlias = Sequence[tuple[int, bytes, bytes, bytes]]
"""Signatures of one bundle: (index of the entry, public key, message, signature).

A key of 32 bytes is Ed25519, of a session or a person; one of 64 bytes is a point of P-256, of a passkey.
"""
Judge: TypeAlias = Callable[[Iterable[Job]], Iterable[Sequence[int]]]
"""For each job, in any order, the indices whose signature is wrong."""
Progress: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Given:
    """What whoever audits brings along: trusted keys, kept checkpoints, the SHA-256 of stored blobs by name.

    ``foreign`` logs have entries that mean nothing here: hashes and checkpoints are checked, acts are not.
    """

    policy: Policy
    founders: frozenset[bytes] = frozenset()
    kept: Mapping[str, bytes] = field(default_factory=dict)
    blobs: Iterable[tuple[str, bytes]] | None = None
    foreign: bool = False


def one_by_one(verify: Verify) -> Judge:
    """A Judge that checks each signature in turn."""

    def judge(jobs: Iterable[Job]) -> Iterator[Sequence[int]]:
        for job in jobs:
            yield wrong_ones(verify, job)

    return judge


def wrong_ones(verify: Verify, job: Job) -> list[int]:
    """The indices in one job whose signature is wrong."""
    return [index for index, key, message, signature in job if not verify(key, message, signature)]


def audit(read: Read, given: Given, verifying: Verifying, judge: Judge, progress: Progress) -> Report:
    """Audit the log whose files ``read`` answers; never raises for what the log contains."""
    report = Report()
    signed = _checkpoint(report.check("signed checkpoint"), read, given.policy, verifying)
    if signed is None:
        return report
    report.origin, report.size = signed.checkpoint.origin, signed.head.size
    work = _Audit(read, signed, given, report, progress)
    for wrong in judge(work.bundles()):
        for index in wrong:
            work.entries.find(Fault.SIGNATURE_WRONG, "the signature is not one of the key it names", index)
    work.root()
    work.kept(verifying)
    if given.blobs is not None:
        work.blobs(given.blobs)
    return report


def _checkpoint(check: Check, read: Read, policy: Policy, verifying: Verifying) -> SignedCheckpoint | None:
    raw = read(CHECKPOINT)
    if raw is None:
        check.find(Fault.FILE_MISSING, "there is no checkpoint in this directory")
        return None
    check.looked_at = 1
    try:
        signed = SignedCheckpoint.parse(raw)
    except Malformed as error:
        check.find(Fault.CHECKPOINT_UNREADABLE, f"the checkpoint cannot be read: {error}")
        return None
    complaint = _unsigned(signed, policy, verifying)
    if complaint:
        check.find(Fault.CHECKPOINT_UNSIGNED, f"the checkpoint cannot be trusted: {complaint}")
        return None
    return signed


def _unsigned(signed: SignedCheckpoint, policy: Policy, verifying: Verifying) -> str | None:
    """Why this checkpoint is not one of a log we trust: each key given for its origin must have signed."""
    keys = [key for key in policy.logs if key.name == signed.checkpoint.origin]
    if not keys:
        return f"no key was given for the log {signed.checkpoint.origin}"
    try:
        missing = [key for key in keys if key not in verify_checkpoint(signed, keys, verifying)]
    except BadSignature as error:
        return str(error)
    return f"{len(missing)} of the log's {len(keys)} keys did not sign it" if missing else None


class _Audit:
    """The part of an audit that walks through the log once, bundle by bundle."""

    def __init__(
        self, read: Read, signed: SignedCheckpoint, given: Given, report: Report, progress: Progress
    ) -> None:
        self._read = read
        self._signed = signed
        self._given = given
        self._report = report
        self._progress = progress
        self._tree = MemoryTree()
        self._roster = Roster(signed.checkpoint.origin, given.founders)
        self._roots: dict[int, bytes] = {}
        self._sealed: set[bytes] = set()
        self._hashing = report.check("every entry hashed into every tile and into the root")
        self.entries = Check("every entry's form, signature, session, order and rights")
        if not given.foreign:
            report.checks.append(self.entries)

    def bundles(self) -> Iterator[Job]:
        """Hash and judge every bundle; yields the signatures that remain to be checked."""
        size = self._signed.head.size
        for index in range(-(-size // TILE_WIDTH)):
            width = min(TILE_WIDTH, size - index * TILE_WIDTH)
            entries = self._entries(index, width)
            hashes = [leaf_hash(entry) for entry in entries]
            promised = self._tile(index, width)
            if promised is not None and entries and hashes != promised:
                _name_the_change(self._hashing, index * TILE_WIDTH, hashes, promised)
            for leaf in promised or hashes:
                self._tree.append(leaf)
            self._hashing.looked_at += len(entries)
            if not self._given.foreign:
                yield self._judge(index * TILE_WIDTH, entries, hashes)
            self._progress(self._tree.size, size)

    def _entries(self, index: int, width: int) -> list[bytes]:
        raw = read_slice(self._read, partial(bundle_path, index), width)
        if raw is None:
            self._hashing.find(Fault.FILE_MISSING, f"{bundle_path(index, width)} is missing")
            return []
        try:
            entries = unpack_bundle(raw)
        except Malformed as error:
            self._hashing.find(Fault.FILE_DAMAGED, f"{bundle_path(index, width)}: {error}")
            return []
        # A full bundle may stand in for a partial one that was tidied away.
        return entries[:width] if len(entries) == TILE_WIDTH else entries

    def _tile(self, index: int, width: int) -> list[bytes] | None:
        raw = read_slice(self._read, partial(tile_path, 0, index), width)
        if raw is None:
            self._hashing.find(Fault.FILE_MISSING, f"{tile_path(0, index, width)} is missing")
            return None
        if len(raw) == TILE_WIDTH * HASH_LENGTH:
            raw = raw[: width * HASH_LENGTH]
        try:
            return unpack_tile(raw, width)
        except Malformed as error:
            self._hashing.find(Fault.FILE_DAMAGED, f"{tile_path(0, index, width)}: {error}")
            return None

    def _judge(self, start: int, entries: Sequence[bytes], hashes: Sequence[bytes]) -> Job:
        job = []
        for index, (raw, leaf) in enumerate(zip(entries, hashes, strict=True), start=start):
            self.entries.looked_at += 1
            try:
                entry = parse_entry(raw)
            except Malformed as error:
                self.entries.find(Fault.ENTRY_MALFORMED, str(error), index)
                continue
            statement = entry.statement
            self._base(index, statement)
            self.entries.findings += self._roster.take(index, statement, leaf)
            if statement.act is Act.SEAL_HASH:
                self._sealed.add(from_base64url(str(statement.public["sha256"]), 32, what="sha256"))
            job.append((index, statement.session, entry.message, entry.signature))
            if confirmed := self._roster.devices.confirmed(statement):
                point, assertion = confirmed
                job.append((index, point, assertion.message, assertion.proof))
        return job

    def _base(self, index: int, statement: Statement) -> None:
        """Every actor says which tree they had seen: an early, involuntary witness of each fork."""
        base = statement.base
        if base.size > index:
            self.entries.find(Fault.BASE_FUTURE, "the actor claims to have seen a larger log", index)
            return
        if base.size not in self._roots:
            self._roots[base.size] = self._tree.root(base.size)
        if self._roots[base.size] != base.root:
            sentence = f"when the actor saw the log at size {base.size}, it was another one"
            self.entries.find(Fault.BASE_FALSE, sentence, index)

    def root(self) -> None:
        """The upper tiles and the root."""
        head, check = self._signed.head, self._hashing
        if self._tree.size != head.size or self._tree.root(head.size) != head.root:
            check.find(Fault.LOG_REWRITTEN, "the entries do not lead to the root that the log signed")
            return
        for level, index, width in tiles_of(head.size):
            if level:
                self._upper_tile(level, index, width)

    def _upper_tile(self, level: int, index: int, width: int) -> None:
        raw = read_slice(self._read, partial(tile_path, level, index), width)
        start = index * TILE_WIDTH * HASH_LENGTH
        expected = self._tree.levels[level * TILE_HEIGHT][start : start + width * HASH_LENGTH]
        if raw is None:
            self._hashing.find(Fault.FILE_MISSING, f"{tile_path(level, index, width)} is missing")
        elif raw[: len(expected)] != expected:
            sentence = f"{tile_path(level, index, width)} does not hold the hashes of the tiles below it"
            self._hashing.find(Fault.FILE_DAMAGED, sentence)

    def kept(self, verifying: Verifying) -> None:
        """Checkpoints that somebody kept, and how far witnesses vouch for this log."""
        policy = self._given.policy
        check = self._report.check("checkpoints kept outside, and witnesses")
        vouched = [self._signed.head.size] if self._vouched(self._signed, verifying) else []
        for name, raw in self._given.kept.items():
            check.looked_at += 1
            try:
                signed = SignedCheckpoint.parse(raw)
            except LedgerError as error:
                check.find(Fault.CHECKPOINT_UNREADABLE, f"{name} cannot be read: {error}")
                continue
            complaint = _unsigned(signed, policy, verifying)
            if complaint:
                check.find(Fault.CHECKPOINT_UNSIGNED, f"{name} is not evidence: {complaint}")
            elif self._agrees(check, name, signed) and self._vouched(signed, verifying):
                vouched.append(signed.head.size)
        self._report.witnessed = max(vouched, default=None)
        if not vouched:
            check.find(
                Fault.QUORUM_UNMET, "no checkpoint of this log was cosigned by enough of your witnesses"
            )

    def _vouched(self, signed: SignedCheckpoint, verifying: Verifying) -> bool:
        policy = self._given.policy
        try:
            return policy.is_met(verify_checkpoint(signed, policy.witnesses.values(), verifying))
        except BadSignature:
            return False

    def _agrees(self, check: Check, name: str, signed: SignedCheckpoint) -> bool:
        head = signed.head
        if head.size > self._tree.size:
            sentence = (
                f"{name} was signed at size {head.size}, and this log has only {self._tree.size} entries"
            )
            check.find(Fault.LOG_TRUNCATED, f"{sentence}: its end was cut off or an older copy put in place")
        elif self._tree.root(head.size) != head.root:
            sentence = f"{name} was signed over another tree of size {head.size}"
            check.find(Fault.LOG_FORKED, f"{sentence}: the log has two histories")
        else:
            return True
        return False

    def blobs(self, blobs: Iterable[tuple[str, bytes]]) -> None:
        """Sealed records on the disk: each was recorded, and none lies where another was put."""
        check = self._report.check("sealed records in the vault")
        for name, digest in blobs:
            check.looked_at += 1
            if name != digest.hex() and len(name) == 2 * HASH_LENGTH:
                check.find(Fault.BLOB_SWAPPED, f"{name} holds other bytes than those it was named for")
            elif digest not in self._sealed:
                check.find(Fault.BLOB_UNRECORDED, f"{name} was put there without an entry in the log")


def _name_the_change(check: Check, start: int, found: list[bytes], promised: list[bytes]) -> None:
    """Say what was done to a bundle whose entries are not those that its tile promises."""
    at = next(
        (place for place, pair in enumerate(zip(found, promised, strict=False)) if pair[0] != pair[1]),
        min(len(found), len(promised)),
    )
    if sorted(found) == sorted(promised):
        check.find(Fault.ENTRY_REORDERED, "entries stand in another order than they were logged", start + at)
    elif len(found) < len(promised):
        check.find(Fault.ENTRY_REMOVED, f"{len(promised) - len(found)} removed from here on", start + at)
    elif len(found) > len(promised):
        check.find(Fault.ENTRY_INSERTED, f"{len(found) - len(promised)} inserted from here on", start + at)
    else:
        changed = sum(one != other for one, other in zip(found, promised, strict=True))
        check.find(Fault.ENTRY_EDITED, f"{changed} changed after being logged, the first here", start + at)
