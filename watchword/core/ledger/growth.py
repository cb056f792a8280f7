# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an append writes: the tiles and bundles that a growing log publishes, as paths and bytes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from watchword.core.ledger.errors import Damaged
from watchword.core.ledger.tiles import (
    TILE_HEIGHT,
    TILE_WIDTH,
    Read,
    TileNodes,
    bundle_path,
    pack_bundle,
    read_entries,
    tile_path,
)
from watchword.core.ledger.tree import Edge, TreeHead, leaf_hash


@dataclass(frozen=True, slots=True)
class Resource:
    """One immutable file of the log: its path below the log's directory and its bytes."""

    path: str
    data: bytes


@dataclass(slots=True)
class Growth:
    """The right edge of a log: the tree's edge, and the tiles and the bundle that are not full yet."""

    edge: Edge = field(default_factory=Edge)
    tails: list[bytearray] = field(default_factory=list)
    bundle: bytearray = field(default_factory=bytearray)

    @classmethod
    def load(cls, read: Read, size: int) -> "Growth":
        """The edge of a log when it had ``size`` entries; compare ``head`` with what a checkpoint says.

        Damaged when a file is missing or cut off, or the last bundle does not belong to the last tile.
        """
        nodes = TileNodes(read, size)
        tails: list[bytearray] = []
        width = size
        while width:
            tail = nodes.tile(len(tails), width // TILE_WIDTH) if width % TILE_WIDTH else []
            tails.append(bytearray(b"".join(tail)))
            width //= TILE_WIDTH
        last = list(read_entries(read, size - size % TILE_WIDTH, size))
        if [leaf_hash(entry) for entry in last] != (nodes.tile(0, size // TILE_WIDTH) if last else []):
            raise Damaged("the entries of the last bundle are not those of the last tile")
        edge = Edge.of(size, nodes.node)
        return cls(edge, tails, bytearray(pack_bundle(last)))

    @property
    def head(self) -> TreeHead:
        """The size and root after everything appended so far."""
        return TreeHead(self.edge.size, self.edge.root())

    def append(self, entries: Iterable[bytes]) -> list[Resource]:
        """Take ``entries`` in; returns what must be published before a checkpoint of the new size may be."""
        resources: list[Resource] = []
        touched: set[int] = set()
        for entry in entries:
            self.bundle += pack_bundle([entry])
            for level, completed in enumerate(self.edge.append(leaf_hash(entry))):
                if level % TILE_HEIGHT == 0:
                    touched.add(level // TILE_HEIGHT)
                    self._extend(level // TILE_HEIGHT, completed)
            if self.edge.size % TILE_WIDTH == 0:
                resources += self._full()
        return resources + self._partial(touched)

    def _extend(self, level: int, completed: bytes) -> None:
        if level == len(self.tails):
            self.tails.append(bytearray())
        self.tails[level] += completed

    def _full(self) -> list[Resource]:
        """The bundle and the tiles that the last leaf filled; they start anew."""
        resources = [Resource(bundle_path(self.edge.size // TILE_WIDTH - 1), bytes(self.bundle))]
        self.bundle.clear()
        width = self.edge.size
        for level, tail in enumerate(self.tails):
            if width % TILE_WIDTH:
                break
            width //= TILE_WIDTH
            resources.append(Resource(tile_path(level, width - 1), bytes(tail)))
            tail.clear()
        return resources

    def _partial(self, touched: set[int]) -> list[Resource]:
        resources = []
        size = self.edge.size
        if size % TILE_WIDTH:
            resources.append(Resource(bundle_path(size // TILE_WIDTH, size % TILE_WIDTH), bytes(self.bundle)))
        for level in sorted(touched):
            count = size >> (TILE_HEIGHT * level)
            if count % TILE_WIDTH:
                path = tile_path(level, count // TILE_WIDTH, count % TILE_WIDTH)
                resources.append(Resource(path, bytes(self.tails[level])))
        return resources
