# SPDX-License-Identifier: AGPL-3.0-or-later
"""Trees: against the definition written naively, and against an independent implementation."""

import hashlib

import pymerkle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchword.core.ledger.errors import Malformed
from watchword.core.ledger.tree import EMPTY_ROOT, Edge, MemoryTree, leaf_hash, range_root

LEAVES = [leaf_hash(str(number).encode()) for number in range(600)]


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word by word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def grown(size: int) -> MemoryTree:
    tree = MemoryTree()
    for leaf in LEAVES[:size]:
        tree.append(leaf)
    return tree


@pytest.mark.parametrize("size", [0, 1, 2, 3, 5, 7, 8, 255, 256, 257, 600])
def test_roots_are_those_of_an_independent_implementation(size: int) -> None:
    oracle = pymerkle.InmemoryTree(algorithm="sha256")
    for number in range(size):
        oracle.append_entry(str(number).encode())
    expected = oracle.get_root() if size else EMPTY_ROOT
    assert grown(size).root(size) == expected


def test_every_earlier_root_is_remembered() -> None:
    tree = grown(70)
    for size in range(71):
        assert tree.root(size) == naive_root(LEAVES[:size])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 600))
def test_the_edge_has_the_root_of_the_whole_tree(size: int) -> None:
    edge = Edge()
    for leaf in LEAVES[:size]:
        edge.append(leaf)
    assert edge.root() == naive_root(LEAVES[:size])
    assert Edge.of(size, grown(size).node) == edge


def test_ranges_have_their_roots() -> None:
    tree = grown(100)
    for start, end in [(0, 100), (64, 100), (96, 100), (8, 13), (4, 4)]:
        assert range_root(tree.node, start, end) == naive_root(LEAVES[start:end])


@pytest.mark.parametrize("size", [-1, 11])
def test_a_size_that_never_was_has_no_root(size: int) -> None:
    with pytest.raises(Malformed):
        grown(10).root(size)


@pytest.mark.parametrize(("level", "index"), [(0, 10), (9, 0), (3, 1)])
def test_a_node_that_is_not_there_is_refused(level: int, index: int) -> None:
    with pytest.raises(Malformed):
        grown(10).node(level, index)


def test_a_leaf_is_never_a_node() -> None:
    left, right = LEAVES[:2]
    assert leaf_hash(left + right) != grown(2).root(2)
