# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking a peer, which lives in an environment of its own; one that is not there is said to be absent."""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

PYTHON = Path(".venv-peers/bin/python")
HOUSE = Path(__file__).parents[2]


def ask(peer: str, job: dict[str, Any], patience: int = 3600) -> dict[str, Any] | None:
    """What ``bench.peers.<peer>`` answers to the job, or None, said aloud, when it cannot be asked.

    ``patience`` in seconds; a peer that takes longer is absent too.
    """
    python = HOUSE / PYTHON
    if not python.exists():
        print(f"  ABSENT {peer}: `make bench-peers` installs it")
        return None
    with tempfile.TemporaryDirectory(prefix="ww-bench-") as folder:
        asked, answered = Path(folder, "job.json"), Path(folder, "answer.json")
        asked.write_text(json.dumps(job))
        command = [str(python), "-m", f"bench.peers.{peer}", str(asked), str(answered)]
        try:
            done = subprocess.run(
                command, cwd=HOUSE, capture_output=True, text=True, timeout=patience, check=False
            )
        except subprocess.TimeoutExpired:
            print(f"  ABSENT {peer}: no answer within {patience} seconds")
            return None
        if done.returncode != 0:
            print(f"  ABSENT {peer}: {(done.stderr.strip().splitlines() or ['it failed'])[-1]}")
            return None
        answer: dict[str, Any] = json.loads(answered.read_text())
        return answer
