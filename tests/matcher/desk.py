# SPDX-License-Identifier: AGPL-3.0-or-later
"""A matcher in a folder of its own, with three custodians of whom two are needed, and invented cases."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from watchword.core.linkage import Key, Kind
from watchword.core.linkage.matchkeys import VERSION
from watchword.core.sealing.primitives import sha256
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.unseal import unseal
from watchword.matcher import sealed_key
from watchword.matcher.keys import new_secret
from watchword.matcher.protocol import Message
from watchword.matcher.service import Matcher

NEEDED, AN_HOUR = 2, 20
CUSTODIANS = tuple(Identity.from_seed(bytes([number]) * 32) for number in range(1, 4))
DOV, TWIN, EVA = ("0" * 31 + digit for digit in "123")
DOVS: tuple[Key, ...] = ((Kind.NAME_YEAR, "brhvi+dmitri|1991"), (Kind.PASSPORT, "ab123456"))
TWINS: tuple[Key, ...] = ((Kind.NAME_YEAR, "brhvi+dmitri|1991"), (Kind.PASSPORT, "cd654321"))
EVAS: tuple[Key, ...] = ((Kind.NAME_YEAR, "ksk+eva|1970"),)


@dataclass
class Bench:
    """The folder, the process of it, and the time, which only the test moves."""

    folder: Path
    now: datetime
    matcher: Matcher

    def ask(self, act: str, **rest: object) -> Message:
        return self.matcher.answer({"act": act, **rest})

    def put(self, case: str, keys: tuple[Key, ...]) -> Message:
        hashed = [[kind.value, sha256(f"{kind} {value}".encode()).hex()] for kind, value in keys]
        return self.ask("put", case=case, keys=hashed, version=VERSION)

    def unlock(self, *custodians: int) -> Message:
        """With the shares of these custodians, opened as each of them opens theirs."""
        answer: Message = {}
        for number in custodians:
            answer = self.ask("unlock", share=self.share(number, CUSTODIANS[number - 1]))
        return answer

    def share(self, number: int, custodian: Identity) -> str:
        """The share of this number, as this custodian opens it."""
        sealed = (self.folder / sealed_key.read(self.folder).share_file(number)).read_bytes()
        return unseal(sealed, [custodian]).decode()

    def restart(self) -> None:
        """The same folder in a new process."""
        self.matcher = Matcher(self.folder, lambda: self.now, an_hour=AN_HOUR)

    def wait(self, time: timedelta) -> None:
        self.now += time


def founded(folder: Path) -> Bench:
    """Locked, as every matcher starts."""
    sealed_key.write(folder, [new_secret()], NEEDED, [str(one.recipient) for one in CUSTODIANS])
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    bench = Bench(folder, now, Matcher(folder, lambda: now))
    bench.restart()
    return bench
