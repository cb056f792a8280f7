# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an administrator sees of the machinery: no content, and no number of people or cases."""

import platform
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import django
from django.conf import settings
from django.db import connection

from watchword import __version__
from watchword.core.ledger.tiles import CHECKPOINT
from watchword.courier.deskside.selectors import last_round
from watchword.journal import selectors as journal
from watchword.matching.selectors.process import Matcher, matcher
from watchword.web import health

GIB = 2**30
# So many rounds without an end are more than one slow circuit of Tor.
ROUNDS_MISSED = 10


@dataclass(frozen=True)
class Ledger:
    """The newest checkpoint on the disk, and whether the database agrees with it."""

    written: datetime | None
    shorter_than_promised: bool
    behind: bool


@dataclass(frozen=True)
class Courier:
    """When a round with the Gate last came to its end, and whether that is too long ago."""

    knows_a_gate: bool
    last: datetime | None
    late: bool


@dataclass(frozen=True)
class Machine:
    """All of it, as the page draws it."""

    database: str
    ledger: Ledger
    courier: Courier
    matcher: Matcher
    manifest_ends: date | None
    manifest_ending: bool
    free_gib: int
    little_room: bool
    versions: str


def machine(now: datetime) -> Machine:
    """How the Desk's machinery does now."""
    ends, free = health.manifest_ends(), health.free_bytes()
    return Machine(
        database=_database(),
        ledger=_ledger(),
        courier=_courier(now),
        matcher=matcher(),
        manifest_ends=ends,
        manifest_ending=ends is not None and ends - now.date() <= health.ENDING,
        free_gib=free // GIB,
        little_room=free < health.LEAST_FREE,
        versions=f"Watchword {__version__}, Django {django.__version__}, Python {platform.python_version()}",
    )


def _database() -> str:
    with connection.cursor():  # a connection that was never opened does not know its version
        version = ".".join(map(str, connection.get_database_version()))
    return f"{connection.display_name} {version}"


def _ledger() -> Ledger:
    state = journal.log_state()
    written = None
    if state.readable:
        written = datetime.fromtimestamp((journal.ledger_directory() / CHECKPOINT).stat().st_mtime, UTC)
    return Ledger(written, state.shortened, state.behind)


def _courier(now: datetime) -> Courier:
    address = settings.WATCHWORD_GATE_ADDRESS
    last = last_round(address) if address else None
    longest = timedelta(seconds=settings.WATCHWORD_COURIER_SECONDS * ROUNDS_MISSED)
    return Courier(bool(address), last, bool(address) and (last is None or now - last > longest))
