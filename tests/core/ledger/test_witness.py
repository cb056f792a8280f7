# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a witness decides, in the order in which the specification wants it decided."""

import pytest

from tests.core.ledger.book import LOG_KEYS, VERIFYING, Book, decided, seed
from watchword.core.ledger.note import VerifierKey
from watchword.core.ledger.proofs import prove_consistency
from watchword.core.ledger.tree import TreeHead
from watchword.core.ledger.witness import AddCheckpoint, Verdict, judge


@pytest.fixture(scope="module")
def book() -> Book:
    return decided()


def verdict(
    book: Book,
    remembered: TreeHead | None,
    old: int,
    new: int,
    *,
    proof: list[bytes] | None = None,
    keys: tuple[VerifierKey, ...] = LOG_KEYS,
) -> Verdict:
    if proof is None:
        proof = prove_consistency(book.tree.node, old, new) if 0 < old <= new else []
    body = AddCheckpoint.compose(old, proof, book.checkpoint(new))
    return judge(AddCheckpoint.parse(body), remembered, keys, VERIFYING)


def test_a_log_seen_for_the_first_time_and_one_that_grew_are_cosigned(book: Book) -> None:
    assert verdict(book, None, 0, 5).status == 200
    assert verdict(book, book.head(5), 5, 12).status == 200
    assert verdict(book, book.head(5), 5, 5).status == 200


def test_a_request_is_read_back(book: Book) -> None:
    proof = prove_consistency(book.tree.node, 3, 7)
    note = book.checkpoint(7)
    request = AddCheckpoint.parse(AddCheckpoint.compose(3, proof, note))
    assert (request.old_size, request.proof, request.raw) == (3, proof, note)


def test_an_unknown_log_is_not_found_whatever_it_sends(book: Book) -> None:
    assert verdict(book, book.head(5), 9, 5, keys=()).status == 404


def test_a_checkpoint_without_a_signature_of_the_log_is_forbidden(book: Book) -> None:
    stranger = VerifierKey(LOG_KEYS[0].name, LOG_KEYS[0].algorithm, seed("a stranger's key"))
    assert verdict(book, None, 0, 5, keys=(stranger,)).status == 403
    body = AddCheckpoint.compose(0, [], book.checkpoint(5).replace(b"\n5\n", b"\n6\n"))
    assert judge(AddCheckpoint.parse(body), None, LOG_KEYS, VERIFYING).status == 403


def test_an_old_size_beyond_the_checkpoint_is_a_bad_request(book: Book) -> None:
    assert verdict(book, book.head(9), 9, 5).status == 400


@pytest.mark.parametrize("old", [0, 4, 6])
def test_who_thinks_that_the_witness_saw_another_size_is_told_which(book: Book, old: int) -> None:
    answer = verdict(book, book.head(5), old, 12)
    assert (answer.status, answer.size_to_tell) == (409, 5)


def test_another_tree_of_the_same_size_is_a_conflict_and_helps_nobody(book: Book) -> None:
    answer = verdict(book, TreeHead(5, seed("a fork")), 5, 5)
    assert (answer.status, answer.size_to_tell) == (409, None)


def test_a_proof_that_does_not_hold_is_unprocessable(book: Book) -> None:
    assert verdict(book, TreeHead(5, seed("a fork")), 5, 12).status == 422
    assert verdict(book, book.head(5), 5, 12, proof=[]).status == 422
    assert verdict(book, None, 0, 12, proof=[bytes(32)]).status == 422
    assert verdict(book, book.head(5), 5, 5, proof=[bytes(32)]).status == 422
