# SPDX-License-Identifier: AGPL-3.0-or-later
"""A secret split among n people so that any k of them restore it and fewer learn nothing.

Shamir's scheme byte by byte over GF(256), each share written as its y values and then its x: the bytes of the
npm package ``shamir-secret-sharing``, because a browser splits what the Desk combines. One bad share would
spoil the secret silently; a SHA-256 commitment to each, kept apart from the shares, says whose is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import xor

from watchword.core.sealing.errors import Malformed, Tampered
from watchword.core.sealing.primitives import constant_time_equal, random_bytes, sha256

MOST_SHARES = 16
_FIELD = 0x11B


@dataclass(frozen=True, slots=True)
class Share:
    """One person's part: their ``number`` from 1, and ``data``, the y values followed by one byte x."""

    number: int
    data: bytes = field(repr=False)

    @property
    def commitment(self) -> bytes:
        """SHA-256 of ``data``: it may be shown, for the data is as random as the secret."""
        return sha256(self.data)


def split(secret: bytes, k: int, n: int) -> list[Share]:
    """``n`` shares of which any ``k`` restore ``secret``; a random key, for commitments may be seen.

    Malformed unless 1 <= k <= n <= 16 and the secret has at least one byte.
    """
    if not 1 <= k <= n <= MOST_SHARES:
        raise Malformed(f"a secret is split for 1 <= k <= n <= {MOST_SHARES}")
    if not secret:
        raise Malformed("there is no secret to split")
    # One polynomial a byte of the secret: its value at 0 is that byte, its other coefficients are random.
    rows = [secret, *(random_bytes(len(secret)) for _ in range(k - 1))]
    return [Share(x, _evaluate(rows, x) + bytes([x])) for x in range(1, n + 1)]


def combine(shares: Sequence[Share], commitments: Sequence[bytes], k: int) -> bytes:
    """The secret from at least ``k`` shares, each checked against the commitment of its number first.

    Tampered names the share that is not the committed one. Commitments do not prove that the secret was split
    honestly: compare what comes out with something known, such as the recipient of the restored key.
    """
    for share in shares:
        _check(share, commitments)
    points = {share.data[-1]: share.data[:-1] for share in shares}
    if len(points) < len(shares):
        raise Malformed("the same share was given twice")
    if not 1 <= k <= len(points):
        raise Malformed(f"{k} shares are needed and {len(points)} were given")
    if len({len(values) for values in points.values()}) != 1:
        raise Malformed("the shares are of different secrets")
    weights = _weights_at_zero(list(points))
    columns = zip(*points.values(), strict=True)
    return bytes(reduce(xor, map(_times, column, weights)) for column in columns)


def _check(share: Share, commitments: Sequence[bytes]) -> None:
    if not 1 <= share.number <= len(commitments):
        raise Malformed(f"there is no commitment to a share number {share.number}")
    if not constant_time_equal(share.commitment, commitments[share.number - 1]):
        raise Tampered(f"share number {share.number} is not the one that was handed out")
    if len(share.data) < 2 or share.data[-1] == 0:
        raise Malformed(f"share number {share.number} is not a share")


def _evaluate(rows: Sequence[bytes], x: int) -> bytes:
    """The polynomials with coefficients ``rows`` (constant first) at ``x``, by Horner's rule."""
    return bytes(
        reduce(lambda value, row: _times(value, x) ^ row, reversed(column))
        for column in zip(*rows, strict=True)
    )


def _weights_at_zero(xs: Sequence[int]) -> list[int]:
    """Lagrange's weights: the value at 0 is the sum of the y values, each times the weight of its x."""
    return [reduce(_times, (_times(other, _inverse(other ^ x)) for other in xs if other != x), 1) for x in xs]


def _times(left: int, right: int) -> int:
    """The product in GF(256) modulo x^8 + x^4 + x^3 + x + 1."""
    product = 0
    for bit in range(8):
        # The masks are all ones or all zeros: no branch and no table index depends on a secret byte.
        product ^= left & -(right >> bit & 1)
        left = left << 1 ^ _FIELD & -(left >> 7)
    return product


def _inverse(value: int) -> int:
    """The multiplicative inverse in GF(256): the power 254 = 2 + 4 + ... + 128."""
    power, result = value, 1
    for _ in range(7):
        power = _times(power, power)
        result = _times(result, power)
    return result
