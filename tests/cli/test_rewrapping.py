# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword keys re-wrap` goes on where a killed run stopped: each record is sealed anew once."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pyotp

from tests.cli.founded import Founded, passphrase
from tests.cli.rewrapping import CHUNK, RECORDS
from tests.cli.terminal import Said, at_a_terminal, environment, here


def killed(founded: Founded, login: str) -> None:
    """Fill the Desk, begin to re-wrap, and be killed."""
    forget_codes(founded)
    code = pyotp.TOTP(founded.secrets[login]).now()
    words = ["-m", "tests.cli.rewrapping", str(founded.home), login, code]
    done = subprocess.run(
        [sys.executable, *words], env=environment(), capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def rewrap(founded: Founded, login: str) -> Said:
    def answer(heard: str) -> str:
        if heard.endswith("of now: "):
            return pyotp.TOTP(founded.secrets[login]).now() + "\n"
        return passphrase(login) + "\n"

    forget_codes(founded)
    words = ("--dir", founded.home / "desk", "--login", login, "--role", "board")
    return at_a_terminal(answer, "keys", "re-wrap", *words)


def forget_codes(founded: Founded) -> None:
    """Tests log in more than twice a minute."""
    ask(founded, "UPDATE accounts_staff SET last_step = 0")


def ask(founded: Founded, query: str) -> int:
    with closing(sqlite3.connect(founded.home / "desk" / "desk.sqlite3")) as rows, rows:
        found = rows.execute(query).fetchone()
        return int(found[0]) if found else 0


def test_a_killed_run_is_gone_on_with_and_nothing_is_lost_or_done_twice(
    founded: Founded, tmp_path: Path
) -> None:
    copy = founded.copied_to(tmp_path / "organisation")
    holder = login_of(copy, "board")
    killed(copy, holder)
    assert ask(copy, "SELECT count(*) FROM vault_sealedrecord WHERE manifest_version = 2") == CHUNK
    stranger = rewrap(copy, login_of(copy, "intake"))
    assert stranger.status == 1
    said = rewrap(copy, holder)
    assert said.status == 0, said.out
    assert f"{RECORDS - CHUNK} of {RECORDS - CHUNK}" in said.out
    assert ask(copy, "SELECT count(*) FROM vault_sealedrecord WHERE manifest_version = 2") == RECORDS
    entries = "FROM journal_entrydetail WHERE event = 'header.rewrap'"
    assert ask(copy, f"SELECT count(*) {entries}") == 2
    assert ask(copy, f"SELECT sum(json_extract(payload, '$.records')) {entries}") == RECORDS
    note = copy.home / "gate" / "manifest.note"
    verified = here("ledger", "verify", copy.home / "desk" / "ledger", "--manifest", note)
    assert verified.status == 0, verified.out


def login_of(founded: Founded, role: str) -> str:
    """Somebody who holds this role."""
    query = (
        "SELECT s.login FROM accounts_staff s JOIN accounts_grant g ON g.staff_id = s.uid"
        f" WHERE g.role = '{role}' ORDER BY s.login"
    )
    with closing(sqlite3.connect(founded.home / "desk" / "desk.sqlite3")) as rows:
        return str(rows.execute(query).fetchone()[0])
