# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether a clock tells mailboxes apart: nobody's, an empty one, and those behind a second receipt.

Each is signed in to and looked at in turn, in an order drawn by chance. Printed are the quantiles and,
against the empty mailbox, how often a guess by the time alone would be right: 0.50 is a coin. The last line
holds two halves of the empty ones against each other: what the measurement itself can tell.
"""

import random
import statistics
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import mailbox_town as towns
from bench.submission import found

ROUNDS, CROWD = 200, 300
EMPTY = "empty"


def measure(home: Path) -> None:
    towns.open_gate(home)
    towns.settle(home, known=4, mailboxes=CROWD)
    receipts = _receipts()
    clocks: dict[str, dict[str, list[float]]] = {
        clock: {name: [] for name in receipts} for clock in ("wall", "processor")
    }
    order = [name for name in receipts for _ in range(ROUNDS)]
    random.shuffle(order)
    for name in order:
        for clock, taken in zip(clocks, _visit(receipts[name]), strict=True):
            clocks[clock][name].append(taken)
    print(f"\nSigning in and the page behind it, milliseconds, {ROUNDS} times each in an order of chance")
    for clock, times in clocks.items():
        print(f" by the clock of the {clock}")
        _table(times)


def _table(times: dict[str, list[float]]) -> None:
    for name, taken in times.items():
        low, middle, high = statistics.quantiles(taken, n=4)
        guess = "" if name == EMPTY else f"   a guess is right {_right(times[EMPTY], taken):.3f}"
        print(f"  {name:<26} quartiles {low:6.2f} {middle:6.2f} {high:6.2f}{guess}")
    halves = times[EMPTY][::2], times[EMPTY][1::2]
    print(f"  empty against empty: a guess is right {_right(*halves):.3f}")


def _receipts() -> "dict[str, object]":
    """One of each kind. The second receipts are made as an applicant makes them."""
    from watchword import trust
    from watchword.core.sealing.receipt import Receipt
    from watchword.intake import services
    from watchword.intake.services import Visit

    own = Receipt.new()
    uid = towns.empty_mailbox(own)
    now = datetime.now(UTC)
    visit = Visit(services.new_key(), uid, own.keys(trust.current().organisation), None, 0)

    def second(warn: bool) -> Receipt:
        ticket = services.issue(services.SECOND_FORM, now.date())
        return services.second_receipt(visit=visit, warn=warn, ticket=ticket, now=now)

    return {
        "nobody's": Receipt.new(),
        EMPTY: own,
        "second receipt": second(False),
        "second receipt that warns": second(True),
    }


def _visit(receipt: object) -> tuple[float, float]:
    from watchword.core.sealing.receipt import Receipt
    from watchword.intake.models import Parcel

    assert isinstance(receipt, Receipt)
    began = time.perf_counter(), time.process_time()
    answer = towns.sign_in(receipt).get("/mailbox/")
    taken = (time.perf_counter() - began[0]) * 1000, (time.process_time() - began[1]) * 1000
    if b"how to help civilians" not in answer.content:
        raise SystemExit("this is not the page of a mailbox without letters")
    # The courier comes every few seconds and takes what warns.
    Parcel.objects.all().delete()
    return taken


def _right(left: Sequence[float], right: Sequence[float]) -> float:
    """How often the larger of two times, one of each kind, belongs to the kind that is larger more often."""
    larger = sum((one > other) + (one == other) / 2 for one in left for other in right)
    share = larger / (len(left) * len(right))
    return max(share, 1 - share)


def main() -> None:
    towns.one_after_another(found, measure)


if __name__ == "__main__":
    main()
