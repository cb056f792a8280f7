# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that must hold before a change lands, in the order in which it fails fastest.

The quick ones come first; then lanes run side by side, so that no core waits for a page or a database. The
last line counts: ``suite: N passed, M failed``.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

BIN = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Step:
    """One program that must end well."""

    title: str
    command: str
    environment: dict[str, str] = field(default_factory=dict)

    def run(self) -> bool:
        """Run it; what it printed is shown in one piece, so that neighbours do not mix."""
        print(f".. {self.title}", flush=True)
        began = time.monotonic()
        program, *arguments = self.command.split("|")
        done = subprocess.run(
            [str(BIN / program), *arguments],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        verdict = "ok" if done.returncode == 0 else "FAILED"
        seconds = time.monotonic() - began
        print(f"== {self.title}: {verdict}, {seconds:.0f} s\n{done.stdout}", flush=True)
        return done.returncode == 0


CORES = os.cpu_count() or 1
# Three lanes keep two cores busy, each with one process: workers would found and import everything again.
WORKERS = f"-n|{CORES // 2 if CORES > 3 else 0}"
QUICK = [
    [Step("lint", "ruff|check|."), Step("format", "ruff|format|--check|.")],
    [Step("templates", "djlint|--lint|--quiet|watchword")],
]
HOUSE = Step("house rules", "pytest|-q|tests/repo")
TYPES = Step("types", "mypy")
# What knows no database goes behind the journeys, so that no lane runs long after the others.
PURE = ("tests/core", "tests/watchlists", "tests/learning", "tests/bench")
LIBRARIES = Step("tests of the libraries", "|".join(("pytest", "-q", *PURE)))
ELSEWHERE = "|".join(f"--ignore={folder}" for folder in ("tests/repo", "tests/journeys", *PURE))
SQLITE = Step("tests on SQLite", f"pytest|-q|{WORKERS}|{ELSEWHERE}")
POSTGRESQL = Step(
    "tests on PostgreSQL",
    f"pytest|-q|{WORKERS}|-m|database and not journey|--ignore=tests/repo",
    {"WATCHWORD_TEST_ENGINE": "postgresql"},
)
JOURNEYS = Step("journeys in a browser", "pytest|-q|-m|journey|tests/journeys")
CHECKS = [[TYPES], [HOUSE]]
EVERYTHING = [[JOURNEYS, LIBRARIES], [SQLITE], [TYPES, HOUSE, POSTGRESQL]]


def main(only: str = "") -> int:
    results = side_by_side(QUICK)
    results += side_by_side(CHECKS if only == "check" else EVERYTHING)
    print(f"suite: {results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


def side_by_side(lanes: list[list[Step]]) -> list[bool]:
    """Run the lanes at the same time, and the steps of each lane one after another."""
    with ThreadPoolExecutor(len(lanes)) as running:
        return [
            ended
            for lane in running.map(lambda steps: [step.run() for step in steps], lanes)
            for ended in lane
        ]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
