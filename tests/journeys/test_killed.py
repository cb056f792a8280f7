# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two real programs, and the Desk killed between keeping a parcel and telling the Gate so."""

import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.journeys import programs

APPLICATIONS = 3


def python(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", *words], capture_output=True, text=True, check=False, timeout=300
    )


def one(database: Path, query: str) -> int:
    with closing(sqlite3.connect(database)) as rows:
        return int(rows.execute(query).fetchone()[0])


def test_a_desk_killed_before_it_acknowledges_opens_each_case_once(tmp_path: Path) -> None:
    home = tmp_path / "demo"
    with programs.gate_alone(home):
        assert python("tests.journeys.hundred", str(home / "gate"), str(APPLICATIONS)).returncode == 0
        # Each time one parcel is kept and the Desk dies; it is offered again, and is not kept twice.
        for _ in range(2):
            killed = python("tests.journeys.killed", str(home / "desk"))
            assert killed.returncode == -signal.SIGKILL, killed.stderr
            assert one(home / "gate" / "gate.sqlite3", "SELECT count(*) FROM intake_parcel") == APPLICATIONS
            assert one(home / "desk" / "desk.sqlite3", "SELECT count(*) FROM cases_case") == 1
        whole = python("tests.journeys.killed", str(home / "desk"), "alive")
        assert whole.returncode == 0, whole.stderr
    assert one(home / "desk" / "desk.sqlite3", "SELECT count(*) FROM cases_case") == APPLICATIONS
    for table in ("parcel", "sealedentry", "sealedchunk"):
        assert one(home / "gate" / "gate.sqlite3", f"SELECT count(*) FROM intake_{table}") == 0
    assert fetched_in_the_ledger(home) == APPLICATIONS


def fetched_in_the_ledger(home: Path) -> int:
    """How often a whole and verified ledger says that a parcel was fetched."""
    ledger, vault = str(home / "desk" / "ledger"), str(home / "desk" / "vault")
    manifest = str(home / "gate" / "manifest.note")
    verified = python(
        "watchword.cli.main", "ledger", "verify", ledger, f"--manifest={manifest}", f"--vault={vault}"
    )
    assert verified.returncode == 0, verified.stdout
    told = python("watchword.cli.main", "ledger", "inspect", ledger, "--last", "500")
    return len(re.findall(r"\bsubmit\.pull\b", told.stdout))
