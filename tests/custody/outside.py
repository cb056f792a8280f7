# SPDX-License-Identifier: AGPL-3.0-or-later
"""Custodians whose keys were born on machines of their own: each a folder with a key file and a terminal."""

import builtins
import getpass
import io
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from pytest_django import Settings

from tests import clock
from tests.cli.terminal import Said
from tests.custody.around_a_batch import Drawer
from tests.custody.around_a_safe import SEATS, Safe
from tests.organisation import ROOTS, Organisation
from watchword.accounts import services as accounts
from watchword.cli import custodian, custodian_key
from watchword.cli.main import parser
from watchword.core.sealing.recipients import Identity
from watchword.custody import services
from watchword.custody.models import Batch, Release

PASSPHRASE = "five words of a custodian"
AWAY = ("halyna", "jonas")
"""Of a batch it is tried with these two, and with others who hold at the Desk."""


@dataclass
class Machine:
    """What one custodian has at home. ``typed`` is what they answer when they are asked, in order."""

    folder: Path
    who: str
    typed: list[str] = field(default_factory=list)

    @property
    def key(self) -> Path:
        return self.folder / "seat.age"

    def make_key(self) -> Identity:
        """As `init` does, with a passphrase that costs nothing."""
        self.folder.mkdir()
        return custodian_key.make(self.key, PASSPHRASE, work=1)

    @property
    def address(self) -> str:
        return custodian_key.beside(self.key, custodian_key.PUBLIC).read_text(encoding="ascii")

    @property
    def seen(self) -> int:
        """How much of the ledger this machine has kept."""
        signed = custodian_key.kept_by(self.key).signed
        return signed.head.size if signed else 0

    def run(self, *words: str | Path, typed: str = "") -> Said:
        self.typed[:] = typed.split("\n") if typed else []
        args = parser().parse_args(["custodian", *map(str, words)])
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            status = custodian.run(args, clock.now)
        return Said(status, out.getvalue(), err.getvalue())

    def trust(self, *more: str | Path) -> Said:
        roots = [word for root in ROOTS for word in ("--root", str(root.key))]
        return self.run("trust", self.key, *roots, *more)

    def look(self, raw: bytes) -> Said:
        return self.run("look", self.put(raw), "-i", self.key)

    def give(self, raw: bytes, typed: str = "GIVE") -> bytes:
        return self._answer("give", raw, typed)

    def refuse(self, raw: bytes, reason: str) -> bytes:
        return self._answer("refuse", raw, f"{reason}\nREFUSE")

    def _answer(self, verb: str, raw: bytes, typed: str) -> bytes:
        answer = self.folder / "answer.json"
        answer.unlink(missing_ok=True)
        said = self.run(verb, self.put(raw), "-i", self.key, "-o", answer, typed=typed)
        assert said.status == 0, said.err
        return answer.read_bytes()

    def put(self, raw: bytes) -> Path:
        path = self.folder / "request.json"
        path.write_bytes(raw)
        return path


@dataclass
class Away:
    """The safe of other tests, all of whose seats are held outside; ``machines`` by their custodians."""

    safe: Safe
    machines: Mapping[str, Machine]

    def take(self, release: Release, who: str, since: int = 0) -> bytes:
        actor = self.safe.organisation.actor(who)
        return services.take_request(release_uid=release.uid, since=since, actor=actor, now=self.safe.now)

    def bring_back(self, release: Release, who: str, raw: bytes, *, gave: bool = True) -> Release:
        actor = self.safe.organisation.actor(who)
        return services.take_answer(
            release_uid=release.uid, raw=raw, gave=gave, actor=actor, now=self.safe.now
        )

    def give(self, release: Release, *who: str) -> Release:
        for one in who:
            raw = self.machines[one].give(self.take(release, one))
            release = self.bring_back(release, one, raw)
        return release


def altered(raw: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """A file that was changed on the way, in canonical form all the same."""
    plain = json.loads(raw)
    change(plain)
    return rfc8785.dumps(plain)


@dataclass
class AwayWithMany:
    """The drawer of other tests, with some of its seats held outside."""

    drawer: Drawer
    machines: Mapping[str, Machine]

    def take(self, batch: Batch, who: str, since: int | None = None) -> bytes:
        organisation = self.drawer.organisation
        if since is None:
            since = self.machines[who].seen if who in self.machines else 0
        actor, now = organisation.actor(who), organisation.now
        return services.take_batch(batch_uid=batch.uid, since=since, actor=actor, now=now)

    def bring_back(self, batch: Batch, who: str, raw: bytes, *, gave: bool = True) -> Batch:
        organisation = self.drawer.organisation
        actor, now = organisation.actor(who), organisation.now
        return services.take_batch_answer(batch_uid=batch.uid, raw=raw, gave=gave, actor=actor, now=now)

    def give(self, batch: Batch, *who: str) -> Batch:
        for one in who:
            batch = self.bring_back(batch, one, self.machines[one].give(self.take(batch, one)))
        return batch


def moved_away(safe: Safe, settings: Settings, tmp_path: Path, patch: pytest.MonkeyPatch) -> Away:
    """Every custodian brings a key; what is lodged from then on, no session here opens."""
    machines = machines_for(SEATS, safe.organisation, settings, tmp_path, patch)
    forget_old_keys(SEATS, safe.organisation)
    safe.lodge(revision=2)
    return Away(safe, machines)


def moved_away_with_many(
    drawer: Drawer, who: Sequence[str], settings: Settings, tmp_path: Path, patch: pytest.MonkeyPatch
) -> AwayWithMany:
    """The same of these custodians and of two cases, whose shares are sealed to the new keys."""
    return AwayWithMany(drawer, machines_for(who, drawer.organisation, settings, tmp_path, patch))


def machines_for(
    whose: Sequence[str],
    organisation: Organisation,
    settings: Settings,
    tmp_path: Path,
    patch: pytest.MonkeyPatch,
) -> dict[str, Machine]:
    """A machine for each of these custodians, whose keys the signed list names from now on."""
    machines = machines_at(whose, tmp_path, patch)
    for who, machine in machines.items():
        machine.make_key()
        accounts.bring_key(
            role=seat_of(who),
            address=machine.address,
            held_by=organisation.staff[who].uid,
            actor=organisation.actor(who),
            now=organisation.now,
        )
    organisation.publish_manifest(settings)
    for who, machine in machines.items():
        organisation.rewrap(seat_of(who), by=who)
        assert machine.trust().status == 0
    return machines


def forget_old_keys(whose: Sequence[str], organisation: Organisation) -> None:
    """What the Desk had of these seats; nobody's session opens anything of them from now on."""
    for who in whose:
        accounts.destroy_retired(role=seat_of(who), actor=organisation.fresh_actor(who), now=organisation.now)
        organisation.actors[who] = organisation.fresh_actor(who)


def machines_at(whose: Sequence[str], tmp_path: Path, patch: pytest.MonkeyPatch) -> dict[str, Machine]:
    """Their folders and terminals, whether or not there is a key in them yet."""
    asked: list[str] = []
    patch.setattr(getpass, "getpass", lambda _asking: PASSPHRASE)
    patch.setattr(builtins, "input", lambda _asking: asked.pop(0))
    return {who: Machine(tmp_path / who, who, asked) for who in whose}


def seat_of(who: str) -> str:
    """The seat that this custodian holds."""
    return f"custodian-{SEATS.index(who) + 1}"
