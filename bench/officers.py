# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many officers at one Desk at once, from a script in the browser's place: nothing fails, nothing is lost.

`python -m bench.officers --minutes 10`: sixty officers, each with a session of their own, click every five to
ten seconds at the Desk as `watchword run` serves it, on SQLite and on a PostgreSQL of its own. Afterwards
everything that was acknowledged must be there once, and in the ledger: tasks, notes, who keeps which case.
Beside their pages stands the empty page, asked by the same officers in the same minutes.
"""

import argparse
import multiprocessing
import random
import resource
import threading
import time
from functools import partial
from pathlib import Path

import httpx

from bench.desk import EMPTY
from bench.desk_town import ENGINES, Officer, Town, in_towns
from bench.officers_at_work import PORT, Tally, Worker
from bench.officers_counted import counted, lost
from bench.timing import goal, quantile

GOAL = 0.3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), choices=ENGINES)
    parser.add_argument("--officers", type=int, default=60)
    parser.add_argument("--minutes", type=float, default=1)
    args = parser.parse_args()
    towns = [Town(engine, args.cases, args.officers) for engine in args.engines]
    in_towns(towns, partial(crowd, minutes=args.minutes))


def serve(home: Path) -> None:
    """The Desk in a process of its own, as `watchword run desk` has it, with the empty page besides."""
    from watchword.cli import serve

    serve.prepare("desk", home / "desk")
    from django.conf import settings

    settings.ROOT_URLCONF = "bench.desk_empty"
    serve.serve("desk", serve.Door("127.0.0.1", PORT, None))


def crowd(home: Path, officers: list[Officer], minutes: float) -> None:
    """Let everybody work for so long, and look at what is there afterwards."""
    before = counted()
    desk = multiprocessing.get_context("spawn").Process(target=serve, args=(home,))
    desk.start()
    tally = Tally()
    try:
        people = [Worker(officer, tally) for officer in officers]
        wait_for_desk(desk)
        began = time.monotonic()
        threads = [threading.Thread(target=one.works_until, args=(began + 60 * minutes,)) for one in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - began
    finally:
        desk.terminate()
        desk.join()
    report(tally, took)
    wrong = lost(tally, before)
    print(
        "".join(f"  LOST: {one}\n" for one in wrong) or "  nothing that was acknowledged is lost or doubled"
    )
    if wrong or tally.failed or any(status >= 500 for status in tally.statuses):
        raise SystemExit("an error, or an update that was lost")


def wait_for_desk(desk: "multiprocessing.process.BaseProcess") -> None:
    give_up = time.monotonic() + 60
    while desk.is_alive() and time.monotonic() < give_up:
        try:
            httpx.get(f"http://127.0.0.1:{PORT}/log-in/")
        except httpx.TransportError:
            time.sleep(random.uniform(0.1, 0.3))
        else:
            return
    raise SystemExit("the Desk did not start")


def report(tally: Tally, took: float) -> None:
    every = [seconds for times in tally.seconds.values() for seconds in times]
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    share = (used.ru_utime + used.ru_stime) / took
    print(
        f"  {len(every)} requests in {took:.0f} s {dict(tally.statuses)}; the Desk used {share:.2f} of a core"
    )
    for error in tally.failed[:5]:
        print(f"  FAILED: {error}")
    half = quantile(tally.seconds[EMPTY], 0.5)
    for name, times in sorted(tally.seconds.items()):
        own = quantile(times, 0.5)
        print(
            f"  {name:<16} p50 {own * 1e3:7.1f}   p99 {quantile(times, 0.99) * 1e3:7.1f}"
            f"   {own / half:5.2f} of {EMPTY}   {len(times)} times"
        )
    worst = quantile(every, 0.99)
    print(f"  all              p50 {quantile(every, 0.5) * 1e3:7.1f}   p99 {worst * 1e3:7.1f}")
    goal("300 ms for each p99", GOAL / worst, 1)


if __name__ == "__main__":
    main()
