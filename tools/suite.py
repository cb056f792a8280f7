# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that must hold before a change lands, in the order in which it fails fastest.

The quick ones come first; then three run at a time, so that no core waits for a page or a database. The last
line counts: ``suite: N passed, M failed``.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

# Images of containers often forbid it; here a hundred programs would each compile all of ours again.
KEEPS_BYTECODE = {"PYTHONDONTWRITEBYTECODE": ""}
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
            env={**os.environ, **KEEPS_BYTECODE, **self.environment},
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
# Three steps keep two cores busy, each with one process: workers would found and import everything again.
AT_ONCE = 3
WORKERS = f"-n|{CORES // 2 if CORES > 3 else 0}"
QUICK = [
    Step("lint", "ruff|check|."),
    Step("format", "ruff|format|--check|."),
    Step("templates", "djlint|--lint|--quiet|watchword"),
]
TYPES = Step("types", "mypy")
HOUSE = Step("house rules", "pytest|-q|tests/repo")
PURE = ("tests/core", "tests/watchlists", "tests/learning", "tests/bench")
LIBRARIES = Step("tests of the libraries", "|".join(("pytest", "-q", *PURE)))
# In three parts, so that no long step is left over for one core at the end.
GATE = ("tests/gate", "tests/web", "tests/laws")
SECRETS = (
    *("tests/custody", "tests/decisions", "tests/matcher", "tests/matching"),
    *("tests/oversight", "tests/protection", "tests/screening", "tests/vault"),
)
NO_DATABASE = [f"--ignore={folder}" for folder in ("tests/repo", "tests/journeys", *PURE)]
OTHERS = "|".join((*NO_DATABASE, *(f"--ignore={folder}" for folder in (*GATE, *SECRETS))))
ON_SQLITE = [
    Step("tests on SQLite: the Desk and the programs", f"pytest|-q|{WORKERS}|{OTHERS}"),
    Step("tests on SQLite: the Gate and the laws", "|".join(("pytest", "-q", WORKERS, *GATE))),
    Step("tests on SQLite: custody, screening, decisions", "|".join(("pytest", "-q", WORKERS, *SECRETS))),
]
POSTGRESQL = Step(
    "tests on PostgreSQL",
    "|".join(("pytest", "-q", WORKERS, "-m", "database", *NO_DATABASE)),
    {"WATCHWORD_TEST_ENGINE": "postgresql"},
)
JOURNEYS = Step("journeys in a browser", "pytest|-q|-m|journey|tests/journeys")
CHECKS = [TYPES, HOUSE]
# The long ones first: whoever has time takes the next.
EVERYTHING = [JOURNEYS, *ON_SQLITE, POSTGRESQL, LIBRARIES, *CHECKS]


def main(only: str = "") -> int:
    results = side_by_side(QUICK)
    results += side_by_side(CHECKS if only == "check" else EVERYTHING)
    print(f"suite: {results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


def side_by_side(steps: list[Step]) -> list[bool]:
    """Run the steps in this order, as many at a time as the machine can take."""
    with ThreadPoolExecutor(AT_ONCE) as running:
        return list(running.map(Step.run, steps))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
