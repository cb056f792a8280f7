# SPDX-License-Identifier: AGPL-3.0-or-later
"""One officer at the Desk, played by a script: what they click, and what the Desk acknowledged of it."""

import random
import re
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx

from bench.desk import CASE, EMPTY, HOME, LIST
from bench.desk_town import Officer

PORT, PAUSE = 8977, (5.0, 10.0)
CHANGE, FORM = "a change", "a form"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
OFFER = re.compile(r'href="/offer/([0-9a-f]{32})/"')


@dataclass
class Tally:
    """What all officers did, and how long each answer took."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[int] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    tasks: int = 0
    notes: int = 0
    offers: int = 0
    kept: dict[str, str] = field(default_factory=dict)
    """Who was told that they keep which case now."""

    taken: int = 0
    accepted: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Worker:
    """One officer: list, case, task, note, home, offers and their acceptance, a case that others want."""

    def __init__(self, officer: Officer, tally: Tally) -> None:
        from watchword.accounts import services
        from watchword.accounts.middleware import COOKIE
        from watchword.accounts.models import Staff
        from watchword.cases.models import Case

        self.tally, self.random = tally, random.Random(officer.login)
        self.uid = Staff.objects.get(login=officer.login).pk
        others = Staff.objects.filter(login__startswith="vet").exclude(pk=self.uid)
        self.others = list(others.values_list("pk", flat=True))
        here = Case.objects.filter(closed_at=None, stage="checks").order_by("received")
        kept = list(here.filter(keeper=self.uid).values_list("code", flat=True)[:40])
        # Some are worked on, the others go to colleagues; the free ones are the same for everybody.
        self.kept, self.to_offer = kept[::2], kept[1::2]
        self.free = list(here.filter(keeper=None).values_list("code", flat=True)[:200])
        now = datetime.now(UTC)
        Staff.objects.filter(pk=self.uid).update(last_step=0)
        cookie = services.log_in(now=now, **officer.credentials(now))
        self.browser = httpx.Client(base_url=f"http://127.0.0.1:{PORT}", cookies={COOKIE: cookie}, timeout=60)

    def works_until(self, end: float) -> None:
        turns: tuple[Callable[[], None], ...] = (
            self.reads_list, self.sets_task, self.reads_home, self.writes_note, self.takes_case,
            self.reads_nothing, self.offers_case,
        )  # fmt: skip
        first = self.random.randrange(len(turns))
        try:
            while True:
                for turn in turns[first:]:
                    if time.monotonic() >= end:
                        return
                    turn()
                first = 0
        except httpx.HTTPError as error:
            with self.tally.lock:
                self.tally.failed.append(repr(error))

    def reads_list(self) -> None:
        self.asks(LIST, "GET", self.random.choice(["/cases/", "/cases/?keeper=me", "/cases/?clock=soon"]))

    def reads_nothing(self) -> None:
        self.asks(EMPTY, "GET", "/empty/")

    def reads_home(self) -> None:
        """And accept what somebody offers."""
        page = self.asks(HOME, "GET", "/").text
        if found := OFFER.search(page):
            answer = self.sends(FORM, f"/offer/{found[1]}/", f"/offer/{found[1]}/accept/", {})
            if answer is not None:
                code = answer.headers["location"].strip("/").rpartition("/")[2]
                with self.tally.lock:
                    self.tally.kept[code] = self.uid
                    self.tally.accepted += 1

    def sets_task(self) -> None:
        path, today = f"/case/{self.random.choice(self.kept)}/", f"{datetime.now(UTC):%Y-%m-%d}"
        self.asks(CASE, "GET", path)
        form = {"kind": "check", "staff": self.uid, "due": today, "compartment": "story"}
        if self.sends(FORM, f"{path}task/", f"{path}task/", form) is not None:
            with self.tally.lock:
                self.tally.tasks += 1

    def writes_note(self) -> None:
        path = f"/case/{self.random.choice(self.kept)}/"
        form = {"words": "Called the school; they remember the applicant.", "compartment": "story"}
        if self.sends(FORM, f"{path}note/", f"{path}note/", form) is not None:
            with self.tally.lock:
                self.tally.notes += 1

    def offers_case(self) -> None:
        if not self.to_offer:
            return
        path = f"/case/{self.to_offer.pop()}/"
        if self.sends(CASE, path, f"{path}offer/", {"staff": self.random.choice(self.others)}) is not None:
            with self.tally.lock:
                self.tally.offers += 1

    def takes_case(self) -> None:
        """The first that is left; whoever is second learns it in words."""
        if not self.free:
            return
        code = self.free.pop(0)
        if self.sends(CASE, f"/case/{code}/", f"/case/{code}/keeper/", {"staff": self.uid}) is not None:
            with self.tally.lock:
                self.tally.kept[code] = self.uid
                self.tally.taken += 1

    def sends(self, kind: str, page: str, path: str, form: dict[str, str]) -> httpx.Response | None:
        """What was acknowledged, if it was; first the page with the form is read."""
        token = TOKEN.search(self.asks(kind, "GET", page).text)
        if token is None:
            return None
        answer = self.asks(CHANGE, "POST", path, {**form, "csrfmiddlewaretoken": token[1]})
        return answer if answer.status_code == 302 else None

    def asks(self, kind: str, method: str, path: str, form: dict[str, str] | None = None) -> httpx.Response:
        """Think, click, and wait."""
        time.sleep(self.random.uniform(*PAUSE))
        began = time.perf_counter()
        answer = self.browser.request(method, path, data=form)
        took = time.perf_counter() - began
        with self.tally.lock:
            self.tally.seconds[kind].append(took)
            self.tally.statuses[answer.status_code] += 1
        return answer
