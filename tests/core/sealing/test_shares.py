# SPDX-License-Identifier: AGPL-3.0-or-later
"""Secrets split among custodians: too few learn nothing, any k restore it, and JavaScript agrees."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.core.sealing.other_programs import run_node
from watchword.core.sealing.errors import Malformed
from watchword.core.sealing.primitives import sha256
from watchword.core.sealing.shares import Share, combine, split

SECRET = sha256(b"a case key")


@pytest.mark.parametrize(("k", "n"), [(0, 3), (4, 3), (1, 17), (17, 17), (-1, 2)])
def test_an_impossible_split_is_refused(k: int, n: int) -> None:
    with pytest.raises(Malformed):
        split(SECRET, k, n)


def test_there_is_no_splitting_of_nothing() -> None:
    with pytest.raises(Malformed):
        split(b"", 2, 3)


def test_one_share_short_of_enough_fits_every_secret() -> None:
    """Two shares of a 3-of-5 split of one byte are found beside secrets 0 and 1 about equally often."""
    seen = {
        secret: Counter(
            tuple(share.data[0] & 1 for share in split(bytes([secret]), 3, 5)[:2]) for _ in range(400)
        )
        for secret in (0, 1)
    }
    for pair in [(0, 0), (0, 1), (1, 0), (1, 1)]:
        # A fair quarter of 400 is 100, with a standard deviation below 9.
        assert 45 < seen[0][pair] < 155
        assert 45 < seen[1][pair] < 155


def test_a_share_does_not_show_itself_when_printed() -> None:
    share = split(SECRET, 2, 3)[0]
    assert share.data.hex()[:8] not in repr(share)
    assert repr(share.data) not in repr(share)


@given(st.binary(min_size=1, max_size=40), st.integers(1, 5), st.integers(0, 3))
@hypothesis_settings(max_examples=30, deadline=None)
def test_any_k_shares_restore_the_secret(secret: bytes, k: int, more: int) -> None:
    shares = split(secret, k, k + more)
    commitments = [share.commitment for share in shares]
    for chosen in combinations(shares, k):
        assert combine(chosen, commitments, k) == secret


def test_what_one_language_splits_the_other_combines() -> None:
    ours = [split(SECRET, k, n) for k, n in [(2, 2), (2, 3), (3, 5), (1, 3), (16, 16)]]
    answer = run_node(
        "shares.mjs",
        {
            "split": [
                {"secret": SECRET.hex(), "k": k, "n": n} for k, n in [(2, 2), (2, 3), (3, 5), (16, 16)]
            ],
            # The package combines at least two shares, also of a split for which one would do.
            "combine": [
                [share.data.hex() for share in shares[-max(2, at) :]] for at, shares in enumerate(ours)
            ],
        },
    )
    assert answer["combine"][0] == answer["combine"][1] == answer["combine"][3] == SECRET.hex()
    for k, theirs in zip([2, 2, 3, 16], answer["split"], strict=True):
        shares = [Share(number, bytes.fromhex(text)) for number, text in enumerate(theirs, start=1)]
        assert combine(shares[:k], [share.commitment for share in shares], k) == SECRET
