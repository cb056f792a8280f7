# SPDX-License-Identifier: AGPL-3.0-or-later
"""The log on disk survives a crash before any change it makes, and repairs nothing that was not one."""

import multiprocessing
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journal.cut import KEY, FailingDisk, PowerCut, entries, tree_of_files
from watchword.core.ledger.checkpoint import SignedCheckpoint
from watchword.core.ledger.errors import Damaged, Malformed
from watchword.core.ledger.growth import Growth
from watchword.core.ledger.tiles import CHECKPOINT, bundle_path, tile_path
from watchword.journal import tilelog
from watchword.journal.disk import Disk
from watchword.journal.keyfile import log_key
from watchword.journal.tilelog import BATCHES, TileLog, is_torn

BATCH = [3, 250, 10, 256, 1]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    TileLog.create(Disk(tmp_path / "log"), KEY)
    return tmp_path / "log"


def opened(root: Path) -> TileLog:
    return TileLog.open(Disk(root), KEY)


def logged(root: Path) -> list[bytes]:
    log = opened(root)
    return list(log.entries(0, log.size))


def check_whole(root: Path) -> TileLog:
    """Every file that a reader of the published checkpoint needs is there and says the same."""
    log = opened(root)
    everything = list(log.entries(0, log.size))
    files = tree_of_files(root)
    for resource in Growth().append(everything):
        assert files[resource.path] == resource.data
    published = KEY.verified(SignedCheckpoint.parse(files[CHECKPOINT]))
    assert published.head == log.head == Growth.load(Disk(root).read, log.size).head
    return log


def test_appended_entries_are_there_for_every_reader(root: Path) -> None:
    log = opened(root)
    for batch in BATCH:
        assert log.append(entries(log.size, log.size + batch)) == range(log.size - batch, log.size)
    assert logged(root) == entries(0, sum(BATCH))
    check_whole(root)


@pytest.mark.parametrize("count", [0, 257])
def test_a_batch_has_at_least_one_entry_and_at_most_a_tile(root: Path, count: int) -> None:
    with pytest.raises(Malformed):
        opened(root).append(entries(0, count))


def run_until_cut(
    root: Path, fatal: int, work: Callable[[TileLog, list[int]], None]
) -> tuple[list[int], bool]:
    """Do ``work`` on a disk that stops at step ``fatal``; the sizes acknowledged, and whether it was cut."""
    acknowledged: list[int] = []
    try:
        work(TileLog.open(FailingDisk(root, fatal=fatal), KEY), acknowledged)
    except PowerCut:
        return acknowledged, True
    return acknowledged, False


def append_and_settle(log: TileLog, acknowledged: list[int]) -> None:
    for batch in (2, 254, 3):
        log.append(entries(log.size, log.size + batch))
        acknowledged.append(log.size)
    log.settle()


def test_a_cut_before_any_change_loses_nothing_acknowledged_and_rewrites_nothing(tmp_path: Path) -> None:
    fatal, cut = 0, True
    while cut:
        fatal += 1
        root = tmp_path / str(fatal)
        TileLog.create(Disk(root), KEY)
        opened(root).append(entries(0, 5))
        acknowledged, cut = run_until_cut(root, fatal, append_and_settle)
        published = tree_of_files(root)
        log = check_whole(root)
        assert log.size >= max(acknowledged, default=5)
        assert list(log.entries(0, log.size)) == entries(0, log.size)
        after = tree_of_files(root)
        changed = {path for path, data in published.items() if after.get(path, data) != data} - {CHECKPOINT}
        assert changed == set()
        log.append(entries(log.size, log.size + 1))
        check_whole(root)
    assert fatal > 40, "the disk was hardly used: the test looks at the wrong thing"


def test_a_cut_during_recovery_is_recovered_from(tmp_path: Path) -> None:
    fatal, cut = 0, True
    while cut:
        fatal += 1
        root = tmp_path / str(fatal)
        TileLog.create(Disk(root), KEY)
        log = opened(root)
        for batch in (200, 60):
            log.append(entries(log.size, log.size + batch))
        for path in (CHECKPOINT, tile_path(0, 0), bundle_path(0)):
            (root / path).unlink()
        try:
            TileLog.open(FailingDisk(root, fatal=fatal), KEY)
            cut = False
        except PowerCut:
            pass
        assert logged(root) == entries(0, 260)
        check_whole(root)


