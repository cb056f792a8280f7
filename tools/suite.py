# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that must hold before a change lands, in the order in which it fails fastest.

Steps of one line run side by side: the journeys wait for pages while PostgreSQL is tested. The last line
counts: ``suite: N passed, M failed``.
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


CHECKS = [
    [
        Step("lint", "ruff|check|."),
        Step("format", "ruff|format|--check|."),
        Step("templates", "djlint|--lint|--quiet|watchword"),
    ],
    [Step("house rules", "pytest|-q|tests/repo"), Step("types", "mypy")],
]
TESTS = [
    [Step("tests on SQLite", "pytest|-q|-n|2|-m|not journey|--ignore=tests/repo")],
    [
        Step(
            "tests on PostgreSQL",
            "pytest|-q|-n|2|-m|database and not journey|--ignore=tests/repo",
            {"WATCHWORD_TEST_ENGINE": "postgresql"},
        ),
        Step("journeys in a browser", "pytest|-q|-m|journey|tests/journeys"),
    ],
]


def main(only: str = "") -> int:
    results: list[bool] = []
    for side_by_side in CHECKS if only == "check" else CHECKS + TESTS:
        with ThreadPoolExecutor(len(side_by_side)) as lanes:
            results += lanes.map(Step.run, side_by_side)
    print(f"suite: {results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
