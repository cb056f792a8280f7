# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Desk's pages beside an empty page, and where the time of each goes.

`python -m bench.desk --cases 10000 100000`: on SQLite and on a PostgreSQL of its own; server time of the
list, one case and the home page for one officer, turn and turn about with the empty page (the same
middleware, session and frame, and nothing in it) and a bare page of Django's; a log-in with passphrases as
cheap as they get. `bench.officers` has many at once.
"""

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.desk_split import split
from bench.desk_town import ENGINES, Officer, Town, in_towns
from bench.timing import goal, quantile

if TYPE_CHECKING:
    from django.test import Client

BARE, EMPTY, LIST, CASE = "a bare page", "an empty page", "list of cases", "one case"
HOME, LOG_IN = "home", "log-in"
SPLITS = 40


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, nargs="+", default=[10_000])
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), choices=ENGINES)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--officers", type=int, default=60)
    args = parser.parse_args()
    towns = [Town(engine, count, args.officers) for engine in args.engines for count in args.cases]
    in_towns(towns, partial(measure, rounds=args.rounds))


def measure(_: Path, officers: list[Officer], rounds: int) -> None:
    print(f"  {rounds} of each, milliseconds")
    pages(officers[0], rounds)


def pages(officer: Officer, rounds: int) -> None:
    """Each page in turn, so that a busy neighbour slows all alike; and what it takes of the processor."""
    work = work_of(officer)
    seconds: dict[str, list[float]] = {name: [] for name in work}
    worked: dict[str, list[float]] = {name: [] for name in work}
    for number in range(rounds + 5):
        for name, call in work.items():
            began, at_work = time.perf_counter(), time.process_time()
            call()
            # The first few fill caches of templates and translations.
            if number >= 5:
                seconds[name].append(time.perf_counter() - began)
                worked[name].append(time.process_time() - at_work)
    empty, least = quantile(seconds[EMPTY], 0.5), quantile(worked[EMPTY], 0.5)
    for name, times in seconds.items():
        half, worst = quantile(times, 0.5), quantile(times, 0.99)
        ours = quantile(worked[name], 0.5)
        print(
            f"  {name:<16} p50 {half * 1e3:7.2f}   p99 {worst * 1e3:7.2f}   {half / empty:5.2f} of {EMPTY}"
            f"   processor {ours * 1e3:6.2f}   {ours / least:5.2f}"
        )
    for name in (EMPTY, LIST, CASE, HOME):
        print(f"  {name:<16} {split(work[name], SPLITS)}")
    for name, most in ((LIST, 3), (CASE, 5)):
        goal(f"{EMPTY} for each {name}", empty / quantile(seconds[name], 0.5), 1 / most)


def work_of(officer: Officer) -> dict[str, Callable[[], object]]:
    from watchword.accounts import services
    from watchword.accounts.models import Staff

    plain, client = without_us(), logged_in(officer)
    me = Staff.objects.get(login=officer.login)
    code = code_of(me.uid)

    def log_in() -> None:
        now = datetime.now(UTC)
        Staff.objects.filter(pk=me.pk).update(last_step=0)
        services.log_in(now=now, **officer.credentials(now))

    return {
        BARE: lambda: asked(plain, "/bare/"),
        EMPTY: lambda: asked(client, "/empty/"),
        LIST: lambda: asked(client, "/cases/"),
        CASE: lambda: asked(client, f"/case/{code}/"),
        HOME: lambda: asked(client, "/"),
        LOG_IN: log_in,
    }


def code_of(keeper: str) -> str:
    """A case of this keeper."""
    from watchword.cases.models import Case

    kept = Case.objects.filter(keeper=keeper, closed_at=None, stage="checks")
    return str(kept.values_list("code", flat=True)[0])


def without_us() -> "Client":
    """Somebody at a bare page; the first request settles which middleware stands before it."""
    from django.test import Client, override_settings

    from bench.desk_empty import MIDDLEWARE

    client = Client()
    with override_settings(MIDDLEWARE=MIDDLEWARE, ROOT_URLCONF="bench.desk_empty"):
        asked(client, "/bare/")
    return client


def logged_in(officer: Officer) -> "Client":
    from django.conf import settings
    from django.test import Client

    from watchword.accounts import services
    from watchword.accounts.middleware import COOKIE

    settings.ROOT_URLCONF = "bench.desk_empty"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "bench.desk_split.InsideOfAll"]
    now, client = datetime.now(UTC), Client()
    client.cookies[COOKIE] = services.log_in(now=now, **officer.credentials(now))
    return client


def asked(client: "Client", path: str) -> None:
    status = client.get(path).status_code
    if status != 200:
        raise SystemExit(f"{path} was answered with {status}")


if __name__ == "__main__":
    main()