def test_a_cut_while_a_log_is_made_leaves_nothing_or_a_log(tmp_path: Path) -> None:
    fatal, cut = 0, True
    while cut:
        fatal += 1
        root = tmp_path / str(fatal)
        try:
            TileLog.create(FailingDisk(root, fatal=fatal), KEY)
            cut = False
        except PowerCut:
            pass
        if (root / CHECKPOINT).exists():
            assert check_whole(root).size == 0
        else:
            assert TileLog.create(Disk(root), KEY).size == 0


@pytest.mark.parametrize("fatal", [2, 5, 9, 14])
def test_a_killed_process_loses_nothing(root: Path, fatal: int) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.journal.cut import *;"
        "from watchword.journal.tilelog import TileLog\n"
        f"log = TileLog.open(FailingDisk(Path({str(root)!r}), fatal={fatal}, kill=True), KEY)\n"
        "while True:\n"
        "    log.append(entries(log.size, log.size + 7)); print(log.size, flush=True)\n"
    )
    here = Path(__file__).resolve().parents[2]
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=here, capture_output=True, text=True, check=False
    )
    assert run.returncode == -9, run.stderr
    acknowledged = max((int(line) for line in run.stdout.split()), default=0)
    log = check_whole(root)
    assert log.size >= acknowledged
    assert list(log.entries(0, log.size)) == entries(0, log.size)


def test_what_a_power_cut_tears_is_put_back(root: Path) -> None:
    log = opened(root)
    log.append(entries(0, 250))
    whole = tree_of_files(root)
    torn = {
        CHECKPOINT: b"",
        bundle_path(0, 250): whole[bundle_path(0, 250)][:5000],
        tile_path(0, 0, 250): bytes(4096) + whole[tile_path(0, 0, 250)][4096:],
    }
    for path, data in torn.items():
        (root / path).write_bytes(data)
    check_whole(root)
    assert tree_of_files(root) == whole


@pytest.mark.parametrize("path", [bundle_path(0, 250), tile_path(0, 0, 250)])
def test_what_no_power_cut_does_is_left_alone_and_named(root: Path, path: str) -> None:
    opened(root).append(entries(0, 250))
    data = (root / path).read_bytes()
    (root / path).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(Damaged, match="was changed after it was published"):
        opened(root)
    assert (root / path).read_bytes() != data


def test_a_torn_last_batch_was_promised_to_nobody(root: Path) -> None:
    log = opened(root)
    log.append(entries(0, 3))
    raw = (root / BATCHES).read_bytes()
    older = tree_of_files(root)
    log.append(entries(3, 5))
    for path in set(tree_of_files(root)) - set(older):
        (root / path).unlink()
    (root / CHECKPOINT).write_bytes(older[CHECKPOINT])
    (root / BATCHES).write_bytes((root / BATCHES).read_bytes()[: len(raw) + 100])
    assert logged(root) == entries(0, 3)


def test_a_broken_batch_before_a_whole_one_is_no_crash(root: Path) -> None:
    log = opened(root)
    log.append(entries(0, 3))
    log.append(entries(3, 5))
    raw = bytearray((root / BATCHES).read_bytes())
    raw[60] ^= 1
    (root / BATCHES).write_bytes(raw)
    with pytest.raises(Damaged, match="not by a crash"):
        opened(root)


def test_batches_that_do_not_follow_one_another_are_refused(root: Path) -> None:
    log = opened(root)
    sizes = []
    for _ in range(3):
        log.append(entries(log.size, log.size + 2))
        sizes.append((root / BATCHES).stat().st_size)
    raw = (root / BATCHES).read_bytes()
    (root / BATCHES).write_bytes(raw[: sizes[0]] + raw[sizes[1] :])
    with pytest.raises(Damaged, match="do not follow"):
        opened(root)


