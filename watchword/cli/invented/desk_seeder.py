# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plays forty lives in the order of their days, in a process that is the Desk, with a real Gate beside it."""

import heapq
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import httpx
import pyotp
from django.conf import settings

from watchword.accounts import services as accounts
from watchword.accounts.demo import CastMember
from watchword.accounts.rules import Actor
from watchword.accounts.services import courier_actor
from watchword.cli.invented import lives, mission, screening, story
from watchword.cli.invented.applicants import Applicant
from watchword.courier.deskside.services import exchange
from watchword.journal import services as journal

LIVES = {"legion": lives.life, "observers": mission.life}


class Office:
    """Everybody of the cast, who logs in again whenever a working day is over."""

    def __init__(self, cast: Sequence[CastMember], now: Callable[[], datetime]) -> None:
        self._cast = {one.login: one for one in cast}
        self._now = now
        self._open: dict[str, tuple[datetime, Actor]] = {}

    def __getitem__(self, login: str) -> Actor:
        now = self._now()
        until, actor = self._open.get(login, (now, None))
        if actor is None or now >= until:
            one = self._cast[login]
            code = pyotp.TOTP(one.totp_secret).at(now)
            actor = accounts.unlock_for(login=login, passphrase=one.passphrase, code=code, now=now)
            self._open[login] = (now + story.WORKING_DAY, actor)
        return actor


class GateProcess:
    """The applicants' side: a seeder process for what they do, the courier for what comes of it."""

    def __init__(self, gate: Path, http: httpx.Client, now: Callable[[], datetime]) -> None:
        self._now, self._http = now, http
        self._process = subprocess.Popen(  # noqa: S603 - our own module, with a path that we made
            [sys.executable, "-m", "watchword.cli.invented.gate_seeder", str(gate)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def apply(self, applicant: Applicant, now: datetime) -> str:
        case = self._order(now, do="apply", **vars(applicant))
        self.exchange()
        return case

    def reply(self, applicant: Applicant, text: str, compartment: str, now: datetime) -> None:
        words = {"text": text, "language": applicant.language, "compartment": compartment}
        self._order(now, do="reply", number=applicant.number, **words)
        self.exchange()

    def lodge(self, applicant: Applicant, now: datetime, *sections: str) -> None:
        # The letter that asks must lie in the mailbox: the Gate shows nobody the page without it.
        self.exchange()
        for section in sections:
            self._order(now, do="lodge", section=section, **vars(applicant))
        self.exchange()

    def withdraw(self, applicant: Applicant, now: datetime) -> None:
        self._order(now, do="withdraw", number=applicant.number, language=applicant.language)
        self.exchange()

    def exchange(self) -> None:
        """The courier's round at this minute of the story."""
        done = exchange(http=self._http, actor=courier_actor(self._now()), now=self._now())
        if done.failure:
            raise RuntimeError(done.failure)

    def close(self) -> None:
        self._pipe(self._process.stdin).close()
        self._process.wait(timeout=30)

    def _order(self, now: datetime, **order: object) -> str:
        self._pipe(self._process.stdin).write(json.dumps({**order, "now": now.isoformat()}) + "\n")
        self._pipe(self._process.stdin).flush()
        return str(json.loads(self._pipe(self._process.stdout).readline()))

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


def seed(
    cast: Sequence[CastMember],
    gate_directory: Path,
    gate_address: str,
    who: Sequence[Applicant],
    progress: Callable[[int, int], None],
) -> None:
    """Play every life to its end. ``progress`` is told how many of how many have ended."""
    begin, end = story.first_and_last(datetime.now(UTC))
    with httpx.Client(base_url=gate_address, trust_env=False, timeout=30) as http:
        clock = story.Clock(begin)
        gate = GateProcess(gate_directory, http, clock)
        world = lives.World(Office(cast, clock), gate, clock)
        screening.load_lists(begin.date())
        try:
            play(world, LIVES[settings.WATCHWORD_PROFILE], who, end, progress)
            # Whoever does something now logs in now, and not at the last step of some life.
            clock.now = end
            gate.exchange()
            screening.leave_for_the_visitor(world.staff, end)
        finally:
            gate.close()
    journal.integrate(end)


def play(
    world: lives.World,
    life: Callable[[lives.World, Applicant], lives.Life],
    who: Sequence[Applicant],
    end: datetime,
    progress: Callable[[int, int], None],
) -> None:
    """Always continue the life that is earliest, so that the ledger's minutes only go forward."""
    waiting = [(world.now, one.number, life(world, one)) for one in who]
    heapq.heapify(waiting)
    while waiting:
        world.clock.now, number, rest = heapq.heappop(waiting)
        try:
            pause = next(rest)
        except StopIteration:
            progress(len(who) - len(waiting), len(who))
            continue
        heapq.heappush(waiting, (min(world.now + pause, end), number, rest))
