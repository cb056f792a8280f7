# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole applications per second on two processes, against a bare Django form post with one durable write.

Turn and turn about, each by two processes on one database:

* *bare post*: one form of the same size in all, through the same middleware, one row, one durable commit;
* *services*: mailbox and receipt, every section sealed and committed as it comes, parcel sent;
* *pages*: the same through every page that a person without JavaScript goes through;
* *browser*: sealed before the clock runs, and brought by the requests that the scripts of the pages make;
* *kit*: sealed before the clock runs, and pasted as one text.

The first page's weight and requests are counted besides.
"""

import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import Empty
from statistics import median

from bench.timing import goal, table

PROCESSES, ROUNDS, SECONDS = 2, 5, 3.0
BARE, VIEW, SERVICES, PAGES, BROWSER, KIT = (
    "bare post",
    "bare post, the view alone",
    "application, services",
    "application, pages",
    "application, browser",
    "application, kit",
)
STOCK = {BROWSER: 600, KIT: 1500}
"""Applications that each process seals before it begins; a round ends early when they are all brought."""
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


def open_gate(home: Path) -> None:
    """This process as a Gate that lets everybody in."""
    from watchword.cli import serve

    os.environ["WATCHWORD_HOSTS"] = "testserver,127.0.0.1"
    serve.prepare("gate", home / "gate")
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from watchword.gate import budget

    budget.forms = budget.Budget(1e9, 1e9)


def prepared(stock: dict[str, int]) -> dict[str, Work]:
    """The kinds of work; StopIteration when all that was sealed elsewhere is brought."""
    from bench import bare_post, sealed_elsewhere
    from tests.gate.applicant import Dov
    from watchword.cli.invented.applicants import applicants
    from watchword.cli.invented.gate_seeder import Applicants

    people, seeder = applicants(40, "legion"), Applicants()

    def apply() -> str:
        return seeder.apply(people[0], datetime.now(UTC))

    parts = sealed_elsewhere.parts_of(apply(), BYTES)
    made = {name: [sealed_elsewhere.sealed(parts) for _ in range(count)] for name, count in stock.items()}
    tabs, texts = iter(made[BROWSER]), iter([sealed_elsewhere.text_of(one) for one in made[KIT]])
    return {
        BARE: bare_post.poster(BYTES),
        VIEW: bare_post.caller(BYTES),
        SERVICES: apply,
        PAGES: lambda: Dov().applies(),
        BROWSER: lambda: sealed_elsewhere.Browser().brings(next(tabs)),
        KIT: lambda: sealed_elsewhere.paste(next(texts)),
    }


def costs(home: Path) -> None:
    """Count what each kind of application costs, and what the first page weighs."""
    open_gate(home)
    from bench.costs import cost_of
    from bench.sealed_elsewhere import first_page

    weights = first_page()
    print(f"\nThe first page: {sum(weights) / 1000:.1f} kB, compressed, in {len(weights)} requests")
    work = prepared({BROWSER: 1, KIT: 1})
    for name in (SERVICES, PAGES, BROWSER, KIT):
        print(f"{name}: {cost_of(work[name])}")


def worker(home: Path, orders: "multiprocessing.Queue[str]", done: "multiprocessing.Queue[float]") -> None:
    """Do what is ordered for some seconds, and say how often a second it was finished."""
    open_gate(home)
    work = prepared(STOCK)
    for call in work.values():
        call()
    done.put(0)
    while order := orders.get():
        began = time.perf_counter()
        count = sum(1 for _ in until_the_end(work[order], began + SECONDS))
        done.put(count / (time.perf_counter() - began))


def until_the_end(call: Work, end: float) -> Iterator[None]:
    """Call until the time or the stock is over."""
    while time.perf_counter() < end:
        try:
            call()
        except StopIteration:
            return
        yield


def measure(home: Path) -> dict[str, float]:
    """Finished per second by all processes together, the median of the rounds."""
    spawn = multiprocessing.get_context("spawn")
    orders, done = spawn.Queue(), spawn.Queue()
    workers = [spawn.Process(target=worker, args=(home, orders, done)) for _ in range(PROCESSES)]
    for process in workers:
        process.start()
    collect(done, workers)
    rates: dict[str, list[float]] = {name: [] for name in (BARE, VIEW, SERVICES, PAGES, BROWSER, KIT)}
    for _ in range(ROUNDS):
        for name, results in rates.items():
            for _ in workers:
                orders.put(name)
            results.append(collect(done, workers))
    for _ in workers:
        orders.put("")
    for process in workers:
        process.join()
    return {name: median(filter(None, results)) for name, results in rates.items()}


def collect(done: "multiprocessing.Queue[float]", workers: list[SpawnProcess]) -> float:
    """The sum of one answer of each process; an error when one has died."""
    answers: list[float] = []
    while len(answers) < len(workers):
        try:
            answers.append(done.get(timeout=1))
        except Empty:
            if any(process.exitcode for process in workers):
                raise SystemExit("a worker failed; see above") from None
    return sum(answers)


def main() -> None:
    from bench.mailbox_town import in_a_process_of_its_own

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "organisation"
        # Each in a process of its own: one is the Desk, one the Gate that makes its tables.
        for step in (found, costs):
            in_a_process_of_its_own(step, home)
        rates = measure(home)
    table(f"Submissions, {PROCESSES} processes, SQLite with a sync per commit", rates, "per second", BARE)
    goal("applications sealed by the server, per second", rates[SERVICES], 60)
    goal("applications sealed in the browser, of the bare post", rates[BROWSER] / rates[BARE], 0.5)
    goal("applications sealed by the kit, of the bare post", rates[KIT] / rates[BARE], 0.5)


if __name__ == "__main__":
    main()
