# SPDX-License-Identifier: AGPL-3.0-or-later
"""Learning: numbers under which the stated odds of labelled pairs come true, close to where they started."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.learning.design import COLUMNS, PLACE_OF, Column, Design, vector
from tools.learning.tables import Tables
from watchword.core.screening.compare.levels import PARTS
from watchword.core.screening.compare.parameters import FULL_NAMES

Array = NDArray[np.float64]
LN2 = float(np.log(2.0))
BIRTH = [place for place, (table, _) in enumerate(COLUMNS) if table == "birth"]
# What is not learned. A word that agrees is worth its rarity and nothing else, or a reader could not follow;
# labelled pairs would pay for the absence of a patronymic, which only shows how their list was written.
HELD = {
    *((f"word.{part}", level) for part in PARTS[:-1] for level in ("same", "form", "glued")),
    ("extra", "patronymic"),
    ("gender", "agrees"),
}
# Levels in order of worth: a worse one is never worth more, whatever a small sample says.
CHAINS: tuple[tuple[Column, ...], ...] = (
    *(
        tuple((f"word.{part}", level) for level in ("same", "form", "close", "near", "far", "different"))
        for part in PARTS
    ),
    *(tuple((f"word.{part}", level) for level in ("same", "initial", "other_initial")) for part in PARTS),
    tuple(("birth", level) for level in ("same_day", "swapped", "day_slip", "other_day", "other_year")),
    tuple(("birth", level) for level in ("same_day", "same_month", "same_year", "near_year", "other_year")),
    tuple(("birth", level) for level in ("same_day", "year_slip", "other_year_same_day", "other_year")),
)
DIFFERENT_DATES = frozenset(["year_slip", "day_slip", "other_day", "other_year_same_day", "other_year"])
# Bits that one finding may be worth; no sample here can support more. A birthday contradicts more than a word
# does: it must outweigh three rare words, which namesakes among relatives share.
LEAST, LEAST_BIRTH, MOST = -14.0, -20.0, 14.0
SPRING, HOLD = 1.0, 1e6


@dataclass(frozen=True)
class Fitted:
    """Learned bits in the order of the columns, a prior for every source of pairs, and the three doubts."""

    bits: Array
    priors: Array
    doubt: Array


@dataclass(frozen=True)
class Sample:
    """Pairs: what was found, whether they are the same, which source they are of, what each counts for."""

    found: Design
    same: Array
    source: NDArray[np.int64]
    share: Array

    def part(self, rows: NDArray[np.int64]) -> "Sample":
        """Some of the rows."""
        found = Design(self.found.counts[rows], self.found.offset[rows], self.found.full[rows])
        return Sample(found, self.same[rows], self.source[rows], self.share[rows])


def started(tables: Tables, sources: int) -> Fitted:
    """Where learning begins."""
    doubt = np.array([tables["doubt"][key] for key in FULL_NAMES])
    return Fitted(vector(tables), np.full(sources, float(tables["prior"]["bits"])), doubt)


def odds(sample: Sample, fitted: Fitted) -> tuple[Array, Array]:
    """Log2 odds by the findings, and by the chance of an unrelated alias."""
    found, prior = sample.found, fitted.priors[sample.source]
    against = found.counts[:, BIRTH] @ np.minimum(0.0, fitted.bits[BIRTH])
    plain = found.offset + found.counts @ fitted.bits + prior
    return plain, fitted.doubt[found.full] + against + prior


def stated(sample: Sample, fitted: Fitted) -> Array:
    """The probability stated for each pair."""
    plain, alias = odds(sample, fitted)
    return np.asarray(1.0 / (1.0 + 1.0 / (np.exp2(plain) + np.exp2(alias))), np.float64)


def fit(sample: Sample, start: Fitted) -> Fitted:
    """Newton steps on the likelihood of the labels, with a spring to the starting bits."""
    spring = np.array([HOLD if column in HELD else SPRING for column in COLUMNS])
    now = start
    for _ in range(40):
        after = step(sample, start, now, spring)
        moved = max(np.abs(after.bits - now.bits).max(), np.abs(after.doubt - now.doubt).max())
        now = after
        if moved < 1e-3:
            break
    return now


def step(sample: Sample, start: Fitted, now: Fitted, spring: Array) -> Fitted:
    """One step. A pair that the doubt explains teaches nothing about words and dates, and the reverse."""
    plain, alias = odds(sample, now)
    stays = 1.0 / (1.0 + np.exp2(np.clip(alias - plain, -500, 500)))
    p = stated(sample, now)
    wrong, flat = sample.share * (p - sample.same), sample.share * np.maximum(p * (1 - p), 1e-4)
    columns = np.hstack([sample.found.counts, np.eye(len(now.priors))[sample.source]]) * LN2
    springs = np.concatenate([spring, np.full(len(now.priors), 1e-6)])
    drift = np.concatenate([now.bits - start.bits, np.zeros(len(now.priors))])
    hessian = (columns * (flat * stays**2)[:, None]).T @ columns + np.diag(springs)
    change = np.linalg.solve(hessian, columns.T @ (wrong * stays) + springs * drift)
    change = np.clip(change, -2.0, 2.0)
    size, rest, full = len(COLUMNS), 1 - stays, sample.found.full
    excess = np.bincount(full, rest * wrong, 3) / (np.bincount(full, rest * flat, 3) * LN2 + 1e-3)
    return Fitted(
        in_bounds(now.bits - change[:size]),
        now.priors - change[size:],
        now.doubt - np.clip(excess, -0.5, 0.5),
    )


def in_bounds(bits: Array) -> Array:
    """No finding decides alone, nothing that differs speaks for a pair, no worse level beats a better one."""
    least = np.array([LEAST_BIRTH if table == "birth" else LEAST for table, _ in COLUMNS])
    held = np.clip(bits, least, MOST)
    for place, (table, key) in enumerate(COLUMNS):
        if table != "birth" or key in DIFFERENT_DATES:
            held[place] = min(held[place], 0.0)
    for chain in CHAINS:
        places = [PLACE_OF[column] for column in chain]
        held[places] = np.minimum.accumulate(held[places])
    return held


def put(tables: Tables, fitted: Fitted) -> Tables:
    """The tables with what was learned; the prior is that of the first source."""
    made = {name: dict(table) for name, table in tables.items()}
    for (table, key), value in zip(COLUMNS, fitted.bits.tolist(), strict=True):
        made[table][key] = value
    made["prior"]["bits"] = float(fitted.priors[0])
    made["doubt"] = dict(zip(FULL_NAMES, fitted.doubt.tolist(), strict=True))
    return made
