# SPDX-License-Identifier: AGPL-3.0-or-later
"""Re-wrapping the headers of a role's records, beside plain age (pyrage), which opens and seals whole files.

`python -m bench.rewrap --records 100000`: a Desk of its own with so many records, an epoch later; the records
are sealed to two roles, as a story is. One process, so the rate is that of one core.
"""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pyotp
import pyrage

from bench.timing import goal
from watchword import profiles
from watchword.cli import founding, manifest_make
from watchword.cli.founding_answers import Person, read_answers
from watchword.cli.founding_example import example
from watchword.trust.manifest import sign

if TYPE_CHECKING:
    from watchword.accounts.rules import Actor

GOAL = 1500
HOLDER = "ada"
BODY = 10_000
PEER_ROUND = 200
EVERY = 5_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "organisation")
        desk.fill(args.records)
        desk.renew()
        report(*timed(desk, Peer()))


def timed(desk: "Desk", peer: "Peer") -> tuple["Timed", "Timed"]:
    """Ours and the peer's turn and turn about, so that a busy neighbour slows both alike."""
    ours, theirs = Timed(), Timed()
    for done in desk.rewrapped():
        ours.stop(done)
        if ours.count >= EVERY * (theirs.count // PEER_ROUND):
            theirs.start()
            peer.reseal(PEER_ROUND)
            theirs.stop(PEER_ROUND)
        ours.start()
    return ours, theirs


@dataclass
class Timed:
    """A rate by the wall and by the processor."""

    count: int = 0
    wall: float = 0
    processor: float = 0
    _began: tuple[float, float] | None = None

    def start(self) -> None:
        self._began = time.perf_counter(), time.process_time()

    def stop(self, count: int) -> None:
        """Count work that ended now; work that nobody timed from its beginning is not counted."""
        if self._began is not None:
            self.count += count
            self.wall += time.perf_counter() - self._began[0]
            self.processor += time.process_time() - self._began[1]


class Peer:
    """What a program with plain age does when a key changes: open the file, seal it again, body and all."""

    def __init__(self) -> None:
        self._old, self._other, self._new = (pyrage.x25519.Identity.generate() for _ in range(3))
        to = [self._old.to_public(), self._other.to_public()]
        self._file = pyrage.encrypt(os.urandom(BODY), to)

    def reseal(self, count: int) -> None:
        to = [self._new.to_public(), self._other.to_public()]
        for _ in range(count):
            pyrage.encrypt(pyrage.decrypt(self._file, [self._old]), to)


class Desk:
    """A founded Desk in this process, with one role whose records are sealed anew."""

    def __init__(self, home: Path) -> None:
        founding.make_directories(home)
        self._home = home
        self._now = datetime.now(UTC)
        cheap = {"WATCHWORD_PASSPHRASE_PASSES": "1", "WATCHWORD_PASSPHRASE_KIB": "64"}
        organisation = read_answers(example(profiles.load("legion")).encode())
        told = founding.found(home, organisation, passphrase_of, self._now, cheap)
        self._secret = next(one.totp_secret for one in told if one.person.login == HOLDER)
        self.holder = self._log_in()

    def _log_in(self) -> "Actor":
        from watchword.accounts.services import unlock_for

        # A code of its own for each session, each half a minute after the last.
        self._now += timedelta(seconds=30)
        code = pyotp.TOTP(self._secret).at(self._now)
        return unlock_for(login=HOLDER, passphrase=f"{HOLDER} in the bench", code=code, now=self._now)

    def fill(self, records: int) -> None:
        """Rows like those of as many sections, each with a header of its own; bodies are never looked at."""
        from watchword.core.sealing.primitives import FileKey, random_bytes
        from watchword.core.sealing.wrapping import make_header
        from watchword.keystore import services as keystore
        from watchword.vault import headers, selectors
        from watchword.vault.models import SealedRecord

        readers = ["board", "vetting"]
        to = selectors.manifest().recipients(readers)
        keys = [keystore.make() for _ in range(records // 6 + 1)]
        rows = [
            SealedRecord(
                uid=random_bytes(16).hex(),
                case=f"{number // 6:032x}",
                compartment="story",
                kind="section:service",
                revision=number % 6 + 1,
                readers=readers,
                key=keys[number // 6],
                manifest_version=1,
                body_sha256=random_bytes(32).hex(),
                body_size=BODY,
                created=self._now,
                written_by="applicant",
            )
            for number in range(records)
        ]
        for row in rows:
            row.header = headers.cover(row, make_header(FileKey(random_bytes(16)), to))
        SealedRecord.objects.bulk_create(rows, batch_size=500)

    def renew(self) -> None:
        """The next epoch, and the list that names it."""
        from watchword.accounts import services

        services.new_epoch(role="vetting", actor=self.holder, now=self._now)
        self.holder = self._log_in()
        before = manifest_make.present()
        fresh = manifest_make.renewed(before, self._now, manifest_make.DAYS, before.gates)
        roots = founding.read_roots(self._home / "roots")[: founding.ROOTS_NEEDED]
        (self._home / "desk" / founding.MANIFEST).write_bytes(sign(fresh, roots))

    def rewrapped(self) -> Iterable[int]:
        """How many records each chunk did."""
        from watchword.accounts.services import rewrapping

        run = rewrapping.begin(role="vetting", actor=self.holder, now=self._now)
        before = 0
        yield 0
        for progress in rewrapping.chunks(run, lambda: datetime.now(UTC)):
            yield progress.done - before
            before = progress.done


def passphrase_of(person: Person) -> str:
    return f"{person.login} in the bench"


def report(ours: Timed, theirs: Timed) -> None:
    rate, peer = ours.count / ours.processor, theirs.count / theirs.processor
    print(f"\n{ours.count} headers for two roles, ledger and SQLite with them")
    print(f"  re-wrapping, per second and core       {rate:10.0f}")
    print(f"  re-wrapping, per second by the clock   {ours.count / ours.wall:10.0f}")
    print(f"  pyrage opens and seals {BODY} bytes    {peer:10.0f}   (X25519, body and all)")
    print(f"  ours / pyrage                          {rate / peer:10.2f}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"  most memory                            {memory:10} MiB")
    goal("headers per second and core", rate, GOAL)


if __name__ == "__main__":
    main()
