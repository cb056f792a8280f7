# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes a Desk from copies, with the shares of enough people; a drill does it and looks at what came out."""

import argparse
import io
import json
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from watchword.cli.backup_keys import restored, write_new
from watchword.cli.backup_words import BODIES, POSTGRESQL, SQLITE, STATE, STORE, CannotBackUp, newest
from watchword.cli.backup_write import STEP, pieces_of, sha256_of
from watchword.core.sealing.errors import Tampered
from watchword.core.sealing.keystore import unwrap_header
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.unseal import unseal, unseal_stream
from watchword.keystore.store import KeyStore

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


def restore(args: argparse.Namespace) -> Iterator[str]:
    """Everything back into a new directory."""
    identity = restored(args.share)
    _check_new(args.dir)
    args.dir.mkdir(mode=0o700, parents=True)
    state = newest(args.copies, STATE)
    opened = io.BufferedReader(_Opened(state, identity), STEP)
    with tarfile.open(fileobj=opened, mode="r|") as archive:
        archive.extractall(args.dir, filter="data")
    yield f"{state.name}: restored."
    bodies = _bodies(args.copies / BODIES, args.dir / "vault")
    yield f"{bodies} sealed bodies: restored, each with its own hash."
    yield from _store(args, identity)
    if (args.dir / POSTGRESQL).exists():
        yield f"Now make an empty database, and: pg_restore --no-owner -d DATABASE {args.dir / POSTGRESQL}"


def drill(args: argparse.Namespace) -> Iterator[str]:
    """Restore, look, and destroy what was restored, which must not have been there before."""
    _check_new(args.dir)
    try:
        yield from restore(args)
        yield from _looked_at(args.dir)
    finally:
        shutil.rmtree(args.dir, ignore_errors=True)
    yield f"{args.dir} is gone again."


def _check_new(home: Path) -> None:
    if home.exists():
        raise CannotBackUp(f"{home} is there already; name a directory that is not")


class _Opened(io.RawIOBase):
    """A sealed archive as it is opened."""

    def __init__(self, path: Path, identity: Identity) -> None:
        self._pieces, self._held = unseal_stream(pieces_of(path), [identity]), memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, into: "WriteableBuffer") -> int:
        if not self._held:
            self._held = memoryview(next(self._pieces, b""))
        room = memoryview(into)
        size = min(len(room), len(self._held))
        room[:size], self._held = self._held[:size], self._held[size:]
        return size


def _bodies(copies: Path, vault: Path) -> int:
    count = 0
    for source in copies.glob("??/??/*"):
        path = vault / source.relative_to(copies)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_new(path, pieces_of(source))
        if sha256_of(path) != source.name:
            raise CannotBackUp(f"{source} is not what its name says: this copy is damaged")
        count += 1
    return count


def _store(args: argparse.Namespace, identity: Identity) -> Iterator[str]:
    if args.keystore is None:
        yield "Without its key store nothing opens: give --keystore, or put the folders back as they were."
        return
    copy = newest(args.keystore, STORE)
    found = json.loads(unseal(copy.read_bytes(), [identity]))
    # In the new directory, whatever the settings say: a drill must never touch the store of a Desk that runs.
    store = KeyStore(args.dir / "keystore", args.dir / "keystore" / "root")
    keys = store.restore(found["epoch"], bytes.fromhex(found["root"]), bytes.fromhex(found["file"]))
    yield f"{copy.name}: {keys} keys restored. What was erased since opens again, until it is erased again."


def _looked_at(home: Path) -> Iterator[str]:
    # Here, because the command line imports this module.
    from watchword.cli.main import main

    verified = main(["ledger", "verify", str(home / "ledger"), "--manifest", str(home / "manifest.note")])
    yield "The ledger verifies." if verified == 0 else "THE LEDGER DOES NOT VERIFY."
    if (home / SQLITE).exists():
        yield from _records(home)


def _records(home: Path) -> Iterator[str]:
    """How many records of the restored database have their body, and open as far as the key store goes."""
    database = sqlite3.connect(home / SQLITE)
    (sound,) = database.execute("PRAGMA integrity_check").fetchone()
    rows = database.execute(
        'SELECT uid, "case", key, header, body_sha256 FROM vault_sealedrecord WHERE length(header) > 0'
    ).fetchall()
    database.close()
    store = KeyStore(home / "keystore", home / "keystore" / "root") if (home / "keystore").is_dir() else None
    there = sum((home / "vault" / sha[:2] / sha[2:4] / sha).exists() for *_, sha in rows)
    opened = sum(store is not None and _opens(store, *row[:4]) for row in rows)
    yield f"The database says that it is {sound}: {len(rows)} records, {there} with their body."
    yield f"The key store has the keys of {opened} of them."


def _opens(store: KeyStore, uid: str, case: str, key: str, header: bytes) -> bool:
    secret = store.secret(key)
    try:
        return secret is not None and bool(unwrap_header(secret, header, case=case, record=uid))
    except Tampered:
        return False
