# SPDX-License-Identifier: AGPL-3.0-or-later
"""The model that another engine is given is ours: the same levels of birth dates, the same bits."""

import math
from datetime import date, timedelta
from random import Random

import duckdb
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bench.linkage import conditions, model
from watchword.core.screening.compare.births import BIRTHS, birth_level

Born = tuple[int, int, int]
COLUMNS = "birth_year_{0}, birth_month_{0}, birth_day_{0}, birth_text_{0}"


def births(count: int) -> list[tuple[Born, Born]]:
    """Pairs of dates that are often alike, some without their day or month, which is 0 then."""
    random, found = Random(1), []
    for _ in range(count):
        left = date(1949, 12, 1) + timedelta(days=random.randrange(400))
        right = left + timedelta(
            days=random.choice((0, 1, 9, 10, 30, 31, 365, 366, 3653, 4383, random.randrange(2000)))
        )
        pair = [(day.year, day.month, day.day) for day in (left, right)]
        turned = random.random() < 0.2 and left.day <= 12
        pair[1] = (left.year, left.day, left.month) if turned else pair[1]
        found.append((cut(pair[0], random), cut(pair[1], random)))
    return found


def cut(born: Born, random: Random) -> Born:
    known = random.choice((1, 2, 3, 3, 3, 3))
    return born[0], born[1] if known > 1 else 0, born[2] if known > 2 else 0


def as_columns(born: Born) -> list[object]:
    year, month, day = born
    return [year, month or None, day or None, f"{year:04d}{month:02d}{day:02d}" if day else None]


def test_birth_dates_reach_the_same_level_in_sql_as_in_the_kernel() -> None:
    pairs = births(700)
    engine = duckdb.connect()
    types = "integer, integer, integer, varchar, integer, integer, integer, varchar"
    names = f"{COLUMNS.format('l')}, {COLUMNS.format('r')}"
    typed = ", ".join(" ".join(column) for column in zip(names.split(", "), types.split(", "), strict=True))
    engine.execute(f"create table pairs ({typed})")
    engine.executemany(
        "insert into pairs values (?, ?, ?, ?, ?, ?, ?, ?)",
        [as_columns(left) + as_columns(right) for left, right in pairs],
    )
    *tried, (rest, _) = conditions.births().items()
    cases = " ".join(f"when {condition} then '{name}'" for name, condition in tried)
    said = [
        name for (name,) in engine.execute(f"select case {cases} else '{rest}' end from pairs").fetchall()
    ]
    kernel = [
        BIRTHS[birth_level(np.array([*left, 0], np.int32), np.array([*right, 0], np.int32))]
        for left, right in pairs
    ]
    assert said == kernel
    assert set(kernel) == set(BIRTHS), "every level is reached by some pair"


@given(st.floats(-30, 30), st.floats(0, 0.95), st.floats(0, 20))
def test_a_level_is_worth_its_bits_and_its_share_of_rarity(bits: float, share: float, rarity: float) -> None:
    m, u = model.carried(bits, share)
    assert 0 < m <= 1
    assert 0 < u <= 1
    splink = math.log2(m / u) + share * (math.log2(u) + rarity)
    assert math.isclose(splink, bits + share * rarity, abs_tol=1e-6)
