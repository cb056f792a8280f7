# SPDX-License-Identifier: AGPL-3.0-or-later
"""A Desk with very many cases for its measurements, and the officers who work at it."""

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pyotp

from watchword import profiles
from watchword.cli import founding
from watchword.cli.founding_answers import Person, read_answers
from watchword.cli.founding_example import example

if TYPE_CHECKING:
    from watchword.accounts.models import Staff
    from watchword.cases.models import Case
    from watchword.vault.models import SealedRecord

CHEAP = {
    "WATCHWORD_PASSPHRASE_PASSES": "1",
    "WATCHWORD_PASSPHRASE_KIB": "64",
    "WATCHWORD_SECURE_COOKIES": "false",
}
# Of ten cases six have ended; the open ones stand here, turn and turn about.
STAGES = ("prescreen", "questionnaire", "checks", "interview")
ENTRIES, CHUNK = 4, 2_000
YEAR = 365 * 24 * 60 * 60


ENGINES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Town:
    """One of ENGINES, how many cases, and how many officers of vetting."""

    engine: str
    cases: int
    officers: int


@dataclass(frozen=True)
class Officer:
    """Somebody of vetting, and what they log in with."""

    login: str
    secret: str

    def credentials(self, now: datetime) -> dict[str, str]:
        code = pyotp.TOTP(self.secret).at(now)
        return {"login": self.login, "passphrase": f"{self.login} in the bench", "code": code}


def in_towns(towns: Iterable[Town], measure: Callable[[Path, list[Officer]], None]) -> None:
    """Measure in each of the towns, one after the other: ``measure`` gets its directory and its officers."""
    for town in towns:
        # Settings are read once a process, so each has one of its own.
        work = multiprocessing.get_context("spawn").Process(target=_live, args=(town, measure))
        work.start()
        work.join()
        if work.exitcode:
            raise SystemExit("a measurement failed; see above")


def _live(town: Town, measure: Callable[[Path, list[Officer]], None]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "organisation"
        officers = found(home, town.officers, address(town.engine))
        fill(town.cases)
        print(f"\n{town.engine}, {town.cases} cases, {town.officers} officers", flush=True)
        measure(home, officers)


def address(engine: str) -> str:
    """Of the database: a file beside the data, or a server that is gone with this process."""
    if engine == "sqlite":
        return ""
    import psycopg

    from tests.postgresql import start

    made = start()
    with psycopg.connect(made.removesuffix("watchword") + "postgres", autocommit=True) as server:
        server.execute("CREATE DATABASE watchword")
    return made


def found(home: Path, officers: int, database: str) -> list[Officer]:
    """An organisation with so many officers of vetting, in this process."""
    os.environ["WATCHWORD_HOSTS"] = "testserver,127.0.0.1"
    os.environ["WATCHWORD_DATABASE"] = database
    founding.make_directories(home)
    plain = read_answers(example(profiles.load("legion")).encode())
    like = next(one for one in plain.staff if "vetting" in one.roles)
    more = [replace(like, login=f"vet{number}", name=f"Officer {number}") for number in range(officers)]
    whole = replace(plain, staff=(*plain.staff, *more))
    told = founding.found(home, whole, passphrase_of, datetime.now(UTC), CHEAP)
    ours = {one.login for one in more}
    return [Officer(one.person.login, one.totp_secret) for one in told if one.person.login in ours]


def passphrase_of(person: Person) -> str:
    return f"{person.login} in the bench"


def fill(count: int) -> None:
    """So many cases with a letter and some entries each; whoever keeps one is drawn turn and turn about."""
    from watchword.accounts.models import Staff

    officers = list(Staff.objects.filter(login__startswith="vet").order_by("login"))
    made = cases(count, officers)
    while some := list(islice(made, CHUNK)):
        store(some, officers)


def cases(count: int, officers: "list[Staff]") -> "Iterator[Case]":
    """All through a year, every fiftieth in danger; of those beyond the first stage most are kept."""
    from watchword.cases.models import Case

    now = datetime.now(UTC).replace(second=0, microsecond=0)
    for number in range(count):
        at = now - timedelta(seconds=YEAR * (count - number) // count)
        stage = STAGES[number % len(STAGES)]
        kept = stage != STAGES[0] and number % 7
        yield Case(
            uid=f"{number:032x}",
            code=f"WW-{number:07d}",
            profile="legion",
            profile_version=profiles.load("legion").version,
            stage=stage,
            # Some stand where they came in; the others moved on within the month.
            stage_since=min(now, at + timedelta(days=number % 30)) if kept else at,
            keeper=officers[number // 10 % len(officers)] if kept else None,
            danger_declared=number % 50 == 7,
            received=at,
            closed_at=at if number % 10 < 6 else None,
        )


def store(some: "list[Case]", officers: "list[Staff]") -> None:
    """The cases, and what belongs to each."""
    from watchword.cases.models import Case, Letter
    from watchword.vault.models import SealedRecord

    Case.objects.bulk_create(some)
    records = [record_of(case) for case in some]
    SealedRecord.objects.bulk_create(records)
    Letter.objects.bulk_create(
        Letter(
            uid=case.uid,
            case=case,
            record=record,
            direction="in",
            number=1,
            kind="answer",
            at=case.received,
            read_at=None if number % 20 == 0 else case.received,
        )
        for number, (case, record) in enumerate(zip(some, records, strict=True))
    )
    enter(some, officers)


def record_of(case: "Case") -> "SealedRecord":
    from watchword.vault.models import SealedRecord

    return SealedRecord(
        uid=case.uid,
        case=case.uid,
        compartment="contact",
        kind="letter",
        revision=1,
        readers=["vetting"],
        header=b"",
        body_sha256="",
        body_size=0,
        created=case.received,
        written_by="applicant",
    )


def enter(some: "list[Case]", officers: "list[Staff]") -> None:
    """Entries as the page of a case lists them; these never were in the log."""
    from watchword.journal.events import Event
    from watchword.journal.models import EntryDetail, PendingEntry

    actor = officers[0].uid
    first = PendingEntry.objects.count() + 1_000_000
    entries = PendingEntry.objects.bulk_create(
        # In front of the log, so that what happens later still goes into it.
        PendingEntry(nonce=f"{first + number:032x}", actor=actor, entry=b"", leaf_index=-first - number)
        for number in range(ENTRIES * len(some))
    )
    EntryDetail.objects.bulk_create(
        EntryDetail(
            entry=entry,
            case=some[number // ENTRIES].uid,
            event=Event.CASE_KEEPER,
            actor=actor,
            at=some[number // ENTRIES].received,
            payload={"keeper": actor},
            salt=b"",
        )
        for number, entry in enumerate(entries)
    )
