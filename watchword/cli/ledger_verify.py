# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword ledger verify`: an audit of a log directory, offline, told in plain words.

Exit status: 0 when nothing is wrong, 1 when something is, 2 when it could not be checked at all.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from watchword.cli.ledger_signatures import judge_for
from watchword.core.ledger.audit import Given, audit
from watchword.core.ledger.checkpoint import SignedCheckpoint
from watchword.core.ledger.errors import LedgerError
from watchword.core.ledger.findings import Check, Report
from watchword.core.ledger.note import VerifierKey
from watchword.core.ledger.policy import Policy, parse_policy
from watchword.core.ledger.spelling import from_base64url
from watchword.core.ledger.tiles import CHECKPOINT
from watchword.journal.disk import Disk
from watchword.journal.keyfile import VERIFYING
from watchword.trust.manifest import Untrusted, believe, unchecked

MOST_SHOWN = 20
ROOTS_NEEDED = 2


def run(args: argparse.Namespace) -> int:
    """Audit as the arguments say and print the report."""
    disk = Disk(args.directory)
    try:
        given = _given(args)
        raw = disk.read(CHECKPOINT)
        size = SignedCheckpoint.parse(raw).head.size if raw else 0
    except (LedgerError, Untrusted, OSError) as error:
        print(f"This could not be checked: {error}.", file=sys.stderr)
        return 2
    report = audit(disk.read, given, VERIFYING, judge_for(size), _progress)
    _print(report, given)
    return 0 if report.ok else 1


def _given(args: argparse.Namespace) -> Given:
    return Given(
        policy=_policy(args),
        founders=frozenset(from_base64url(key, 32, what="the key of a founder") for key in args.founder),
        kept={str(path): path.read_bytes() for path in args.checkpoint},
        blobs=None if args.vault is None else _blobs(args.vault),
        foreign=args.foreign,
    )


def _policy(args: argparse.Namespace) -> Policy:
    if args.policy is not None:
        return parse_policy(args.policy.read_text(encoding="latin-1"))
    logs = [VerifierKey.parse(text) for text in [*args.log, *_manifest_keys(args)]]
    witnesses = [VerifierKey.parse(text) for text in args.witness]
    needed = len(witnesses) if args.quorum is None else args.quorum
    return Policy.threshold(logs, witnesses, needed)


def _manifest_keys(args: argparse.Namespace) -> tuple[str, ...]:
    """The keys of the log that the manifest names; with ``--root``, only if two of those roots signed it."""
    if args.manifest is None:
        return ()
    raw = args.manifest.read_bytes()
    if args.root:
        return believe(raw, args.root, ROOTS_NEEDED).logs
    print("Nobody was named who must have signed the manifest (--root): its keys are taken on trust.")
    return unchecked(raw).logs


def _blobs(vault: Path) -> Iterator[tuple[str, bytes]]:
    """The name and the SHA-256 of every file under ``vault``."""
    for path in sorted(vault.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                yield path.name, hashlib.file_digest(file, "sha256").digest()


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {total}", end="" if done < total else "\n", file=sys.stderr, flush=True)


def _print(report: Report, given: Given) -> None:
    if report.origin:
        print(f"Log {report.origin}, {report.size} entries.")
    for check in report.checks:
        _print_check(check)
    if given.policy.witnesses and report.witnessed is not None:
        unseen = report.size - report.witnessed
        print(f"Witnesses vouch for the first {report.witnessed} entries; {unseen} came after.")
    if not given.kept and not given.policy.witnesses:
        print("Without a checkpoint kept elsewhere or a witness, nobody can see whether the end was cut off.")
    print("Nothing is wrong with this log." if report.ok else "THIS LOG IS NOT AS IT MUST BE.")


def _print_check(check: Check) -> None:
    verdict = "ok" if not check.findings else f"{len(check.findings)} wrong"
    print(f"  {check.name}: {check.looked_at} looked at, {verdict}")
    for finding in check.findings[:MOST_SHOWN]:
        print(f"    {finding}")
    if len(check.findings) > MOST_SHOWN:
        print(f"    ... and {len(check.findings) - MOST_SHOWN} more")
