# SPDX-License-Identifier: AGPL-3.0-or-later
"""A Desk whose records wait for a new key, and a run that is killed, by the system, in the middle of a chunk.

Started by test_rewrapping.py as ``python -m tests.cli.rewrapping DIRECTORY STEP CODE``.
"""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.cli.founded import passphrase
from watchword.cli import founding, manifest_make, serve
from watchword.trust.manifest import sign

RECORDS, CHUNK = 7, 3


def main(home: Path, step: str, login: str, code: str) -> None:
    serve.prepare("desk", home / "desk")
    from watchword.accounts.services import unlock_for

    now = datetime.now(UTC)
    actor = unlock_for(login=login, passphrase=passphrase(login), code=code, now=now)
    if step == "fill":
        from watchword.accounts import services
        from watchword.vault.services import seal_record

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
    else:
        from watchword.accounts.services import rewrapping as runs
        from watchword.vault import rewrapping

        run = runs.begin(role="board", actor=actor, now=now)
        first = rewrapping.next_chunk("board", since=run.since, after="", actor=actor, now=now, size=CHUNK)
        # Headers of the second chunk are written, and the power goes before its entry is.
        setattr(rewrapping, "record", lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))  # noqa: B010 - mypy forbids it plainly
        rewrapping.next_chunk("board", since=run.since, after=first.last or "", actor=actor, now=now)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
