# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one application costs, counted while it is made: requests, queries, durable commits, bytes kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.signals import request_started
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from watchword.intake.models import SealedEntry

WRITING = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Cost:
    """Of one piece of work."""

    requests: int
    queries: int
    commits: int
    entries: int
    bytes: int

    def __str__(self) -> str:
        return (
            f"{self.requests} requests, {self.queries} queries, {self.commits} durable commits,"
            f" {self.entries} sealed entries of {self.bytes / 1000:,.0f} kB together"
        )


def cost_of(work: Callable[[], object]) -> Cost:
    """Do the work once, and count."""
    asked: list[object] = []

    def note(**_: object) -> None:
        asked.append(None)

    request_started.connect(note)
    count, size = _kept()
    with CaptureQueriesContext(connection) as queries:
        work()
    request_started.disconnect(note)
    after, larger = _kept()
    statements = [str(query["sql"]) for query in queries.captured_queries]
    asking = [one for one in statements if not one.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    return Cost(len(asked), len(asking), commits(statements), after - count, larger - size)


def commits(statements: Iterable[str]) -> int:
    """How often something was made durable: transactions that wrote, and writes outside of any."""
    count, within, wrote = 0, False, False
    for one in statements:
        if one.startswith("BEGIN"):
            within, wrote = True, False
        elif one.startswith("COMMIT"):
            count, within = count + wrote, False
        elif one.startswith(WRITING):
            wrote, count = True, count + (not within)
    return count


def _kept() -> tuple[int, int]:
    found = SealedEntry.objects.aggregate(size=Sum("size"))
    return SealedEntry.objects.count(), found["size"] or 0
