# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long the page of a mailbox takes at 10,000 mailboxes, beside the same page at 100, in one run.

A mailbox has six letters, each opened with the receipt's key and both its signatures checked for every page.
The clock of the wall tells of the whole machine, that of the processor of this work alone.
"""

import argparse
import statistics
import time
from functools import partial
from pathlib import Path

from bench import mailbox_town as towns
from bench.submission import found

KNOWN, PAGES, SMALL, LARGE = 40, 1500, 100, 10_000
"""Mailboxes whose receipts are known, pages asked for, and mailboxes of the two Gates."""


def measure(large_town: int, home: Path) -> None:
    towns.open_gate(home)
    town = towns.settle(home, known=KNOWN, mailboxes=SMALL)
    small = _pages(town)
    towns.settle(home, known=1, mailboxes=large_town - SMALL)
    large = _pages(town)
    print(f"\nThe page of a mailbox with {towns.LETTERS} letters, milliseconds, {PAGES} pages each")
    for clock in small:
        for mailboxes, times in ((SMALL, small[clock]), (large_town, large[clock])):
            print(f"  {clock:<9} at {mailboxes:>6,} mailboxes: " + _line(times))
        ratio = _quantile(large[clock], 0.99) / _quantile(small[clock], 0.99)
        print(f"  {clock:<9} p99 at {large_town:,} is {ratio:.2f} of p99 at {SMALL:,}")


def _pages(town: towns.Town) -> dict[str, list[float]]:
    clients = [towns.sign_in(receipt) for receipt in town.receipts]
    wall, processor = [], []
    for turn in range(PAGES + len(clients)):
        began = time.perf_counter(), time.process_time()
        answer = clients[turn % len(clients)].get("/mailbox/")
        wall.append((time.perf_counter() - began[0]) * 1000)
        processor.append((time.process_time() - began[1]) * 1000)
        if answer.content.count(b"letter-genuine") != towns.LETTERS:
            raise SystemExit("a page does not show its letters")
    # The first look of each marks its letters as read; that is another page.
    return {"wall": wall[len(clients) :], "processor": processor[len(clients) :]}


def _line(times: list[float]) -> str:
    median, p90, p99 = statistics.median(times), _quantile(times, 0.9), _quantile(times, 0.99)
    return f"median {median:6.2f}   p90 {p90:6.2f}   p99 {p99:6.2f}"


def _quantile(times: list[float], share: float) -> float:
    return sorted(times)[int(share * (len(times) - 1))]


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--mailboxes", type=int, default=LARGE, help=f"of the larger Gate, more than {SMALL}")
    towns.one_after_another(found, partial(measure, wanted.parse_args().mailboxes))


if __name__ == "__main__":
    main()
