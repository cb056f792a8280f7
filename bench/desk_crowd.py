# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many officers at one Desk at once: what they read, what they set as tasks, and cases that two want at once.

Every officer reads and writes, with the pauses of somebody who works quickly, over HTTP at the Desk as it is
served. Afterwards every task that was acknowledged must be there, and each case must be kept by the one
person whose taking of it was acknowledged.
"""

import multiprocessing
import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bench.desk_town import Officer
from bench.timing import goal, quantile

PORT, PAUSE = 8977, (2.0, 8.0)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
GOAL = 0.3


@dataclass
class Tally:
    """What all officers did, and how long each answer took."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    tasks: int = 0
    taken: list[tuple[str, str]] = field(default_factory=list)


def serve(home: Path) -> None:
    """The Desk in a process of its own."""
    from watchword.cli import serve

    serve.prepare("desk", home / "desk")
    serve.serve("desk", serve.Door("127.0.0.1", PORT, None))


def crowd(home: Path, officers: list[Officer], minutes: float) -> None:
    """Let everybody work for so long, and look at what is there afterwards."""
    desk = multiprocessing.get_context("spawn").Process(target=serve, args=(home,))
    desk.start()
    tally, end = Tally(), time.monotonic() + 5 + 60 * minutes
    try:
        people = [Worker(officer, tally, contested()) for officer in officers]
        wait_for_desk(desk)
        threads = [threading.Thread(target=one.works_until, args=(end,)) for one in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        desk.terminate()
        desk.join()
    report(len(officers), minutes, tally)


def wait_for_desk(desk: "multiprocessing.process.BaseProcess") -> None:
    give_up = time.monotonic() + 60
    while desk.is_alive() and time.monotonic() < give_up:
        try:
            httpx.get(f"http://127.0.0.1:{PORT}/log-in/")
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the Desk did not start")


def contested() -> list[str]:
    """The cases that nobody keeps yet, the same for everybody."""
    from watchword.cases.models import Case

    free = Case.objects.filter(keeper=None, closed_at=None, stage="checks").order_by("received")
    return list(free.values_list("code", flat=True)[:200])


class Worker:
    """One officer: the list, a case, a task in it, home; now and then a case that others want as well."""

    def __init__(self, officer: Officer, tally: Tally, free: list[str]) -> None:
        from watchword.accounts import services
        from watchword.accounts.middleware import COOKIE
        from watchword.accounts.models import Staff
        from watchword.cases.models import Case

        self.uid = Staff.objects.get(login=officer.login).pk
        kept = Case.objects.filter(keeper=self.uid, closed_at=None, stage="checks")
        self.kept, self.free, self.tally = list(kept.values_list("code", flat=True)[:40]), free, tally
        now = datetime.now(UTC)
        Staff.objects.filter(pk=self.uid).update(last_step=0)
        cookie = services.log_in(now=now, **officer.credentials(now))
        self.browser = httpx.Client(base_url=f"http://127.0.0.1:{PORT}", cookies={COOKIE: cookie}, timeout=60)

    def works_until(self, end: float) -> None:
        turns = (self.reads_list, self.sets_task, self.reads_home, self.takes_case)
        time.sleep(random.uniform(*PAUSE))
        while time.monotonic() < end:
            for turn in turns:
                turn()
                time.sleep(random.uniform(*PAUSE))

    def reads_list(self) -> None:
        self.asks("GET", random.choice(["/cases/", "/cases/?keeper=me", "/cases/?clock=soon"]))

    def reads_home(self) -> None:
        self.asks("GET", "/")

    def sets_task(self) -> None:
        code = random.choice(self.kept)
        self.asks("GET", f"/case/{code}/")
        due = f"{datetime.now(UTC):%Y-%m-%d}"
        form = {"kind": "check", "staff": self.uid, "due": due, "compartment": "story"}
        if self.sends(f"/case/{code}/task/", f"/case/{code}/task/", form):
            self.tally.tasks += 1

    def takes_case(self) -> None:
        """The first that is left; whoever is second learns it in words."""
        if not self.free:
            return
        code = self.free[0]
        if self.sends(f"/case/{code}/", f"/case/{code}/keeper/", {"staff": self.uid}):
            self.tally.taken.append((code, self.uid))
        self.free = [one for one in self.free if one != code]

    def sends(self, page: str, path: str, form: dict[str, str]) -> bool:
        """Whether what was sent was acknowledged."""
        token = TOKEN.search(self.asks("GET", page).text)
        if token is None:
            return False
        sent = {**form, "csrfmiddlewaretoken": token[1]}
        return self.asks("POST", path, sent).status_code == 302

    def asks(self, method: str, path: str, form: dict[str, str] | None = None) -> httpx.Response:
        began = time.perf_counter()
        answer = self.browser.request(method, path, data=form)
        self.tally.seconds.append(time.perf_counter() - began)
        self.tally.statuses[answer.status_code] += 1
        return answer


def report(officers: int, minutes: float, tally: Tally) -> None:
    from watchword.cases.models import Case, Task

    half, worst = quantile(tally.seconds, 0.5), quantile(tally.seconds, 0.99)
    print(f"  {officers} officers, {minutes:g} minutes, {len(tally.seconds)} requests {dict(tally.statuses)}")
    print(f"  over HTTP        p50 {half * 1e3:7.2f}   p99 {worst * 1e3:7.2f}")
    lost = tally.tasks - Task.objects.count()
    kept = dict(Case.objects.filter(code__in=[code for code, _ in tally.taken]).values_list("code", "keeper"))
    wrong = [code for code, keeper in tally.taken if kept[code] != keeper]
    print(
        f"  {tally.tasks} tasks set, {lost} lost; {len(tally.taken)} cases taken, {len(wrong)} by two at once"
    )
    goal("300 ms for each p99", GOAL / worst, 1)
    if lost or wrong or any(status >= 500 for status in tally.statuses):
        raise SystemExit("an error, or an update that was lost")
