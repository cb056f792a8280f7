# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long honest applicants need while a machine asks two hundred times a second, beside a quiet day.

One Gate runs as its own program, and the machine that floods it in a process besides, on the same cores. The
same people come three times, each from the first page to the sent application: on a quiet day; while the
machine asks for new forms; and while it keeps every place that it is given and comes back with it, which
makes the line a lottery. Some of them have browsers with scripts, and work their way in with a proof.
"""

import multiprocessing
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.flooding import Machine
from bench.mailbox_town import in_a_process_of_its_own
from bench.submission import found
from bench.timing import goal
from bench.visitors import Applicant
from tests.journeys.programs import wait_until_it_answers
from tests.ports import free_port

PLAIN, PROVING = 20, 5
SPREAD = 10
"""Seconds over which the applicants arrive."""
PATIENCE = 60
"""Seconds after which an applicant is counted as kept out."""
STORED = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
DAY, DAYS, ALL, PEAK = 24 * 3600, 8, 20_000, 3_000


@dataclass(frozen=True)
class Run:
    """What became of the applicants: seconds each, in the order in which they came; None for one kept out."""

    plain: Sequence[float | None]
    proving: Sequence[float | None]
    bot: str = ""


@dataclass(frozen=True)
class Gate:
    """The running program."""

    address: str
    home: Path
    process: "subprocess.Popen[bytes]"

    def busy_seconds(self) -> float:
        """Processor time that it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def bytes_on_disk(self) -> int:
        """Of its database, with what still waits in the file beside it."""
        with closing(sqlite3.connect(self.home / "gate" / "gate.sqlite3")) as line:
            return int(line.execute(STORED).fetchone()[0])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "organisation"
        in_a_process_of_its_own(found, home)
        with running(home) as gate:
            from watchword.cli import serve

            serve.prepare("gate", gate.home / "gate")
            applicants(gate.address, 1, 0)
            before = gate.busy_seconds(), gate.bytes_on_disk()
            runs = {"a quiet day": applicants(gate.address, PLAIN, PROVING)}
            work = gate.busy_seconds() - before[0]
            size = gate.bytes_on_disk() - before[1]
            runs["a machine that asks"] = flooded(gate.address, keeps_places=False)
            runs["a machine that keeps places"] = flooded(gate.address, keeps_places=True)
    told(runs)
    arithmetic(work / (PLAIN + PROVING), size / (PLAIN + PROVING))


@contextmanager
def running(home: Path) -> Iterator[Gate]:
    """The Gate of a new organisation, as an operator starts it."""
    port, printed = free_port(), home.with_suffix(".txt")
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "watchword.cli.main", "run", "gate", "--dir", str(home / "gate")]
    with printed.open("wb") as out:
        process = subprocess.Popen([*command, "--port", str(port)], stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_until_it_answers(address)
        yield Gate(address, home, process)
    finally:
        process.terminate()
        process.wait()


def flooded(address: str, *, keeps_places: bool) -> Run:
    """The same applicants while a machine asks, which began in time to have used up what was free."""
    spawn = multiprocessing.get_context("spawn")
    machine = Machine(address, keeps_places, spawn.Event(), spawn.Queue())
    process = spawn.Process(target=machine.ask)
    process.start()
    time.sleep(machine.head_start)
    try:
        came = applicants(address, PLAIN, PROVING)
    finally:
        machine.stop.set()
        told = machine.told.get(timeout=30)
        process.join()
    return Run(came.plain, came.proving, told)


def applicants(address: str, plain: int, proving: int) -> Run:
    """So many without scripts and with, evenly mixed, each arriving at a moment of its own."""
    count = plain + proving
    # Every fifth, say, and not the last: whoever comes late meets fewer of the others.
    proves = [(number + 1) * proving // count > number * proving // count for number in range(count)]

    def one(number: int) -> float | None:
        time.sleep(number * SPREAD / count)
        return Applicant(address, proves=proves[number], patience=PATIENCE).seconds()

    with ThreadPoolExecutor(count) as threads:
        seconds = list(threads.map(one, range(count)))
    taken = list(zip(proves, seconds, strict=True))
    return Run([one for proved, one in taken if not proved], [one for proved, one in taken if proved])


def told(runs: dict[str, Run]) -> None:
    quiet = runs["a quiet day"]
    for name, run in runs.items():
        print(f"\n{name}{run.bot and f': {run.bot}'}")
        print(f"  {PLAIN} without scripts: {line(run.plain, quiet.plain)}")
        print(f"  {PROVING} with a proof:     {line(run.proving, quiet.proving)}")
    asked = runs["a machine that asks"]
    within = len(came(asked.plain) + came(asked.proving)) / (PLAIN + PROVING)
    goal(f"share of applicants who are through within {PATIENCE} s while a machine asks", within, 1)


def came(times: Sequence[float | None]) -> list[float]:
    return [one for one in times if one is not None]


def line(times: Sequence[float | None], quiet: Sequence[float | None]) -> str:
    """Median and slowest, with their ratio to the quiet day."""
    through, usual = came(times), came(quiet)
    text = f"{len(through)} through within {PATIENCE} s"
    if not through or not usual:
        return text
    return (
        f"{text}; median {median(through):5.1f} s ({median(through) / median(usual):.1f} of a quiet day),"
        f" slowest {max(through):5.1f} s ({max(through) / max(usual):.1f})"
    )


def arithmetic(work: float, size: float) -> None:
    """What one application costs, and what the normal case makes of it, in shares of one core."""
    eight_days, one_day, one_hour = ALL * work / (DAYS * DAY), PEAK * work / DAY, PEAK * work / 3600
    print(
        f"\nOne application: {work:.2f} s of the processor, all pages; {size / 1000:,.0f} kB in the database"
    )
    print(f"  {ALL:,} in {DAYS} days: {ALL * work / 3600:.1f} hours of one core, {eight_days:.1%} of it")
    print(f"  {PEAK:,} in a day: {one_day:.1%} of one core; if all came in one hour, {one_hour:.0%}")
    print(f"  {ALL:,} that no Desk has fetched: {ALL * size / 1e9:.1f} GB")


if __name__ == "__main__":
    main()
