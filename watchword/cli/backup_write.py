# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes copies: each is sealed as it is written, read back, and named only when it is whole."""

import argparse
import hashlib
import io
import json
import os
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from watchword.cli import directory, serve
from watchword.cli.backup_keys import recipient_of, write_new
from watchword.cli.backup_words import (
    BODIES,
    LEFT_OUT,
    POSTGRESQL,
    RECOVERY,
    SQLITE,
    STATE,
    STORE,
    CannotBackUp,
)
from watchword.core.sealing.primitives import Buffer
from watchword.core.sealing.recipients import Recipient
from watchword.core.sealing.seal import Sealer, seal

STEP = 1 << 20
STAMP = "%Y%m%dT%H%M%SZ"


def desk(args: argparse.Namespace) -> Iterator[str]:
    """The state of the Desk in one sealed archive, and those bodies that are not beside it yet."""
    directory.check("desk", args.dir)
    recipient = _destination(args.dir, args.to)
    serve.prepare("desk", args.dir)
    # Only a prepared process may import what reads settings.
    from django.conf import settings

    from watchword.journal.sequencer import tile_log

    log = tile_log(Path(settings.WATCHWORD_LEDGER_DIR), Path(settings.WATCHWORD_LEDGER_KEY))
    # Nobody writes to the log meanwhile, so that it holds all that this state of the database promises.
    with log.exclusive():
        name, data = database_copy()
        written = _archive(args.dir, args.to / _named(STATE), name, data, recipient)
    new, all_ = _bodies(Path(settings.WATCHWORD_VAULT_DIR), args.to / BODIES)
    yield f"{written.name}: written and read back."
    yield f"{new} of {all_} sealed bodies were new."
    yield "The key store is not in it: copy that with `watchword backup keystore`, to another place."


def keystore(args: argparse.Namespace) -> Iterator[str]:
    """The key store alone; what is older than the days that are kept is destroyed."""
    directory.check("desk", args.dir)
    recipient = _destination(args.dir, args.to)
    serve.prepare("desk", args.dir)
    from watchword.keystore import services
    from watchword.keystore.disk import Disk

    number, root, data = services.store().copy()
    plain = json.dumps({"epoch": number, "root": root.hex(), "file": data.hex()}).encode("ascii")
    written = _checked(args.to / _named(STORE), iter([seal(plain, [recipient])]))
    yield f"{written.name}: written and read back."
    last = (datetime.now(UTC) - timedelta(days=args.keep_days)).strftime(STAMP)
    for path in sorted(args.to.glob(f"{STORE}-*.age")):
        if path.name < f"{STORE}-{last}":
            Disk().destroy(path)
            yield f"{path.name}: destroyed."
    yield "This copy can bring back what is erased from now on: never keep it with the copies of the Desk."


def _destination(home: Path, to: Path) -> Recipient:
    recipient = recipient_of(home)
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        write_new(to / RECOVERY, f"{recipient}\n".encode("ascii"))
    if str(recipient_of(to)) != str(recipient):
        raise CannotBackUp(f"the copies in {to} are sealed to another recovery key")
    return recipient


def _named(kind: str) -> str:
    return f"{kind}-{datetime.now(UTC).strftime(STAMP)}.age"


def database_copy() -> tuple[str, bytes]:
    """The database as it is at one moment, and what the file is called."""
    from django.db import connection

    connection.ensure_connection()
    if connection.vendor == "sqlite":
        copy = sqlite3.connect(":memory:")
        connection.connection.backup(copy)
        return SQLITE, copy.serialize()
    given = connection.settings_dict
    where = {
        "PGDATABASE": "NAME",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGHOST": "HOST",
        "PGPORT": "PORT",
    }
    told = {name: str(given[key]) for name, key in where.items() if given.get(key)}
    try:
        made = subprocess.run(
            ["pg_dump", "--format=custom"],  # noqa: S607 - as the machine's owner has installed it
            env=os.environ | told,
            capture_output=True,
            check=True,
        )
    except FileNotFoundError:
        raise CannotBackUp("pg_dump is not here: install the client of PostgreSQL") from None
    except subprocess.CalledProcessError as error:
        raise CannotBackUp(f"pg_dump did not work: {error.stderr.decode(errors='replace').strip()}") from None
    return POSTGRESQL, made.stdout


class _Sealing(io.RawIOBase):
    """What an archive is written to: sealed at once, so that no plain byte reaches the disk."""

    def __init__(self, out: IO[bytes], recipient: Recipient) -> None:
        self._out, self._sealer = out, Sealer([recipient])
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:  # type: ignore[override]  # what tarfile hands over
        self._put(self._sealer.update(data))
        return len(data)

    def finish(self) -> None:
        self._put(self._sealer.finish())

    def _put(self, sealed: bytes) -> None:
        self.digest.update(sealed)
        self._out.write(sealed)


def _archive(home: Path, path: Path, name: str, database: bytes, recipient: Recipient) -> Path:
    part = path.with_suffix(".part")
    with part.open("xb") as file:
        sealing = _Sealing(file, recipient)
        with tarfile.open(fileobj=sealing, mode="w|", format=tarfile.PAX_FORMAT) as archive:
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(database), 0o600
            archive.addfile(member, io.BytesIO(database))
            for source in sorted(one for one in home.iterdir() if one.name not in LEFT_OUT):
                archive.add(source, source.name, filter=_without_owner)
        sealing.finish()
        file.flush()
        os.fsync(file.fileno())
    return _named_when_whole(part, path, sealing.digest.hexdigest())


def _without_owner(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Files and folders only, and nobody's name."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member if member.isfile() or member.isdir() else None


def _checked(path: Path, pieces: Iterator[bytes]) -> Path:
    part, digest = path.with_suffix(".part"), hashlib.sha256()

    def seen() -> Iterator[bytes]:
        for piece in pieces:
            digest.update(piece)
            yield piece

    part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part.unlink(missing_ok=True)
    write_new(part, seen())
    return _named_when_whole(part, path, digest.hexdigest())


def _named_when_whole(part: Path, path: Path, digest: str) -> Path:
    if sha256_of(part) != digest:
        raise CannotBackUp(f"{part} is not what was written: the disk of the copies is bad")
    return part.rename(path)


def _bodies(vault: Path, to: Path) -> tuple[int, int]:
    """Copy the bodies that are not there yet; how many, and how many there are. Each is named by its hash."""
    new = every = 0
    for source in vault.glob("??/??/*"):
        every += 1
        path = to / source.relative_to(vault)
        if not path.exists():
            with suppress(FileNotFoundError):  # erased in this moment
                _checked(path, pieces_of(source))
                new += 1
    return new, every


def pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(STEP):
            yield piece


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    for piece in pieces_of(path):
        digest.update(piece)
    return digest.hexdigest()
