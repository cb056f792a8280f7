# SPDX-License-Identifier: AGPL-3.0-or-later
"""RFC 6962 hashing: leaves, nodes, roots of any size, and the two forms in which a tree is kept.

A *node* is named by (level, index): the root of the complete subtree over leaves
``[index * 2**level, (index + 1) * 2**level)``. Whoever can answer ``node(level, index)`` (a tree in
memory, a directory of tiles) can have its root and its proofs computed.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from watchword.core.ledger.errors import Malformed

HASH_LENGTH = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
Node: TypeAlias = Callable[[int, int], bytes]


@dataclass(frozen=True, slots=True)
class TreeHead:
    """The size of a tree (leaves) and its root (32 bytes): everything that a checkpoint fixes."""

    size: int
    root: bytes


EMPTY_HEAD = TreeHead(0, EMPTY_ROOT)


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 ‖ entry); the prefix keeps a leaf from ever being taken for a node."""
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right) (RFC 6962 section 2.1)."""
    return hashlib.sha256(b"\1" + left + right).digest()


def range_root(node: Node, start: int, end: int) -> bytes:
    """The RFC 6962 hash over leaves ``[start, end)``; a power of two >= the length must divide ``start``."""
    root: bytes | None = None
    for level, index in reversed(list(_covering(start, end))):
        root = node(level, index) if root is None else node_hash(node(level, index), root)
    return EMPTY_ROOT if root is None else root


def _covering(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The complete subtrees, left to right, largest first, that make up leaves ``[start, end)``."""
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def largest_power_below(size: int) -> int:
    """The largest power of two smaller than ``size`` (itself > 1): where RFC 6962 splits a tree."""
    return 1 << ((size - 1).bit_length() - 1)


@dataclass(slots=True)
class Edge:
    """The right edge of a tree: enough to append and to know the root, in O(log size) memory.

    ``subtrees`` holds the roots of the complete subtrees that make up the tree, largest first.
    """

    size: int = 0
    subtrees: list[bytes] = field(default_factory=list)

    @classmethod
    def of(cls, size: int, node: Node) -> "Edge":
        """The right edge of a tree of ``size`` leaves whose nodes ``node`` answers."""
        return cls(size, [node(level, index) for level, index in _covering(0, size)])

    def append(self, leaf: bytes) -> list[bytes]:
        """Add one leaf hash; returns the nodes which that completes, from the leaf (level 0) upwards."""
        completed = [leaf]
        bit = self.size
        while bit & 1:
            completed.append(node_hash(self.subtrees.pop(), completed[-1]))
            bit >>= 1
        self.subtrees.append(completed[-1])
        self.size += 1
        return completed

    def root(self) -> bytes:
        """The RFC 6962 root over everything appended."""
        if not self.subtrees:
            return EMPTY_ROOT
        root = self.subtrees[-1]
        for subtree in reversed(self.subtrees[:-1]):
            root = node_hash(subtree, root)
        return root


@dataclass(slots=True)
class MemoryTree:
    """Every node of a tree, 64 bytes a leaf: what an audit needs to answer for the root at any size."""

    edge: Edge = field(default_factory=Edge)
    levels: list[bytearray] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return self.edge.size

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        for level, completed in enumerate(self.edge.append(leaf)):
            if level == len(self.levels):
                self.levels.append(bytearray())
            self.levels[level] += completed

    def node(self, level: int, index: int) -> bytes:
        """The complete subtree's root at (level, index); Malformed when the tree is not that large."""
        start = index * HASH_LENGTH
        if level >= len(self.levels) or start >= len(self.levels[level]):
            raise Malformed("this tree has no such node")
        return bytes(self.levels[level][start : start + HASH_LENGTH])

    def root(self, size: int) -> bytes:
        """The root when the tree had ``size`` leaves; Malformed when it never had."""
        if not 0 <= size <= self.size:
            raise Malformed("this tree never had that size")
        return range_root(self.node, 0, size)
