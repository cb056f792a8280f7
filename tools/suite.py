# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that must hold before a change lands, in the order in which it fails fastest.

The last line counts: ``N passed, M failed``.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parents[1]

Step = tuple[str, list[str], dict[str, str]]

CHECKS: list[Step] = [
    ("lint", ["ruff", "check", "."], {}),
    ("format", ["ruff", "format", "--check", "."], {}),
    ("templates", ["djlint", "--lint", "--quiet", "watchword"], {}),
    ("house rules", ["pytest", "-q", "tests/repo"], {}),
    ("types", ["mypy"], {}),
]
TESTS: list[Step] = [
    ("tests on SQLite", ["pytest", "-q", "-n", "2", "-m", "not journey", "--ignore=tests/repo"], {}),
    (
        "tests on PostgreSQL",
        ["pytest", "-q", "-n", "2", "-m", "database and not journey", "--ignore=tests/repo"],
        {"WATCHWORD_TEST_ENGINE": "postgresql"},
    ),
    ("journeys in a browser", ["pytest", "-q", "-m", "journey", "tests/journeys"], {}),
]


def run(step: Step) -> bool:
    title, command, extra = step
    began = time.monotonic()
    print(f"== {title}: {' '.join(command)}", flush=True)
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=ROOT, env={**os.environ, **extra}, check=False
    )
    print(f"== {title}: {'ok' if done.returncode == 0 else 'FAILED'}, {time.monotonic() - began:.0f} s\n")
    return done.returncode == 0


def main(only: str = "") -> int:
    steps = CHECKS if only == "check" else CHECKS + TESTS
    results = [run(step) for step in steps]
    print(f"suite: {results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
