# SPDX-License-Identifier: AGPL-3.0-or-later
"""The levels of our comparison as conditions in SQL, which DuckDB and Spark read alike."""

from watchword.core.screening.compare.births import BIRTHS
from watchword.core.screening.compare.levels import CLOSE_SHARE, FAR_SHARE, NEAR_SHARE

OVERLAP = {"duckdb": "list_has_any({0}_l, {0}_r)", "spark": "arrays_overlap({0}_l, {0}_r)"}
LONGEST_DIFFERENCE = 5
WHOLE = "birth_day_l is not null and birth_day_r is not null"
YEAR, MONTH, DAY = (f"birth_{part}_l = birth_{part}_r" for part in ("year", "month", "day"))
MONTHS_KNOWN = "birth_month_l is not null and birth_month_r is not null"


def words(part: str, engine: str) -> dict[str, str]:
    """Level by level, in the order in which they are tried; the last is all the rest."""
    text = "surname_base" if part == "surname" else part
    longest = f"greatest(length({text}_l), length({text}_r))"
    # A consonant stands twice in the stretched skeleton, so that changing it costs two and a vowel one.
    share = f"levenshtein({part}_stretched_l, {part}_stretched_r) / (2.0 * {longest})"
    comparable = f"abs(length({text}_l) - length({text}_r)) <= {LONGEST_DIFFERENCE}"
    return {
        "same": f"{part}_l = {part}_r",
        "form": "surname_base_l = surname_base_r" if part == "surname" else overlap(f"{part}_forms", engine),
        "close": f"{comparable} and {share} <= {CLOSE_SHARE}",
        "near": f"{comparable} and {share} <= {NEAR_SHARE}",
        "far": f"{comparable} and {share} <= {FAR_SHARE}",
        "different": "ELSE",
    }


def overlap(column: str, engine: str) -> str:
    """Whether two lists have an element in common."""
    return OVERLAP[engine].format(column)


def births() -> dict[str, str]:
    """Level by level, in the order in which they are tried; the last is all the rest."""
    wrong = " + ".join(
        f"(case when substr(birth_text_l, {at}, 1) <> substr(birth_text_r, {at}, 1) then 1 else 0 end)"
        for at in range(1, 9)
    )
    near_day = f"({MONTH} and ({exchanged('day')} or abs(birth_day_l - birth_day_r) = 1))"
    year_slip = f"({wrong} = 1 or {exchanged('year')} or abs(birth_year_l - birth_year_r) = 1)"
    near_year = f"abs(birth_year_l - birth_year_r) = 1 and not ({MONTHS_KNOWN})"
    found = {
        "same_day": f"{WHOLE} and {YEAR} and {MONTH} and {DAY}",
        "swapped": f"{WHOLE} and {YEAR} and birth_month_l = birth_day_r and birth_day_l = birth_month_r",
        "year_slip": f"{WHOLE} and {MONTH} and {DAY} and {year_slip}",
        "day_slip": f"{WHOLE} and {YEAR} and ({wrong} = 1 or {near_day})",
        "other_year_same_day": f"{WHOLE} and {MONTH} and {DAY}",
        "other_day": f"{YEAR} and (({WHOLE}) or ({MONTHS_KNOWN} and not {MONTH}))",
        "near_year": f"not ({WHOLE}) and {near_year}",
        "other_year": f"not ({YEAR})",
        "same_month": MONTH,
        "same_year": "ELSE",
    }
    assert set(found) == set(BIRTHS), "the model has other levels of birth dates than this"
    return found


def exchanged(part: str) -> str:
    """Two last digits that changed places."""
    left, right = f"birth_{part}_l", f"birth_{part}_r"
    turned = f"{left} % 10 = floor({right} % 100 / 10) and {right} % 10 = floor({left} % 100 / 10)"
    return f"({left} <> {right} and {turned})"
