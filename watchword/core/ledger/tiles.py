# SPDX-License-Identifier: AGPL-3.0-or-later
"""The C2SP tlog-tiles layout: paths of tiles and bundles, the form of a bundle, nodes out of tiles."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

from watchword.core.ledger.errors import Damaged, Malformed
from watchword.core.ledger.tree import HASH_LENGTH, node_hash

TILE_WIDTH = 256
TILE_HEIGHT = 8
LARGEST_ENTRY = 0xFFFF
CHECKPOINT = "checkpoint"
Read: TypeAlias = Callable[[str], bytes | None]


def tile_path(level: int, index: int, width: int = TILE_WIDTH) -> str:
    """The path of a tile of hashes; ``width`` below 256 names the partial tile."""
    return f"tile/{level}/{_numbered(index, width)}"


def bundle_path(index: int, width: int = TILE_WIDTH) -> str:
    """The path of a bundle of entries; ``width`` below 256 names the partial bundle."""
    return f"tile/entries/{_numbered(index, width)}"


def _numbered(index: int, width: int) -> str:
    """``index`` in groups of three digits, all but the last marked x: no name is both file and folder."""
    if index < 0 or not 1 <= width <= TILE_WIDTH:
        raise Malformed("a tile has a number from 0 and a width from 1 to 256")
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03}")
    return "/".join(groups) + ("" if width == TILE_WIDTH else f".p/{width}")


def tiles_of(size: int) -> Iterator[tuple[int, int, int]]:
    """(level, index, width) of every tile of a tree of ``size`` leaves; bundles are as tiles of level 0."""
    level = 0
    while size:
        for index in range(size // TILE_WIDTH):
            yield level, index, TILE_WIDTH
        if size % TILE_WIDTH:
            yield level, size // TILE_WIDTH, size % TILE_WIDTH
        size //= TILE_WIDTH
        level += 1


def pack_bundle(entries: Sequence[bytes]) -> bytes:
    """The entries, each after its length as two bytes, most significant first."""
    for entry in entries:
        if len(entry) > LARGEST_ENTRY:
            raise Malformed(f"an entry has at most {LARGEST_ENTRY} bytes")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unpack_bundle(raw: bytes) -> list[bytes]:
    """The entries of a bundle; Malformed when the lengths do not add up or it holds none or over 256."""
    entries: list[bytes] = []
    position = 0
    while position < len(raw):
        length = int.from_bytes(raw[position : position + 2], "big")
        entry = raw[position + 2 : position + 2 + length]
        position += 2 + length
        entries.append(entry)
    if position != len(raw):
        raise Malformed("the last entry of this bundle is cut off")
    if not 1 <= len(entries) <= TILE_WIDTH:
        raise Malformed("a bundle holds 1 to 256 entries")
    return entries


def unpack_tile(raw: bytes, width: int) -> list[bytes]:
    """The ``width`` hashes of a tile; Malformed when it has another length."""
    if len(raw) != width * HASH_LENGTH:
        raise Malformed(f"this tile must hold {width} hashes of {HASH_LENGTH} bytes")
    return [raw[start : start + HASH_LENGTH] for start in range(0, len(raw), HASH_LENGTH)]


def read_slice(read: Read, path: Callable[[int], str], width: int) -> bytes | None:
    """The bytes at ``path(width)``, or of the full tile when the partial one has been tidied away."""
    raw = read(path(width))
    return read(path(TILE_WIDTH)) if raw is None and width < TILE_WIDTH else raw


@dataclass(slots=True)
class TileNodes:
    """Answers ``node(level, index)`` for a tree of ``size`` leaves out of its tiles, each read once."""

    read: Read
    size: int
    _tiles: dict[tuple[int, int], list[bytes]] = field(default_factory=dict)

    def node(self, level: int, index: int) -> bytes:
        """The root of a complete subtree; Damaged when the tile that holds it is missing or too short."""
        tile_level, inside = divmod(level, TILE_HEIGHT)
        first = index << inside
        hashes = self.tile(tile_level, first // TILE_WIDTH)
        start = first % TILE_WIDTH
        part = hashes[start : start + (1 << inside)]
        if len(part) != 1 << inside:
            raise Malformed("this tree has no such node")
        while len(part) > 1:
            part = [node_hash(part[at], part[at + 1]) for at in range(0, len(part), 2)]
        return part[0]

    def tile(self, level: int, index: int) -> list[bytes]:
        """The hashes of one tile, as many as the tree of this size has in it."""
        if (level, index) not in self._tiles:
            width = min(TILE_WIDTH, (self.size >> (TILE_HEIGHT * level)) - index * TILE_WIDTH)
            if width < 1:
                raise Malformed("this tree has no such tile")
            raw = read_slice(self.read, partial(tile_path, level, index), width)
            if raw is None or len(raw) < width * HASH_LENGTH or len(raw) % HASH_LENGTH:
                raise Damaged(f"{tile_path(level, index, width)} is missing or cut off")
            self._tiles[level, index] = unpack_tile(raw[: width * HASH_LENGTH], width)
        return self._tiles[level, index]


def read_entries(read: Read, start: int, end: int) -> Iterator[bytes]:
    """The entries ``[start, end)`` of a log of at least ``end``; Damaged when a bundle is not whole."""
    for index in range(start // TILE_WIDTH, -(-end // TILE_WIDTH)):
        first = index * TILE_WIDTH
        width = min(TILE_WIDTH, end - first)
        raw = read_slice(read, partial(bundle_path, index), width)
        entries = unpack_bundle(raw) if raw else []
        if len(entries) < width:
            raise Damaged(f"{bundle_path(index, width)} is missing or cut off")
        yield from entries[max(0, start - first) : width]
