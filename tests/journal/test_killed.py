# SPDX-License-Identifier: AGPL-3.0-or-later
"""Database and log together survive a real SIGKILL: what was committed is in the log exactly once."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(home: Path, fatal: int) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.journal.killed", str(home), str(fatal)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, -9}, done.stderr
    return done.returncode, done.stdout.splitlines()


@pytest.mark.parametrize("fatal", [2, 6, 11])
def test_a_killed_desk_integrates_every_committed_entry_once(tmp_path: Path, fatal: int) -> None:
    code, told = run(tmp_path, fatal)
    assert code == -9
    recorded = [line.split()[1] for line in told if line.startswith("recorded")]
    assert recorded
    code, nonces = run(tmp_path, 0)
    assert code == 0
    assert nonces == recorded
