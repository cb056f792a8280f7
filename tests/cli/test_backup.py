# SPDX-License-Identifier: AGPL-3.0-or-later
"""A Desk is copied, lost and restored; few can open a copy, and what was erased since stays erased."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyotp
import pytest
from django.db import connection

from tests.cli.backing_up import RECORDS
from tests.cli.founded import Founded
from tests.cli.terminal import Said, environment
from tests.cli.test_rewrapping import login_of
from watchword.cli.backup_write import database_copy
from watchword.cli.main import main
from watchword.keystore.store import KeyStore


@dataclass(frozen=True)
class Saved:
    """The folders afterwards, and what was said on the way."""

    home: Path
    said: Said

    def restore(self, target: Path, *numbers: int) -> int:
        words = ["restore", "--copies", str(self.home / "copies"), "--dir", str(target)]
        for number in numbers:
            words += ["--share", str(self.home / "shares" / f"share-{number}.json")]
        return main(words)


@pytest.fixture(scope="module")
def saved(founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> Saved:
    copy = founded.copied_to(tmp_path_factory.mktemp("backup") / "organisation")
    with closing(sqlite3.connect(copy.home / "desk" / "desk.sqlite3")) as rows, rows:
        rows.execute("UPDATE accounts_staff SET last_step = 0")
    login = login_of(copy, "board")
    words = ["-m", "tests.cli.backing_up", str(copy.home), login, pyotp.TOTP(copy.secrets[login]).now()]
    done = subprocess.run(
        [sys.executable, *words], env=environment(), capture_output=True, text=True, check=False, timeout=200
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Saved(copy.home, Said(done.returncode, done.stdout, done.stderr))


def known(home: Path, store: KeyStore) -> int:
    """How many records of a Desk this store has the keys of."""
    with closing(sqlite3.connect(home / "desk.sqlite3")) as rows:
        keys = rows.execute("SELECT key FROM vault_sealedrecord WHERE length(header) > 0").fetchall()
    return sum(store.secret(key) is not None for (key,) in keys)


def test_a_drill_restores_looks_and_leaves_nothing(saved: Saved) -> None:
    assert "The ledger verifies." in saved.said.out
    assert f"ok: {RECORDS} records, {RECORDS} with their body." in saved.said.out
    assert f"the keys of {RECORDS} of them." in saved.said.out
    assert not (saved.home / "drill").exists()


def test_what_was_erased_since_stays_erased_in_what_is_restored(saved: Saved) -> None:
    desk, restored = saved.home / "desk", saved.home / "restored"
    present = KeyStore(desk / "keystore", desk / "keystore" / "root")
    assert known(restored, present) == RECORDS - 1
    assert not (restored / "keystore").exists()
    # Bodies that were erased since are back, and no use: that is why the key store is apart.
    assert len(list((restored / "vault").glob("??/??/*"))) > len(list((desk / "vault").glob("??/??/*")))


def test_a_copy_of_the_key_store_is_destroyed_after_its_days(saved: Saved) -> None:
    assert "destroyed." in saved.said.out
    assert list((saved.home / "stores").glob("keystore-*.age")) == []


def test_nothing_of_the_desk_lies_in_clear_among_the_copies(saved: Saved) -> None:
    seeds = json.loads((saved.home / "desk" / "keys" / "ledger.key").read_text()).values()
    secret = (saved.home / "desk" / "forms.key").read_text().strip()
    copies = [path for path in (saved.home / "copies").rglob("*") if path.is_file()]
    stored = b"".join(path.read_bytes() for path in copies)
    assert not any(canary.encode() in stored for canary in (*seeds, secret, "SQLite format 3", "ustar"))
    assert {path.stat().st_mode & 0o777 for path in copies} == {0o600}


def test_what_is_restored_is_the_desk_and_only_its_owner_reads_it(saved: Saved) -> None:
    desk, restored = saved.home / "desk", saved.home / "restored"
    for name in ("settings.env", "forms.key", "keys/ledger.key", "keys/desk.key", "ledger/checkpoint"):
        assert (restored / name).read_bytes() == (desk / name).read_bytes() or name == "ledger/checkpoint"
        assert (restored / name).stat().st_mode & 0o777 & 0o077 == 0 or name.startswith("ledger")


def test_one_share_or_a_wrong_one_opens_nothing(
    saved: Saved, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert saved.restore(tmp_path / "one", 1) == 1
    assert "2 shares are needed" in capsys.readouterr().err
    good = saved.home / "shares" / "share-2.json"
    kept = good.read_bytes()
    share = json.loads(kept)["parts"][0]["share"]
    good.write_bytes(
        kept.replace(share.encode(), share.replace(share[:2], f"{int(share[:2], 16) ^ 1:02x}", 1).encode())
    )
    assert saved.restore(tmp_path / "wrong", 1, 2) == 1
    assert "seat 2" in capsys.readouterr().err
    good.write_bytes(kept)
    assert not (tmp_path / "one").exists()
    assert not (tmp_path / "wrong").exists()


def test_a_damaged_copy_is_refused_and_a_directory_that_is_there_is_left_alone(
    saved: Saved, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Saved(tmp_path / "copy", saved.said)
    shutil.copytree(saved.home / "copies", copy.home / "copies")
    shutil.copytree(saved.home / "shares", copy.home / "shares")
    body = next((copy.home / "copies" / "bodies").glob("??/??/*"))
    sealed = body.read_bytes()
    body.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    assert copy.restore(tmp_path / "damaged", 1, 2) == 1
    assert f"{body} is not what its name says" in capsys.readouterr().err
    (state,) = (copy.home / "copies").glob("desk-*.age")
    state.write_bytes(state.read_bytes()[:-40])
    assert copy.restore(tmp_path / "cut", 1, 2) == 1
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "file").write_text("of somebody")
    assert saved.restore(tmp_path / "here", 1, 2) == 1
    words = ["--share", str(saved.home / "shares" / "share-1.json"), "--dir", str(tmp_path / "here")]
    assert main(["backup", "drill", "--copies", str(saved.home / "copies"), *words]) == 1
    assert (tmp_path / "here" / "file").exists()


# SQLite waits with a copy for the end of what is being written, and the other tests are never committed.
@pytest.mark.django_db(transaction=True)
def test_the_copy_of_the_database_is_one_that_its_own_tools_read() -> None:
    name, data = database_copy()
    if connection.vendor == "sqlite":
        rows = sqlite3.connect(":memory:")
        rows.deserialize(data)
        tables = str(rows.execute("SELECT group_concat(name) FROM sqlite_master").fetchone())
    else:
        listed = subprocess.run(["pg_restore", "--list"], input=data, capture_output=True, check=True)
        tables = listed.stdout.decode()
    assert name == ("desk.sqlite3" if connection.vendor == "sqlite" else "database.pgdump")
    assert all(table in tables for table in ("vault_sealedrecord", "journal_pendingentry", "keystore_doomed"))
