# SPDX-License-Identifier: AGPL-3.0-or-later
"""Proofs: every true one is accepted, and no change to one is."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.core.ledger.test_tree import LEAVES, grown
from watchword.core.ledger.errors import Malformed, NotProven
from watchword.core.ledger.proofs import (
    prove_consistency,
    prove_inclusion,
    verify_consistency,
    verify_inclusion,
)
from watchword.core.ledger.tree import TreeHead, leaf_hash

TREE = grown(300)
sizes = st.integers(1, 300)


def head(size: int) -> TreeHead:
    return TreeHead(size, TREE.root(size))


def test_every_leaf_of_every_small_tree_is_proven() -> None:
    for size in range(1, 34):
        for index in range(size):
            verify_inclusion(LEAVES[index], index, head(size), prove_inclusion(TREE.node, index, size))


def test_every_small_tree_continues_every_smaller_one() -> None:
    for new in range(1, 34):
        for old in range(1, new + 1):
            verify_consistency(head(old), head(new), prove_consistency(TREE.node, old, new))


@settings(max_examples=60, deadline=None)
@given(sizes, st.data())
def test_no_changed_inclusion_proof_is_accepted(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = prove_inclusion(TREE.node, index, size)
    changed = data.draw(changes(proof))
    assume(changed != proof)
    with pytest.raises(NotProven):
        verify_inclusion(LEAVES[index], index, head(size), changed)


@settings(max_examples=60, deadline=None)
@given(sizes, st.data())
def test_no_changed_consistency_proof_is_accepted(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new))
    proof = prove_consistency(TREE.node, old, new)
    changed = data.draw(changes(proof))
    assume(changed != proof)
    with pytest.raises(NotProven):
        verify_consistency(head(old), head(new), changed)


def changes(proof: list[bytes]) -> st.SearchStrategy[list[bytes]]:
    """A proof with a hash added, dropped, swapped, shortened or altered."""
    places = st.integers(0, max(0, len(proof) - 1))
    return st.one_of(
        places.map(lambda at: proof[:at] + proof[at + 1 :]),
        places.map(lambda at: [*proof[:at], LEAVES[at], *proof[at:]]),
        places.map(lambda at: [*proof[:at], bytes(32), *proof[at + 1 :]]),
        places.map(lambda at: [*proof[:at], *(each[:31] for each in proof[at : at + 1]), *proof[at + 1 :]]),
        st.just(proof[::-1]),
    )


@settings(max_examples=60, deadline=None)
@given(sizes, sizes, st.integers(0, 299))
def test_no_proof_serves_another_leaf_index_or_size(size: int, other: int, index: int) -> None:
    assume(index < size)
    proof = prove_inclusion(TREE.node, index, size)
    with pytest.raises(NotProven):
        verify_inclusion(leaf_hash(b"never logged"), index, head(size), proof)
    if other != size and index < other:
        with pytest.raises(NotProven):
            verify_inclusion(LEAVES[index], index, TreeHead(size, TREE.root(other)), proof)
    moved = (index + 1) % size
    if moved != index:
        with pytest.raises(NotProven):
            verify_inclusion(LEAVES[index], moved, head(size), proof)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (TreeHead(0, bytes(32)), head(5)),
        (TreeHead(-1, bytes(32)), head(5)),
        (head(6), head(5)),
        (TreeHead(3, TREE.root(3)[:12]), head(5)),
        (head(3), TreeHead(5, TREE.root(5) + b"\0")),
        (head(5), TreeHead(5, TREE.root(4))),
    ],
)
def test_nothing_is_proven_about_trees_that_cannot_follow_one_another(old: TreeHead, new: TreeHead) -> None:
    for proof in ([], prove_consistency(TREE.node, 3, 5)):
        with pytest.raises(NotProven):
            verify_consistency(old, new, proof)


def test_an_empty_proof_proves_nothing_between_two_sizes() -> None:
    for old in (3, 4):
        with pytest.raises(NotProven):
            verify_consistency(head(old), head(5), [])


@pytest.mark.parametrize("index", [-1, 5, 6])
def test_nothing_is_proven_outside_the_tree(index: int) -> None:
    with pytest.raises(NotProven):
        verify_inclusion(LEAVES[0], index, head(5), [])
    with pytest.raises(Malformed):
        prove_inclusion(TREE.node, index, 5)


@pytest.mark.parametrize(("old", "new"), [(0, 5), (6, 5), (-1, 5)])
def test_no_consistency_is_claimed_from_nothing_or_backwards(old: int, new: int) -> None:
    with pytest.raises(Malformed):
        prove_consistency(TREE.node, old, new)
