# SPDX-License-Identifier: AGPL-3.0-or-later
"""The classic encoding of people whom nobody may read: one Bloom filter of the bigrams of all fields.

A cryptographic long-term key as R. Schnell, T. Bachteler and J. Reiher describe it (A novel error-tolerant
anonymous linking code, 2011): 1024 bits, 20 of them for each bigram of each field, under one secret; two are
compared by Dice's coefficient. It is here to be compared with; resembling vectors at rest are what we avoid.
"""

import hmac

import numpy as np
import translitua
from numpy.typing import NDArray

from bench.matching.again import Applicant

BITS, HASHES, SECRET = 1024, 20, b"secret of the bench"
Filters = NDArray[np.uint64]


def encode(applicants: list[Applicant]) -> Filters:
    """A row of 1024 bits for each."""
    known: dict[str, list[int]] = {}
    filters = np.zeros((len(applicants), BITS), dtype=np.bool_)
    for row, applicant in enumerate(applicants):
        for bigram in bigrams(applicant):
            if bigram not in known:
                known[bigram] = places(bigram)
            filters[row, known[bigram]] = True
    return np.packbits(filters, axis=1).view(np.uint64)


def bigrams(applicant: Applicant) -> set[str]:
    """Of every field in Latin letters, with its ends marked; the same bigram of two fields is two."""
    latin = [translitua.translit(word, translitua.RussianICAO).lower() for word in applicant.words]
    fields = [*latin, "{:04d}{:02d}{:02d}".format(*applicant.born)]
    padded = [(number, f"_{text}_") for number, text in enumerate(fields) if text]
    return {f"{number}{text[at : at + 2]}" for number, text in padded for at in range(len(text) - 1)}


def places(bigram: str) -> list[int]:
    """Twenty bits by double hashing, under the secret."""
    digest = hmac.digest(SECRET, bigram.encode(), "sha256")
    first, second = int.from_bytes(digest[:16]), int.from_bytes(digest[16:])
    return [(first + number * second) % BITS for number in range(HASHES)]


def nearest(filters: Filters, one: Filters, least: float) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The rows that resemble ``one`` at least so much, and how much."""
    both = np.bitwise_count(filters & one).sum(axis=1, dtype=np.int64)
    sizes = np.bitwise_count(filters).sum(axis=1, dtype=np.int64) + int(np.bitwise_count(one).sum())
    dice = 2 * both / sizes
    (rows,) = np.nonzero(dice >= least)
    return rows, dice[rows]
