# SPDX-License-Identifier: AGPL-3.0-or-later
"""The key store on the disk: two folders, one file in each, and a lock that every process of the Desk takes.

``keys-N`` holds the keys of epoch N and ``root-N`` its root. A key is added at the end of the file. To
destroy one, the others are written into a file of the next epoch; its rename is the moment from which the key
is gone, whatever happens then, and the old root is destroyed before anybody is told.
"""

import fcntl
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.keystore import NAME_SIZE, Epoch, Keys
from watchword.core.sealing.primitives import KEY_SIZE, random_bytes
from watchword.keystore.disk import Disk

MOST_ADDED = 4096
"""Keys behind the first piece, each opened by itself when a process starts: 4096 take some 20 ms."""


@dataclass
class _Read:
    """What this process has read: which file, how much of it, and what was in it."""

    epoch: Epoch
    keys: Keys
    length: int
    place: str
    """Of the file; looked at before each key is given out, so not put together each time."""


class KeyStore:
    """One store. Threads and processes may share it; each change is durable when the call returns."""

    def __init__(self, folder: Path, roots: Path, disk: Disk | None = None) -> None:
        self.folder, self.roots = folder, roots
        self._disk = disk or Disk()
        self._guard = threading.Lock()
        self._read: _Read | None = None

    def create(self) -> None:
        """The first epoch of a new store, without a key; nothing happens to a store that is there already."""
        self._make_folders()
        with self._alone():
            if not self._numbers(self.folder, "keys"):
                self._begin(Keys(), 0)

    def restore(self, number: int, root: bytes, data: bytes) -> int:
        """Begin with the keys of a copy, under a new root; how many. WrongState when there is a store."""
        self._make_folders()
        try:
            keys, _ = Epoch(number, root).decode(data)
        except SealingError as error:
            raise _unusable(error) from error
        with self._alone():
            if self._numbers(self.folder, "keys"):
                raise WrongState(
                    sentence("There is a key store here already, and nothing is put in its place.")
                )
            self._begin(keys.without(), number)
        return len(keys)

    def make(self) -> str:
        """A new key, on the disk before its name is known to anybody."""
        name, secret = random_bytes(NAME_SIZE), random_bytes(KEY_SIZE)
        with self._alone():
            read = self._refreshed()
            if len(read.keys.added) >= MOST_ADDED:
                read = self._begin(read.keys.without(), read.epoch.number)
            frame = read.epoch.encode_added(len(read.keys.added), name, secret)
            self._disk.append(self._keys(read.epoch.number), frame)
            read.keys.added[name] = secret
            read.length += len(frame)
        return name.hex()

    def secret(self, name: str) -> bytes | None:
        """The key of this name, 32 bytes; None when it was destroyed."""
        return self._present().keys.get(bytes.fromhex(name))

    def destroy(self, names: Iterable[str]) -> int:
        """Destroy these keys, and with the old root every older copy of them that lies here; how many."""
        with self._alone():
            read = self._refreshed()
            there = {name for one in names if read.keys.get(name := bytes.fromhex(one)) is not None}
            if there:
                self._begin(read.keys.without(there), read.epoch.number)
        return len(there)

    def roll(self) -> None:
        """Begin a new epoch with the same keys: copies of the store are from now on of no use."""
        with self._alone():
            read = self._refreshed()
            self._begin(read.keys.without(), read.epoch.number)

    def __len__(self) -> int:
        return len(self._present().keys)

    @property
    def epoch(self) -> int:
        """The number of the epoch in force."""
        return self._present().epoch.number

    def copy(self) -> tuple[int, bytes, bytes]:
        """The number of the epoch, its root and its file at one moment: what ``restore`` takes."""
        with self._alone():
            epoch = self._refreshed().epoch
            return epoch.number, epoch.root, self._keys(epoch.number).read_bytes()

    def _present(self) -> _Read:
        """What is in force now: other processes add keys, and begin epochs."""
        read = self._read
        if read is not None and self._unchanged(read):
            return read
        with self._alone():
            return self._refreshed()

    def _unchanged(self, read: _Read) -> bool:
        try:
            return os.stat(read.place).st_size == read.length
        except FileNotFoundError:
            return False

    def _refreshed(self) -> _Read:
        """Read what is new, and finish what somebody was stopped in. Only while nobody else is at it."""
        numbers = self._numbers(self.folder, "keys")
        if not numbers:
            raise WrongState(sentence("There is no key store here: without it nothing sealed can be opened."))
        newest = numbers[-1]
        try:
            if self._read is None or self._read.epoch.number != newest:
                self._read = self._load(newest)
            else:
                self._load_added(self._read)
        except SealingError as error:
            raise _unusable(error) from error
        self._tidy(self._read)
        return self._read

    def _load(self, number: int) -> _Read:
        try:
            root = self._root(number).read_bytes()
        except FileNotFoundError:
            # Never an older epoch in its place: what was erased since would come back.
            raise WrongState(sentence("The root of the key store's epoch is missing.")) from None
        epoch = Epoch(number, root)
        keys, length = epoch.decode(self._keys(number).read_bytes())
        return _Read(epoch, keys, length, str(self._keys(number)))

    def _load_added(self, read: _Read) -> None:
        with self._keys(read.epoch.number).open("rb") as file:
            file.seek(read.length)
            read.length += read.epoch.read_added(read.keys, file.read())

    def _tidy(self, read: _Read) -> None:
        """Cut off half a key, and destroy what an interrupted change of epoch left."""
        keys = self._keys(read.epoch.number)
        if keys.stat().st_size > read.length:
            self._disk.cut(keys, read.length)
        for number in self._numbers(self.roots, "root"):
            if number != read.epoch.number:
                self._disk.destroy(self._root(number))
        for number in self._numbers(self.folder, "keys"):
            if number != read.epoch.number:
                self._disk.remove(self._keys(number))
        if self._spare.exists():
            self._disk.remove(self._spare)

    def _begin(self, keys: Keys, after: int) -> _Read:
        epoch = Epoch.after(after)
        data = epoch.encode(keys)
        self._disk.write(self._root(epoch.number), epoch.root)
        self._disk.write(self._spare, data)
        self._disk.rename(self._spare, self._keys(epoch.number))
        self._read = _Read(epoch, keys, len(data), str(self._keys(epoch.number)))
        self._tidy(self._read)
        return self._read

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other thread and no other process reads or changes the files meanwhile."""
        if not self.folder.is_dir():
            raise WrongState(sentence("There is no key store here: without it nothing sealed can be opened."))
        with self._guard, (self.folder / "lock").open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            try:
                yield
            except BaseException:
                # Whatever the step was that failed: what is true stands on the disk.
                self._read = None
                raise

    def _make_folders(self) -> None:
        for folder in (self.folder, self.roots):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @property
    def _spare(self) -> Path:
        return self.folder / "next"

    def _keys(self, number: int) -> Path:
        return self.folder / f"keys-{number}"

    def _root(self, number: int) -> Path:
        return self.roots / f"root-{number}"

    @staticmethod
    def _numbers(folder: Path, kind: str) -> list[int]:
        return sorted(int(path.name.removeprefix(f"{kind}-")) for path in folder.glob(f"{kind}-[0-9]*"))


def _unusable(error: SealingError) -> WrongState:
    return WrongState(sentence("The key store cannot be used: %(reason)s.", reason=error.reason))
