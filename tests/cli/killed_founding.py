# SPDX-License-Identifier: AGPL-3.0-or-later
"""Run in a process of its own: found an organisation in a folder, be killed again and again, and go on."""

import io
import json
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

import pyotp

from watchword.cli import directory, founding, init
from watchword.cli.founding_answers import Person
from watchword.cli.founding_begun import Decided
from watchword.cli.founding_ceremony import Credentials
from watchword.cli.founding_example import example
from watchword.profiles import load
from watchword.trust.fingerprint import Fingerprint

FOLDER = Path(sys.argv[1])
HOME, POCKETS, ASKED = FOLDER / "organisation", FOLDER / "pockets", FOLDER / "asked"
DECIDED = Decided(example(load("legion")), None)
BEGUN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WRITES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir"}

FILES = (1, 5, 9, 14)
"""Changes of files before the database is there: a process dies before each of them."""
TABLES = (300,)
"""How many queries the next one asks: it dies while tables are made."""
SEATS = (1, 4)
"""At which person who sits down, or shows that their codes work, the terminal is closed."""
PEOPLE = (200,)
"""As ``TABLES``, while people are enrolled."""
LAST = (9, 17)
"""How many changes of files the last ones make, most of them after everything else is done."""


@dataclass
class Death:
    """When a process ends: before a change of a file, a query, or while somebody sits there; 0 is never."""

    files: int = 0
    queries: int = 0
    seats: int = 0

    def file(self, event: str, args: tuple[Any, ...]) -> None:
        is_open = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        if event in WRITES or (is_open and str(args[0]).startswith(str(HOME))):
            self.files = self._nearer(self.files)

    def query(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.queries = self._nearer(self.queries)
        return execute(*args)

    def seat(self) -> None:
        self.seats = self._nearer(self.seats)

    def _nearer(self, left: int) -> int:
        if left == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return max(left - 1, 0)


@dataclass(frozen=True)
class People:
    """Everybody, with what they remember and carry; whom they were asked for what, written down outside."""

    now: datetime
    death: Death

    def passphrase(self, person: Person) -> str:
        self.death.seat()
        note(ASKED, f"new {person.login}")
        return f"{person.login} remembers five words"

    def hand_over(self, told: Credentials) -> None:
        note(POCKETS, f"{told.person.login} {told.totp_secret}")
        self.death.seat()

    def enrolled(self, person: Person) -> None:
        note(ASKED, f"enrolled {person.login}")

    def compare(self, person: Person, mark: Fingerprint) -> None:
        """None of them has made a key at home."""

    def come_back(self, person: Person, refused: str) -> tuple[str, str]:
        assert not refused
        self.death.seat()
        note(ASKED, f"again {person.login}")
        return f"{person.login} remembers five words", pyotp.TOTP(pockets()[person.login]).at(self.now)


def note(path: Path, line: str) -> None:
    with open(path, "a", encoding="utf-8") as file:
        file.write(line + "\n")


def pockets() -> dict[str, str]:
    """Each person's secret of codes: the newest, where they were shown two."""
    return dict(line.split() for line in POCKETS.read_text(encoding="utf-8").splitlines())


def deaths() -> Iterator[Death]:
    yield from (Death(files=fatal) for fatal in FILES)
    yield from (Death(queries=fatal) for fatal in TABLES)
    yield from (Death(seats=fatal) for fatal in SEATS)
    yield from (Death(queries=fatal) for fatal in PEOPLE)
    yield from (Death(files=fatal) for fatal in LAST)
    while True:
        yield Death()


def elsewhere(work: Callable[[], object]) -> int:
    """Do it in a process of its own; its exit, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        _end_with(work)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _end_with(work: Callable[[], object]) -> NoReturn:
    try:
        work()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - whatever it was, the copy of this program must not go on
        traceback.print_exc()
        os._exit(1)


def attempt(death: Death, now: datetime) -> None:
    """Go on with the founding until the end, whichever comes first."""
    from django.db import connection

    sys.addaudithook(death.file)
    with connection.execute_wrapper(death.query), redirect_stdout(io.StringIO()):
        init.go_on(HOME, DECIDED, People(now, death), lambda: now)


def starts() -> list[str]:
    """The programs that would start in what lies there now."""
    able = []
    for program in founding.PROGRAMS:
        try:
            directory.check(program, HOME / program)
            able.append(program)
        except directory.Unusable:
            pass
    return able


def prepare() -> None:
    """Import what a founding imports, once for all; nothing stays on the disk."""
    from watchword.cli import serve

    founding.make_directories(HOME)
    founding.write_settings(HOME / "desk", {"WATCHWORD_PROFILE": "legion"})
    serve.prepare("desk", HOME / "desk")
    from watchword.cli import founding_desk

    assert founding_desk
    shutil.rmtree(HOME)


def look(out: Path) -> None:
    """What a founded Desk says about itself; each log-in must open a session."""
    from watchword.accounts import selectors, services
    from watchword.accounts.models import RoleKey, Staff
    from watchword.accounts.proposals import open_proposals
    from watchword.cli import doctor_desk, doctor_program
    from watchword.cli.main import main as command

    now, said = BEGUN + timedelta(hours=7), io.StringIO()
    checks = (doctor_desk.ledger, doctor_desk.holders, doctor_desk.pairs, doctor_program.migrations)
    with redirect_stdout(said):
        manifest = HOME / "gate" / founding.MANIFEST
        command(["ledger", "verify", str(HOME / "desk" / "ledger"), "--manifest", str(manifest)])
    keys = list(RoleKey.objects.order_by("role").values_list("role", "epoch"))
    found = {
        "roles": {one.login: sorted(selectors.roles_of(one.pk)) for one in Staff.objects.all()},
        "waiting": open_proposals().count(),
        "keys": keys,
        "doctor": [mistake.what for check in checks for mistake in check()],
        "ledger": said.getvalue(),
        "without": [one.login for role, _ in keys for one in selectors.missing_copies(role)],
    }
    for login, secret in pockets().items():
        words = f"{login} remembers five words"
        services.unlock_for(login=login, passphrase=words, code=pyotp.TOTP(secret).at(now), now=now)
    out.write_text(json.dumps(found), encoding="utf-8")


def main() -> None:
    """Kill until one is left alive; then tell what there is, and how it came about."""
    prepare()
    killed = 0
    for number, death in zip(count(), deaths()):
        now = BEGUN + timedelta(minutes=number)
        status = elsewhere(partial(attempt, death, now))
        if status == 0:
            break
        assert status == -signal.SIGKILL, status
        killed += 1
        if able := starts():
            assert all((HOME / name / founding.MANIFEST).exists() for name in founding.PROGRAMS), (
                death,
                able,
            )
    assert elsewhere(lambda: look(FOLDER / "found")) == 0
    found = json.loads((FOLDER / "found").read_text(encoding="utf-8"))
    asked = [line.split() for line in ASKED.read_text(encoding="utf-8").splitlines()]
    sys.stdout.write(json.dumps({**found, "killed": killed, "asked": asked}))


if __name__ == "__main__":
    main()
