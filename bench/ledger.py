# SPDX-License-Identifier: AGPL-3.0-or-later
"""Durable appends at batches of 1, 16 and 256, and a full audit; each beside the work that cannot be avoided.

An append is compared with signing the same entries and syncing the same bytes to one file; an audit with
verifying the same signatures on the same number of processors.
"""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.timing import goal, table
from watchword.cli.ledger_signatures import side_by_side
from watchword.core.ledger.acts import Act
from watchword.core.ledger.audit import Given, audit
from watchword.core.ledger.canonical import JSON
from watchword.core.ledger.entry import Statement, parse_entry
from watchword.core.ledger.policy import Policy
from watchword.core.ledger.spelling import to_base64url
from watchword.core.ledger.tree import TreeHead, leaf_hash
from watchword.core.sealing import primitives
from watchword.journal.disk import Disk
from watchword.journal.keyfile import VERIFYING, LogKey, log_key
from watchword.journal.tilelog import TileLog

KEY: LogKey = log_key("bench.example/log", bytes(32), bytes(32))
MINUTE = 29_900_000
PERSON, SESSION = (primitives.ed25519_public(bytes([number]) * 32) for number in (1, 2))
SIGN = {
    PERSON: primitives.ed25519_signer(bytes([1]) * 32),
    SESSION: primitives.ed25519_signer(bytes([2]) * 32),
}


class Author:
    """One person who signs everything."""

    def __init__(self) -> None:
        self._written = 0
        self._newest = b""

    def write(self, act: Act, base: TreeHead, key: bytes, public: dict[str, JSON] | None = None) -> bytes:
        self._written += 1
        nonce = self._written.to_bytes(16, "big")
        statement = Statement(
            MINUTE, nonce, act, b"", "ad" * 16, bytes(32), base, self._newest, key, public or {}
        )
        raw = statement.signed(SIGN[key](statement.message()))
        self._newest = leaf_hash(raw)
        return raw


def main() -> None:
    for batch, batches in ((1, 400), (16, 300), (256, 80)):
        with tempfile.TemporaryDirectory() as folder:
            appends(Path(folder), batch, batches)
    with tempfile.TemporaryDirectory() as folder:
        audits(Path(folder), 40_000)


def founded(folder: Path, author: Author) -> TileLog:
    log = TileLog.create(Disk(folder), KEY)
    origin_hash = to_base64url(hashlib.sha256(KEY.origin.encode()).digest())
    opening: dict[str, JSON] = {"origin_hash": origin_hash, "key": to_base64url(PERSON)}
    log.append([author.write(Act.LOG_OPEN, log.head, PERSON, opening)])
    session: dict[str, JSON] = {"key": to_base64url(SESSION), "until": MINUTE + 480}
    log.append([author.write(Act.SESSION_OPEN, log.head, PERSON, session)])
    return log


def appends(folder: Path, batch: int, batches: int) -> None:
    author = Author()
    log = founded(folder, author)
    rates = {}
    with timed() as took:
        for _ in range(batches):
            log.append([author.write(Act.PAD, log.head, SESSION) for _ in range(batch)])
    rates["signed, in tiles, durable"] = batch * batches / took[0]
    with timed() as took, (folder / "plain").open("ab", buffering=0) as file:
        for _ in range(batches):
            file.write(b"".join(author.write(Act.PAD, log.head, SESSION) for _ in range(batch)))
            os.fdatasync(file.fileno())
    rates["signed, synced to one file"] = batch * batches / took[0]
    table(f"Appends, batches of {batch}", rates, "entries/s", "signed, synced to one file")
    if batch == 16:
        goal("durable appends per second at 16", rates["signed, in tiles, durable"], 5_000)


def audits(folder: Path, size: int) -> None:
    author = Author()
    log = founded(folder, author)
    while log.size < size:
        log.append([author.write(Act.PAD, log.head, SESSION) for _ in range(256)])
    log.settle()
    given = Given(Policy.threshold([signer.key for signer in KEY.signers], [], 0))
    rates = {}
    with timed() as took:
        report = audit(Disk(folder).read, given, VERIFYING, side_by_side, lambda _done, _total: None)
    assert report.ok, list(report.findings)
    rates["everything"] = log.size / took[0]
    with timed() as took:
        audit(
            Disk(folder).read, given, VERIFYING, lambda jobs: ([] for _ in jobs), lambda _done, _total: None
        )
    rates["everything but signatures, one processor"] = log.size / took[0]
    entries = [parse_entry(raw) for raw in log.entries(2, log.size)]
    jobs = [
        [(0, entry.statement.session, entry.message, entry.signature) for entry in entries[at : at + 256]]
        for at in range(0, len(entries), 256)
    ]
    with timed() as took:
        assert not any(side_by_side(jobs))
    rates["signatures alone"] = log.size / took[0]
    table(f"Audit on {os.cpu_count()} processors", rates, "entries/s", "signatures alone")
    goal("entries audited per second", rates["everything"], 20_000)


@contextmanager
def timed() -> Iterator[list[float]]:
    """Put the seconds that the block takes into the list."""
    took = [0.0]
    began = time.perf_counter()
    yield took
    took[0] = time.perf_counter() - began


if __name__ == "__main__":
    main()
