# SPDX-License-Identifier: AGPL-3.0-or-later
"""Proofs that a leaf is in a tree and that one tree continues another; built from nodes, checked from hashes.

Building follows the definitions of RFC 6962 section 2.1. Checking walks the bits of index and size as
RFC 9162 sections 2.1.3.2 and 2.1.4.2 do, and is strict: hashes have 32 bytes, indices lie inside the
tree, and nothing is claimed about an empty old tree, because everything continues nothing.
"""

from collections.abc import Sequence

from watchword.core.ledger.errors import Malformed, NotProven
from watchword.core.ledger.tree import HASH_LENGTH, Node, TreeHead, largest_power_below, node_hash, range_root


def prove_inclusion(node: Node, index: int, size: int) -> list[bytes]:
    """The audit path of leaf ``index`` in the tree of ``size`` leaves, from the leaf upwards."""
    if not 0 <= index < size:
        raise Malformed("an inclusion proof needs an index inside the tree")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + largest_power_below(end - start)
        if index < middle:
            path.append(range_root(node, middle, end))
            end = middle
        else:
            path.append(range_root(node, start, middle))
            start = middle
    return path[::-1]


def prove_consistency(node: Node, old: int, new: int) -> list[bytes]:
    """The hashes which show that the tree of ``new`` leaves continues the one of ``old`` leaves."""
    if not 0 < old <= new:
        raise Malformed("a consistency proof leads from a tree that is not empty to one that is not smaller")
    proof: list[bytes] = []
    start, end, whole = 0, new, True
    while end != old:
        middle = start + largest_power_below(end - start)
        if old <= middle:
            proof.append(range_root(node, middle, end))
            end = middle
        else:
            proof.append(range_root(node, start, middle))
            start, whole = middle, False
    if not whole:
        # Unless the old tree is a left subtree of the new one, its last part must be given as well.
        proof.append(range_root(node, start, end))
    return proof[::-1]


def verify_inclusion(leaf: bytes, index: int, head: TreeHead, proof: Sequence[bytes]) -> None:
    """Raise NotProven unless ``proof`` leads from leaf hash ``leaf`` at ``index`` to ``head``."""
    if not 0 <= index < head.size:
        raise NotProven("the index lies outside the tree")
    _all_hashes(leaf, head.root, *proof)
    position, last, root = index, head.size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise NotProven("the inclusion proof is longer than the tree is high")
        if position & 1 or position == last:
            root = node_hash(sibling, root)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        position, last = position >> 1, last >> 1
    if last or root != head.root:
        raise NotProven("the inclusion proof does not lead to the root")


def verify_consistency(old: TreeHead, new: TreeHead, proof: Sequence[bytes]) -> None:
    """Raise NotProven unless ``proof`` shows that ``new`` continues ``old``."""
    if not 0 < old.size <= new.size:
        raise NotProven("a consistency proof leads from a tree that is not empty to one that is not smaller")
    _all_hashes(old.root, new.root, *proof)
    if old.size == new.size:
        if proof or old.root != new.root:
            raise NotProven("two trees of one size are the same tree, and that needs no proof")
        return
    path = list(proof)
    if old.size & (old.size - 1) == 0:
        path.insert(0, old.root)
    if not path:
        raise NotProven("the consistency proof is empty")
    if _climb(old.size - 1, new.size - 1, path) != (old.root, new.root):
        raise NotProven("the consistency proof does not lead to both roots")


def _climb(position: int, last: int, path: list[bytes]) -> tuple[bytes, bytes]:
    """The old and the new root to which ``path`` leads."""
    while position & 1:
        position, last = position >> 1, last >> 1
    old_root = new_root = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise NotProven("the consistency proof is longer than the tree is high")
        if position & 1 or position == last:
            old_root, new_root = node_hash(sibling, old_root), node_hash(sibling, new_root)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            new_root = node_hash(new_root, sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise NotProven("the consistency proof is shorter than the tree is high")
    return old_root, new_root


def _all_hashes(*hashes: bytes) -> None:
    if any(len(each) != HASH_LENGTH for each in hashes):
        raise NotProven(f"every hash of a proof has {HASH_LENGTH} bytes")
