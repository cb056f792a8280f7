# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the doctor finds out as the program itself: settings, database, manifest, the way to the Gate."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

import watchword
from watchword import trust
from watchword.cli.doctor_findings import Check, Mistake
from watchword.trust.manifest import Untrusted
from watchword.web import health

PACKAGE = Path(watchword.__file__).parent
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
LARGEST_SKEW = timedelta(minutes=1)
"""The courier's requests are numbered by time, and days begin at midnight UTC on both machines."""

ANSWER_SECONDS = 20


def checks(program: str) -> list[Check]:
    """In the order in which they are told."""
    looked = [
        Check("it is no demo, and cookies travel over TLS only", demo),
        Check("it answers to a name of its own", hosts),
        Check("the disk has room", room),
        Check("the manifest is in force, and stays so for two weeks", manifest),
        Check("the database has the tables of this version", migrations),
        Check("the program's own checks pass", own_checks),
        Check("styles, scripts and translations are built", built),
    ]
    if program == "desk":
        # What belongs to the Desk is not there to be imported at the Gate.
        from watchword.cli import doctor_desk

        looked += [
            Check("the ledger on the disk has what the database promised", doctor_desk.ledger),
            Check("the key store can be read, and what was erased is out of it", doctor_desk.key_store),
            Check("the database does not let the Desk change the ledger", doctor_desk.rights),
            Check("the matcher, where there is one, answers and is unlocked", doctor_desk.matcher),
            Check("each role that reads has somebody who holds its key", doctor_desk.holders),
            Check("whoever must answer one another are two", doctor_desk.pairs),
            Check("the Gate answers, and its clock agrees", the_gate),
        ]
    return looked


def demo() -> Iterator[Mistake]:
    if settings.WATCHWORD_DEMO:
        yield Mistake(
            "WATCHWORD_DEMO is set: the log-in page shows everybody's second factor.", _take_out("it")
        )
    elif not settings.SECURE_COOKIES:
        yield Mistake(
            "WATCHWORD_SECURE_COOKIES is off: a session can be read on its way.", _take_out("the line")
        )


def _take_out(what: str) -> str:
    return f"Take {what} out of settings.env, and start the program again."


def hosts() -> Iterator[Mistake]:
    if set(settings.ALLOWED_HOSTS) <= LOOPBACK:
        yield Mistake(
            "WATCHWORD_HOSTS names this machine only: browsers that ask for the real name are refused.",
            "Set it to the name in the certificate, and to the onion address if there is one.",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield Mistake("WATCHWORD_HOSTS is *: anybody's name is believed.", "Name the hosts.")


def room() -> Iterator[Mistake]:
    """A full disk takes no application and no ledger entry."""
    free = health.free_bytes()
    if free < health.LEAST_FREE:
        yield Mistake(
            f"{free // 2**20} MiB are free on the disk of the program's folder.",
            f"Make room: below {health.LEAST_FREE // 2**30} GiB the largest files no longer fit.",
        )


def manifest() -> Iterator[Mistake]:
    try:
        signed = trust.current()
    except Untrusted as reason:
        yield Mistake(f"The manifest is not believed: {reason}.", RENEW)
        return
    left = signed.expires - datetime.now(UTC).date()
    if left <= health.ENDING:
        yield Mistake(f"The manifest ends in {left.days} days, on {signed.expires}.", RENEW)


RENEW = "Make a new one and have two roots sign it: docs/how-to/found-an-organisation.md, What runs out."


def migrations() -> Iterator[Mistake]:
    try:
        connection.ensure_connection()
    except DatabaseError:
        yield Mistake("The database cannot be reached.", "Look at WATCHWORD_DATABASE, and whether it runs.")
        return
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield Mistake(
            f"{len(missing)} changes of tables were not made.",
            "Start the program: it makes them, as the role that owns the tables.",
        )


def own_checks() -> Iterator[Mistake]:
    for message in run_checks(databases=["default"]):
        if message.level >= ERROR:
            yield Mistake(str(message.msg), str(message.hint or "See docs/threat-model.md."))


def built() -> Iterator[Mistake]:
    wanted = [PACKAGE / "web/static/built", PACKAGE / "locale/ru/LC_MESSAGES/django.mo"]
    for path in wanted:
        if not path.exists():
            yield Mistake(f"{path} is missing: pages come without it.", "make build, or install the wheel.")


def the_gate() -> Iterator[Mistake]:
    """One request, as any visitor makes it."""
    address = settings.WATCHWORD_GATE_ADDRESS
    if not address:
        yield Mistake(
            "WATCHWORD_GATE_ADDRESS is empty: no courier goes.", "Set it to where the Gate answers."
        )
        return
    try:
        answer = httpx.get(address, timeout=ANSWER_SECONDS, trust_env=False)
        skew = abs(parsedate_to_datetime(answer.headers["Date"]) - datetime.now(UTC))
    except (httpx.HTTPError, KeyError, ValueError):
        yield Mistake("The Gate does not answer as a Gate does.", f"Look whether {address} is its address.")
        return
    if skew > LARGEST_SKEW:
        yield Mistake(
            f"The clocks of Gate and Desk differ by {int(skew.total_seconds())} seconds.",
            "Switch on time synchronisation on both machines.",
        )
