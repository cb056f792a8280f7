# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the key store costs: a start, a new case, a look-up, an erasure; beside the deleting of a row.

`python -m bench.keystore --keys 100000`
"""

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.timing import goal
from watchword.core.sealing.keystore import Epoch, Keys
from watchword.core.sealing.primitives import random_bytes
from watchword.keystore.store import KeyStore

ROUNDS = 20
GOAL = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=100_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        names = filled(home, args.keys)
        print(f"\n{args.keys} keys")
        show("a process starts and reads them", timed(lambda: len(KeyStore(home, home / "root"))))
        store = KeyStore(home, home / "root")
        show("a new key, durable", timed(store.make))
        wanted = iter(names)
        show("a key is looked up", timed(lambda: store.secret(next(wanted))))
        doomed = iter(names)
        roll = show("a key is destroyed, all others kept", timed(lambda: store.destroy([next(doomed)])))
        table = rows(home / "peer.sqlite3", names)
        doomed = iter(names)
        show("SQLite deletes a row, which a backup keeps", timed(lambda: delete(table, next(doomed))))
    goal("keys destroyed a second", 1000 / roll, GOAL)


def filled(home: Path, count: int) -> list[str]:
    """A store with so many keys in one piece, and their names."""
    pairs = [random_bytes(48) for _ in range(count)]
    copied = Epoch.after(0)
    data = copied.encode(Keys(b"".join(sorted(pairs))))
    KeyStore(home, home / "root").restore(copied.number, copied.root, data)
    return [pair[:16].hex() for pair in pairs]


def rows(path: Path, names: list[str]) -> sqlite3.Connection:
    """The same names in a table, durable as the Desk's."""
    table = sqlite3.connect(path, isolation_level=None)
    table.execute("PRAGMA journal_mode=WAL")
    table.execute("PRAGMA synchronous=FULL")
    table.execute("CREATE TABLE keys (name TEXT PRIMARY KEY, secret BLOB)")
    table.executemany("INSERT INTO keys VALUES (?, ?)", ((name, random_bytes(32)) for name in names[:1000]))
    return table


def delete(table: sqlite3.Connection, name: str) -> None:
    table.execute("DELETE FROM keys WHERE name = ?", [name])


def timed(work: Callable[[], object]) -> float:
    """The median of some rounds, in milliseconds by the clock: a disk's work counts."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def show(what: str, milliseconds: float) -> float:
    print(f"  {what:44} {milliseconds:10.3f} ms")
    return milliseconds


if __name__ == "__main__":
    main()
