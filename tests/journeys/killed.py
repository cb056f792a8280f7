# SPDX-License-Identifier: AGPL-3.0-or-later
"""A Desk that makes one round with its Gate and is killed, by the system, before it acknowledges what it has.

Started by test_killed.py as ``python -m tests.journeys.killed DIRECTORY``; with ``alive`` it lives.
"""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from watchword.cli import serve


def main(directory: Path, alive: bool) -> None:
    serve.prepare("desk", directory)
    from watchword.courier.deskside import rounds
    from watchword.courier.deskside.client import GateClient

    def die(self: GateClient, parcels: Sequence[str]) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if not alive:
        GateClient.acknowledge = die  # type: ignore[method-assign]  # where the power goes
    assert rounds.once().failure == ""


if __name__ == "__main__":
    main(Path(sys.argv[1]), alive="alive" in sys.argv)
