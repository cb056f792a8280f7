# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking a peer, which lives in an environment of its own; one that is not there is said to be absent."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).parents[2]
OURS, THEIRS = Path(sys.executable), HOUSE / ".venv-peers/bin/python"
Answer = dict[str, Any]


def ask(module: str, job: Answer, patience: int = 3600) -> Answer | None:
    """What the peer ``module`` answers to the job, or None, said aloud, when it cannot be asked.

    ``patience`` in seconds; a peer that takes longer is absent too.
    """
    if not THEIRS.exists():
        print(f"  ABSENT {module}: `make bench-peers` installs it")
        return None
    try:
        return run(THEIRS, module, job, patience)
    except subprocess.TimeoutExpired:
        print(f"  ABSENT {module}: no answer within {patience} seconds")
    except subprocess.CalledProcessError as error:
        print(f"  ABSENT {module}: {(error.stderr.strip().splitlines() or ['it failed'])[-1]}")
    return None


def run(python: Path, module: str, job: Answer, patience: int = 3600) -> Answer:
    """Run ``python -m module`` on the job in a process of its own, so that its memory is its own."""
    with tempfile.TemporaryDirectory(prefix="ww-bench-") as folder:
        asked, answered = Path(folder, "job.json"), Path(folder, "answer.json")
        asked.write_text(json.dumps(job))
        command = [str(python), "-m", module, str(asked), str(answered)]
        subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, timeout=patience, check=True)
        answer: Answer = json.loads(answered.read_text())
        return answer
