# SPDX-License-Identifier: AGPL-3.0-or-later
"""Growing: whatever the batches, the files are those of the whole, and every reader finds them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchword.core.ledger.errors import Damaged, Malformed
from watchword.core.ledger.growth import Growth
from watchword.core.ledger.proofs import prove_inclusion, verify_inclusion
from watchword.core.ledger.tiles import (
    TILE_WIDTH,
    TileNodes,
    bundle_path,
    pack_bundle,
    read_entries,
    tile_path,
    tiles_of,
    unpack_bundle,
    unpack_tile,
)
from watchword.core.ledger.tree import MemoryTree, TreeHead, leaf_hash

ENTRIES = [f"entry {number}".encode() for number in range(66_000)]
MANY = 65_900


def grown(batches: list[int]) -> tuple[dict[str, bytes], Growth]:
    files: dict[str, bytes] = {}
    growth, at = Growth(), 0
    for batch in batches:
        files.update((each.path, each.data) for each in growth.append(ENTRIES[at : at + batch]))
        at += batch
    return files, growth


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 256), min_size=1, max_size=8))
def test_batches_publish_the_files_of_the_whole_for_every_size_they_pass(batches: list[int]) -> None:
    files, growth = grown(batches)
    size = 0
    for batch in batches:
        size += batch
        whole, _ = grown([size])
        assert all(files.get(path) == data for path, data in whole.items())
    assert set(whole) == {tile_path(*tile) for tile in tiles_of(size)} | {
        bundle_path(index, width) for level, index, width in tiles_of(size) if level == 0
    }
    assert Growth.load(files.get, size) == growth


def test_a_tree_of_three_levels_of_tiles_is_proven_out_of_its_tiles() -> None:
    files, growth = grown([MANY])
    assert tile_path(2, 0, 1) in files
    nodes = TileNodes(files.get, MANY)
    for index in (0, 255, 256, 65_535, 65_536, MANY - 1):
        proof = prove_inclusion(nodes.node, index, MANY)
        verify_inclusion(leaf_hash(ENTRIES[index]), index, growth.head, proof)
    assert list(read_entries(files.get, 65_530, MANY)) == ENTRIES[65_530:MANY]


def test_a_tree_can_be_read_at_an_older_size() -> None:
    files, _ = grown([100, 156, 44])
    tree = MemoryTree()
    for entry in ENTRIES[:300]:
        tree.append(leaf_hash(entry))
    for size in (100, 256):
        assert Growth.load(files.get, size).head == TreeHead(size, tree.root(size))


@pytest.mark.parametrize(
    "path", [tile_path(0, 0), tile_path(0, 1, 44), tile_path(1, 0, 1), bundle_path(1, 44)]
)
def test_growth_does_not_start_from_a_log_with_a_file_missing_or_cut(path: str) -> None:
    files, _ = grown([300])
    files[path] = files[path][:-1] if path != tile_path(0, 0) else files[path]
    if path == tile_path(0, 0):
        del files[path], files[tile_path(1, 0, 1)]
    with pytest.raises((Damaged, Malformed)):
        Growth.load(files.get, 300)


def test_growth_does_not_start_from_a_bundle_that_its_tile_denies() -> None:
    files, _ = grown([10])
    files[bundle_path(0, 10)] = pack_bundle([*ENTRIES[:9], b"another"])
    with pytest.raises(Damaged, match="last bundle"):
        Growth.load(files.get, 10)


def test_nodes_and_entries_that_are_not_there_are_refused() -> None:
    files, _ = grown([300])
    nodes = TileNodes(files.get, 300)
    for level, index in ((0, 300), (9, 0), (1, 150), (0, 600)):
        with pytest.raises(Malformed):
            nodes.node(level, index)
    for path in (bundle_path(1, 44), bundle_path(0)):
        del files[path]
        with pytest.raises(Damaged):
            list(read_entries(files.get, 0, 300))


@pytest.mark.parametrize(
    ("index", "path"),
    [
        (0, "tile/entries/000"),
        (999, "tile/entries/999"),
        (1000, "tile/entries/x001/000"),
        (1_234_067, "tile/entries/x001/x234/067"),
    ],
)
def test_paths_are_those_of_the_specification(index: int, path: str) -> None:
    assert bundle_path(index) == path
    assert bundle_path(index, 7) == f"{path}.p/7"


def test_seventy_thousand_entries_have_the_tiles_that_the_specification_counts() -> None:
    tiles = list(tiles_of(70_000))
    assert sum(level == 0 and width == TILE_WIDTH for level, _, width in tiles) == 273
    assert (0, 273, 112) in tiles
    assert [tile for tile in tiles if tile[0]] == [(1, 0, 256), (1, 1, 17), (2, 0, 1)]


@pytest.mark.parametrize(("index", "width"), [(-1, 1), (0, 0), (0, 257)])
def test_tiles_that_cannot_be_have_no_path(index: int, width: int) -> None:
    with pytest.raises(Malformed):
        tile_path(0, index, width)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
def test_a_bundle_gives_back_its_entries(entries: list[bytes]) -> None:
    raw = pack_bundle(entries)
    assert unpack_bundle(raw) == entries
    with pytest.raises(Malformed):
        unpack_bundle(raw + b"\0")


def test_a_tile_has_its_width() -> None:
    assert unpack_tile(bytes(64), 2) == [bytes(32), bytes(32)]
    with pytest.raises(Malformed):
        unpack_tile(bytes(63), 2)


def test_an_entry_that_two_bytes_cannot_count_is_refused() -> None:
    with pytest.raises(Malformed):
        Growth().append([bytes(65_536)])
