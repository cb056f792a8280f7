# SPDX-License-Identifier: AGPL-3.0-or-later
"""The model's numbers, read from a text that a person can read too."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import cast

import numpy as np

from watchword.core.refusals import WrongState, sentence
from watchword.core.screening.arrays import Float64
from watchword.core.screening.compare.births import BIRTHS
from watchword.core.screening.compare.judgement import probability
from watchword.core.screening.compare.levels import LEVELS, PARTS, SAME
from watchword.core.screening.compare.weights import FEATURES, FIELDS, Weights

FULL_NAMES = ("none", "one", "both")
EXTRAS = (*PARTS[:-1], "small")
Table = Mapping[str, float]


@dataclass(frozen=True)
class Parameters:
    """What every level is worth in bits, and how likely two people that somebody compares are one."""

    weights: Weights
    prior_bits: float
    among: float

    @property
    def prior(self) -> float:
        """The learned prior as a probability: for two people whom something brought side by side."""
        return probability(self.prior_bits, 0.5)

    def prior_among(self, listed: int) -> float:
        """The prior for two people whom a search among ``listed`` people brought side by side.

        The learned one is that of a list of some ten thousand. Each doubling costs what a bit of rarity is
        worth: among twice as many people, whatever agrees is half as surprising.
        """
        doublings = math.log2(max(listed, 1) / self.among)
        return probability(self.prior_bits - float(self.weights.rarity[SAME]) * doublings, 0.5)


@cache
def parameters() -> Parameters:
    """The packaged ones."""
    text = resources.files(__package__).joinpath("parameters.toml").read_text(encoding="utf-8")
    return read(text)


def read(text: str) -> Parameters:
    """Parameters from TOML; raises ``WrongState`` when a number is missing or is none."""
    try:
        tables = tomllib.loads(text)
        return Parameters(
            weights_from(tables), float(tables["prior"]["bits"]), float(tables["prior"]["among"])
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as fault:
        raise WrongState(
            sentence("The parameters of the comparison cannot be read: %(fault)s.", fault=str(fault))
        ) from None


def weights_from(tables: Mapping[str, object]) -> Weights:
    """The kernels' arrays, from the tables of the text."""
    word = cast("Mapping[str, Table]", tables["word"])
    names = cast("Table", tables["names"])
    field = np.zeros((FEATURES, 2), dtype=np.float64)
    for feature, name in FIELDS.items():
        field[feature] = in_order(cast("Table", tables[name]), ("agrees", "differs"))
    return Weights(
        word=np.array([in_order(word[part], LEVELS) for part in PARTS], dtype=np.float64),
        rarity=in_order(cast("Table", tables["rarity"]), LEVELS),
        extra=in_order(cast("Table", tables["extra"]), EXTRAS),
        birth=in_order(cast("Table", tables["birth"]), BIRTHS),
        field=field,
        rarest=float(names["rarest"]),
        aliases=float(names["aliases"]),
        weak=float(names["weak"]),
        doubt=in_order(cast("Table", tables["doubt"]), FULL_NAMES),
    )


def in_order(table: Table, keys: Sequence[str]) -> Float64:
    """The numbers of a table in the order of the levels."""
    return np.array([float(table[key]) for key in keys], dtype=np.float64)
