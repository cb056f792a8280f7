# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether another engine that was given our model says what we say, pair by pair."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from watchword.core.screening import compare
from watchword.core.screening.arrays import Int32
from watchword.core.screening.compare.parameters import Parameters
from watchword.core.screening.encoding import EncodedPeople

OF_FIELDS = ("mw_birth", "mw_place")  # the rest is of names
SMALL = 0.01  # bits
Bits = NDArray[np.float64]


def theirs(pairs: Mapping[str, Bits], people: EncodedPeople, model: Parameters) -> Bits:
    """The engine's sum in bits, with the floor under it that our comparison has (`above_doubt`).

    A floor under a sum is nothing that a sum of comparisons can say: it is one more line of SQL after it.
    """
    fields = [pairs[name] for name in OF_FIELDS]
    bits = np.sum([bits for name, bits in pairs.items() if name.startswith("mw_")], axis=0)
    left, right = sides(pairs)
    doubt = model.weights.doubt[people.people.names.full[left] + people.people.names.full[right]]
    doubt = doubt + np.sum([np.minimum(0.0, one) for one in fields], axis=0)
    return np.asarray(np.logaddexp2(bits, doubt), np.float64)


def sides(pairs: Mapping[str, Bits]) -> tuple[Int32, Int32]:
    return pairs["unique_id_l"].astype(np.int32), pairs["unique_id_r"].astype(np.int32)


def ours(pairs: Mapping[str, Bits], people: EncodedPeople) -> Bits:
    left, right = sides(pairs)
    return compare.judge(people, left, people, right).astype(np.float64)


def say(pairs: Mapping[str, Bits], people: EncodedPeople) -> None:
    """Print how far the two agree."""
    model = compare.parameters()
    mine, other = ours(pairs, people), theirs(pairs, people, model)
    apart = np.abs(mine - other)
    verdicts = (mine >= -model.prior_bits) == (other >= -model.prior_bits)
    print(
        f"  same verdict in {verdicts.mean():.5%} of {len(mine):,} pairs; "
        f"within {SMALL} bits in {(apart <= SMALL).mean():.3%}; "
        f"the 99.9th of 100 differs by {np.percentile(apart, 99.9):.2f} bits, the worst by {apart.max():.2f}"
    )
    worst = np.argsort(-apart)[:3]
    for pair in worst:
        parts = ", ".join(f"{name[3:]} {bits[pair]:.2f}" for name, bits in pairs.items() if name[:3] == "mw_")
        print(f"    ours {mine[pair]:.2f}, theirs {other[pair]:.2f}: {parts}")
