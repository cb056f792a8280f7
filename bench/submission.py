# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole applications per second on two processes, against a bare Django form post with one durable write.

Three kinds of work, turn and turn about, each by two processes on one database:

* *bare post*: one form of the same size in all, validated by Django, one row, one durable commit;
* *application, services*: mailbox and receipt, every section sealed and committed as it comes, parcel sent;
* *application, pages*: the same through every page that a person without JavaScript goes through.
"""

import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import Empty
from statistics import median

from bench.timing import goal, table

PROCESSES, ROUNDS, SECONDS = 2, 5, 3.0
BARE, SERVICES, PAGES = "bare post", "application, services", "application, pages"
BYTES = 4_000

Work = Callable[[], object]


def found(home: Path) -> None:
    """An organisation of the demo's kind, without applicants."""
    from watchword.cli import founding
    from watchword.cli.invented.staff import demo_organisation, passphrase_of

    founding.make_directories(home)
    extra = {
        "WATCHWORD_SECURE_COOKIES": "false",
        "WATCHWORD_PASSPHRASE_PASSES": "1",
        "WATCHWORD_PASSPHRASE_KIB": "64",
    }
    organisation = demo_organisation("http://127.0.0.1:1/")
    founding.found(home, organisation, passphrase_of, datetime.now(UTC), extra)


def prepared(home: Path) -> dict[str, Work]:
    """This process as a Gate, and the three kinds of work."""
    from watchword.cli import serve

    os.environ["WATCHWORD_HOSTS"] = "testserver,127.0.0.1"
    serve.prepare("gate", home / "gate")
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from bench import bare_post
    from tests.gate.applicant import Dov
    from watchword.cli.invented.applicants import applicants
    from watchword.cli.invented.gate_seeder import Applicants

    people, seeder = applicants(40), Applicants()
    return {
        BARE: bare_post.poster(BYTES),
        SERVICES: lambda: seeder.apply(people[0], datetime.now(UTC)),
        PAGES: lambda: Dov().applies(),
    }


def worker(home: Path, orders: "multiprocessing.Queue[str]", done: "multiprocessing.Queue[int]") -> None:
    """Do what is ordered for some seconds, and say how often it was finished."""
    work = prepared(home)
    for call in work.values():
        call()
    done.put(0)
    while order := orders.get():
        count, end = 0, time.perf_counter() + SECONDS
        while time.perf_counter() < end:
            work[order]()
            count += 1
        done.put(count)


def measure(home: Path) -> dict[str, float]:
    """Finished per second by all processes together, the median of the rounds."""
    spawn = multiprocessing.get_context("spawn")
    orders, done = spawn.Queue(), spawn.Queue()
    workers = [spawn.Process(target=worker, args=(home, orders, done)) for _ in range(PROCESSES)]
    for process in workers:
        process.start()
    collect(done, workers)
    rates: dict[str, list[float]] = {BARE: [], SERVICES: [], PAGES: []}
    for _ in range(ROUNDS):
        for name, results in rates.items():
            began = time.perf_counter()
            for _ in workers:
                orders.put(name)
            results.append(collect(done, workers) / (time.perf_counter() - began))
    for _ in workers:
        orders.put("")
    for process in workers:
        process.join()
    return {name: median(results) for name, results in rates.items()}


def collect(done: "multiprocessing.Queue[int]", workers: list[SpawnProcess]) -> int:
    """One answer of each process; an error when one has died."""
    answers: list[int] = []
    while len(answers) < len(workers):
        try:
            answers.append(done.get(timeout=1))
        except Empty:
            if any(process.exitcode for process in workers):
                raise SystemExit("a worker failed; see above") from None
    return sum(answers)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "organisation"
        # Each in a process of its own: one is the Desk, one the Gate that makes its tables.
        for step in (found, prepared):
            process = multiprocessing.get_context("spawn").Process(target=step, args=(home,))
            process.start()
            process.join()
        rates = measure(home)
    table(f"Submissions, {PROCESSES} processes, SQLite with a sync per commit", rates, "per second", BARE)
    goal("whole applications sealed by the server, per second", rates[SERVICES], 60)
    print(
        "  one application: an Argon2id of 8 MiB, 9 sealed entries, 10 durable commits; 30 requests by pages"
    )


if __name__ == "__main__":
    main()
