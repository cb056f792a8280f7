# SPDX-License-Identifier: AGPL-3.0-or-later
"""A machine that keeps others out: it asks for forms two hundred times a second, and fills none in."""

import http.client
import re
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from urllib.parse import urlsplit

RATE, HANDS = 200, 16
OLD = 21
"""Seconds after which the Gate lets a place go first."""
AGAIN = re.compile(r'content="10;url=([^"]*)"')


@dataclass
class Machine:
    """Asks until ``stop``, then tells in words what came of it."""

    address: str
    keeps_places: bool
    stop: Event
    told: "Queue[str]"
    places: deque[tuple[float, str]] = field(default_factory=deque)
    answers: Counter[int] = field(default_factory=Counter)

    @property
    def head_start(self) -> float:
        """Seconds after which it does its worst."""
        return OLD + 4 if self.keeps_places else 6

    def ask(self) -> None:
        began = time.monotonic()
        hands = [threading.Thread(target=self._ask, args=(number,)) for number in range(HANDS)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        asked, seconds = self.answers.total(), time.monotonic() - began
        self.told.put(f"{asked / seconds:.0f} requests a second, {self.answers[200] / seconds:.1f} let in")

    def _ask(self, number: int) -> None:
        """One of its hands: asks at even times, and skips what it is too late for."""
        line = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        beat = HANDS / RATE
        due = time.monotonic() + number / RATE
        while not self.stop.is_set():
            time.sleep(max(0.0, due - time.monotonic()))
            line.request("GET", f"/contact/{self._place()}")
            answer = line.getresponse()
            page = answer.read().decode()
            self.answers[answer.status] += 1
            if self.keeps_places and (again := AGAIN.search(page)):
                self.places.append((time.monotonic(), again[1].replace("&amp;", "&")))
            due = max(due + beat, time.monotonic() - beat)

    def _place(self) -> str:
        """The oldest place that is old enough, or none."""
        try:
            taken, place = self.places.popleft()
        except IndexError:
            return ""
        if time.monotonic() - taken >= OLD:
            return place
        self.places.appendleft((taken, place))
        return ""
