# SPDX-License-Identifier: AGPL-3.0-or-later
"""A Desk whose records wait for a new key, and a run that is killed, by the system, in the middle of a chunk.

Started by test_rewrapping.py as ``python -m tests.cli.rewrapping DIRECTORY LOGIN CODE``.
"""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest

from tests.cli.founded import passphrase
from watchword.cli import founding, manifest_make, serve
from watchword.trust.manifest import sign

RECORDS, CHUNK = 7, 3


def fill(home: Path, login: str, code: str) -> None:
    """Records that the role's next key does not open yet, and a manifest that names this key."""
    serve.prepare("desk", home / "desk")
    from watchword.accounts import services
    from watchword.vault.services import seal_record

    now = datetime.now(UTC)
    actor = services.unlock_for(login=login, passphrase=passphrase(login), code=code, now=now)
    for number in range(RECORDS):
        seal_record(
            case=f"{number:032x}",
            compartment="story",
            kind="note",
            payload=b"a story",
            signer=actor.signer,
            now=now,
            readers=["board", "vetting"],
        )
    services.new_epoch(role="board", actor=actor, now=now)
    before = manifest_make.present()
    fresh = manifest_make.renewed(before, now, manifest_make.DAYS, before.gates)
    roots = founding.read_roots(home / "roots")[: founding.ROOTS_NEEDED]
    (home / "desk" / founding.MANIFEST).write_bytes(sign(fresh, roots))


def die(login: str, code: str) -> NoReturn:
    """Begin to seal them anew."""
    from watchword.accounts import services
    from watchword.accounts.models import Staff
    from watchword.accounts.services import rewrapping as runs
    from watchword.vault import rewrapping

    # The same code once more: nobody waits here for the next.
    Staff.objects.filter(login=login).update(last_step=0)
    now = datetime.now(UTC)
    actor = services.unlock_for(login=login, passphrase=passphrase(login), code=code, now=now)
    run = runs.begin(role="board", actor=actor, now=now)
    first = rewrapping.next_chunk("board", since=run.since, after="", actor=actor, now=now, size=CHUNK)
    # Headers of the second chunk are written, and the power goes before its entry is.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rewrapping, "record", lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
        rewrapping.next_chunk("board", since=run.since, after=first.last or "", actor=actor, now=now)
    raise AssertionError("nothing was left to be killed at")


if __name__ == "__main__":
    fill(Path(sys.argv[1]), *sys.argv[2:])
    die(*sys.argv[2:])