def test_an_older_checkpoint_put_back_is_refused(root: Path) -> None:
    log = opened(root)
    log.append(entries(0, 3))
    log.settle()
    older = (root / CHECKPOINT).read_bytes()
    log.append(entries(3, 5))
    log.settle()
    log.append(entries(5, 6))
    (root / CHECKPOINT).write_bytes(older)
    with pytest.raises(Damaged, match="not one that the tiles"):
        opened(root)


def test_a_checkpoint_of_another_key_is_refused(root: Path) -> None:
    opened(root).settle()
    with pytest.raises(Damaged, match="not one of this log"):
        TileLog.open(Disk(root), log_key(KEY.origin, bytes(32), bytes(32)))
    with pytest.raises(Damaged, match="not one of this log"):
        TileLog.open(Disk(root), log_key("ledger.example/other", bytes(32), bytes(range(32))))


def test_tiles_that_do_not_lead_to_the_checkpoint_are_refused(root: Path) -> None:
    log = opened(root)
    log.append(entries(0, 3))
    log.settle()
    for resource in Growth().append([*entries(0, 2), b"another"]):
        (root / resource.path).write_bytes(resource.data)
    with pytest.raises(Damaged, match="tiles"):
        opened(root)


def test_a_missing_checkpoint_is_not_made_up(root: Path) -> None:
    log = opened(root)
    log.append(entries(0, 3))
    log.settle()
    (root / CHECKPOINT).unlink()
    with pytest.raises(Damaged, match="missing"):
        opened(root)


def test_no_log_is_opened_where_there_is_none_and_none_is_made_over_another(
    tmp_path: Path, root: Path
) -> None:
    with pytest.raises(Damaged):
        opened(tmp_path / "nowhere")
    with pytest.raises(Damaged):
        TileLog.create(Disk(root), KEY)


def test_after_an_error_the_log_goes_on_from_what_is_on_the_disk(root: Path) -> None:
    disk = FailingDisk(root, fatal=4)
    log = TileLog.open(disk, KEY)
    with pytest.raises(PowerCut):
        log.append(entries(0, 3))
    with log.exclusive():
        size = log.size
    log.append(entries(size, size + 3))
    assert logged(root) == entries(0, size + 3)


def test_outdated_partial_tiles_go_once_the_full_one_is_on_the_disk(root: Path) -> None:
    log = opened(root)
    for batch in (100, 100, 100):
        log.append(entries(log.size, log.size + batch))
    assert (root / bundle_path(0, 100)).exists()
    log.settle()
    assert not (root / bundle_path(0, 100)).exists()
    assert (root / bundle_path(1, 44)).exists()
    assert (root / BATCHES).stat().st_size == 0
    check_whole(root)


def test_many_small_batches_settle_by_themselves(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tilelog, "MOST_UNSETTLED", 5)
    log = opened(root)
    for number in range(5):
        log.append(entries(number, number + 1))
    assert (root / BATCHES).stat().st_size == 0


def _append_many(root: Path, name: str) -> None:
    log = opened(root)
    for number in range(30):
        log.append([f"{name} {number}".encode()])


def test_two_processes_append_to_one_log_in_turn(root: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_append_many, args=(root, name)) for name in ("one", "two")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    everything = logged(root)
    for name in ("one", "two"):
        mine = [entry for entry in everything if entry.startswith(name.encode())]
        assert mine == [f"{name} {number}".encode() for number in range(30)]
    check_whole(root)


@pytest.mark.parametrize(
    ("found", "torn"),
    [
        (b"", True),
        (b"a" * 4000, True),
        (bytes(8192), True),
        (b"a" * 4096 + bytes(4096), True),
        (b"a" * 9000, True),
        (b"a" * 9001, False),
        (b"a" * 4096 + b"b" * 4096, False),
        (b"b", False),
    ],
)
def test_torn_is_shorter_or_zeroed_and_nothing_else(found: bytes, torn: bool) -> None:
    assert is_torn(found, b"a" * 9000) is torn
