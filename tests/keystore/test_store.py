# SPDX-License-Identifier: AGPL-3.0-or-later
"""The store on the disk: the power goes before each of its steps, and several processes write at once."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.queues import Queue
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchword.core.refusals import WrongState
from watchword.keystore import store as module
from watchword.keystore.disk import Disk
from watchword.keystore.store import KeyStore


class PowerCut(BaseException):
    """Not an Exception, so that nothing can swallow it."""


class FailingDisk(Disk):
    """Stops before the step numbered ``fatal``, from 1."""

    def __init__(self, fatal: int) -> None:
        self.steps: list[str] = []
        self._fatal = fatal

    def step(self, what: str) -> None:
        self.steps.append(what)
        if len(self.steps) == self._fatal:
            raise PowerCut(what)


class Witness:
    """What was acknowledged to somebody who works with a store until its power goes."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.asked: set[str] = set()
        self.destroyed: set[str] = set()

    def work(self, store: KeyStore, plan: str) -> None:
        """Make a key for each m, destroy the oldest for each d, change the epoch for each r."""
        store.create()
        for step in plan:
            left = [name for name in self.made if name not in self.asked]
            if step == "m":
                self.made.append(store.make())
            elif step == "r":
                store.roll()
            elif left:
                self.asked.add(left[0])
                store.destroy([left[0]])
                self.destroyed.add(left[0])

    def look(self, store: KeyStore) -> None:
        """Nothing that was acknowledged is lost, and nothing acknowledged as destroyed is back."""
        assert all(store.secret(name) for name in self.made if name not in self.asked)
        assert not any(store.secret(name) for name in self.destroyed)
        self.destroyed |= {name for name in self.asked if store.secret(name) is None}


def opened(folder: Path, disk: Disk | None = None) -> KeyStore:
    return KeyStore(folder / "store", folder / "roots", disk)


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()} - {"lock"}


def numbered_from_one() -> Iterator[int]:
    yield from range(1, 500)


@pytest.mark.parametrize("plan", ["mmdmr", "mdd", "rmm"])
def test_the_power_may_go_before_any_step(tmp_path: Path, plan: str) -> None:
    for fatal in numbered_from_one():
        folder, witness, disk = tmp_path / str(fatal), Witness(), FailingDisk(fatal)
        try:
            witness.work(opened(folder, disk), plan)
        except PowerCut:
            again = opened(folder)
            again.create()
            witness.look(again)
            # Who looks once more, or goes on, finds the same: what was half done does not come back later.
            again.make()
            witness.look(opened(folder))
            assert files(folder) == {f"keys-{again.epoch}", f"root-{again.epoch}"}
        else:
            assert fatal == len(disk.steps) + 1
            return


@settings(max_examples=25)
@given(plan=st.text("mmdr", max_size=12), cuts=st.lists(st.integers(1, 40), max_size=3))
def test_the_power_may_go_again_and_again(
    tmp_path_factory: pytest.TempPathFactory, plan: str, cuts: list[int]
) -> None:
    folder, witness = tmp_path_factory.mktemp("store"), Witness()
    for fatal in [*cuts, 0]:
        with suppress(PowerCut):
            witness.work(opened(folder, FailingDisk(fatal)), plan)
        again = opened(folder)
        again.create()
        witness.look(again)


def test_a_root_that_was_destroyed_is_nowhere_and_an_older_file_opens_nothing(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.create()
    gone, kept = store.make(), store.make()
    _, old_root, old_file = store.copy()
    store.destroy([gone])
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert old_root not in stored
    assert old_file not in stored
    # Somebody puts the older file back, from a copy that holds no roots.
    (tmp_path / "store" / "keys-1").write_bytes(old_file)
    again = opened(tmp_path)
    assert again.secret(gone) is None
    assert again.secret(kept)
    assert files(tmp_path) == {"keys-2", "root-2"}


def test_a_newer_file_without_its_root_is_refused_and_no_older_one_is_used(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.create()
    name = store.make()
    (tmp_path / "store" / "keys-1").rename(tmp_path / "store" / "keys-2")
    with pytest.raises(WrongState, match="root of the key store's epoch is missing"):
        opened(tmp_path).secret(name)
    (tmp_path / "roots" / "root-1").rename(tmp_path / "roots" / "root-2")
    with pytest.raises(WrongState, match="another epoch"):
        opened(tmp_path).secret(name)


def test_one_process_sees_at_once_what_another_did(tmp_path: Path) -> None:
    one, other = opened(tmp_path), opened(tmp_path)
    one.create()
    first = one.make()
    assert other.secret(first) == one.secret(first)
    second = other.make()
    assert one.secret(second) == other.secret(second)
    other.destroy([first])
    assert one.secret(first) is None
    assert (len(one), one.epoch) == (1, other.epoch)


def test_many_added_keys_become_one_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ADDED", 3)
    store = opened(tmp_path)
    store.create()
    names = [store.make() for _ in range(8)]
    assert store.epoch == 3
    assert all(opened(tmp_path).secret(name) for name in names)


def write_much(folder: Path, done: "Queue[tuple[list[str], list[str]]]") -> None:
    store = opened(folder)
    made = [store.make() for _ in range(20)]
    for name in made[:3]:
        store.destroy([name])
    done.put((made[3:], made[:3]))


def test_processes_that_write_at_once_lose_nothing_to_each_other(tmp_path: Path) -> None:
    opened(tmp_path).create()
    forking = multiprocessing.get_context("fork")
    done: Queue[tuple[list[str], list[str]]] = forking.Queue()
    working = [forking.Process(target=write_much, args=(tmp_path, done)) for _ in range(4)]
    for process in working:
        process.start()
    results = [done.get(timeout=60) for _ in working]
    for process in working:
        process.join()
    store = opened(tmp_path)
    assert all(store.secret(name) for kept, _ in results for name in kept)
    assert not any(store.secret(name) for _, gone in results for name in gone)
    assert len(store) == 4 * 17


@pytest.mark.parametrize("use", [KeyStore.make, KeyStore.roll, lambda store: store.secret("ab" * 16)])
def test_without_a_store_nothing_is_made_in_its_place(
    tmp_path: Path, use: Callable[[KeyStore], object]
) -> None:
    with pytest.raises(WrongState, match="no key store"):
        use(opened(tmp_path))
    assert files(tmp_path) == set()


def test_only_the_owner_reads_the_files(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.create()
    store.make()
    store.roll()
    assert {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*-2")} == {0o600}


def test_a_copy_begins_a_new_epoch_and_takes_no_stores_place(tmp_path: Path) -> None:
    store = opened(tmp_path / "lost")
    store.create()
    names = [store.make() for _ in range(3)]
    number, root, data = store.copy()
    for taken in (data[:-5], data[:40]):
        with pytest.raises(WrongState, match="cannot be used"):
            opened(tmp_path / "elsewhere").restore(number, bytes(32), taken)
    again = opened(tmp_path / "new")
    assert again.restore(number, root, data) == 3
    assert [again.secret(name) for name in names] == [store.secret(name) for name in names]
    assert files(tmp_path / "new") == {"keys-2", "root-2"}
    assert root not in b"".join(path.read_bytes() for path in (tmp_path / "new").rglob("*-2"))
    with pytest.raises(WrongState, match="already"):
        again.restore(number, root, data)
