# SPDX-License-Identifier: AGPL-3.0-or-later
"""Our comparison model as settings of Splink, written from our parameters: one model, two engines.

Splink adds log2(m/u) of the level that a comparison reaches and, for a level with term frequencies,
w * (log2 u - log2 tf). With tf = 2**-rarity of the commoner word and m and u chosen as `carried` chooses
them, the sum is our bits for that level plus w times our rarity.
"""

from typing import Any

from bench.linkage import conditions
from watchword.core.screening.compare.births import BIRTHS
from watchword.core.screening.compare.levels import GIVEN, LEVELS, PATRONYMIC, SURNAME
from watchword.core.screening.compare.parameters import Parameters
from watchword.core.screening.compare.weights import AGREES, DIFFERS, GENDER, PLACE

Settings = dict[str, Any]
PARTS = {"surname": SURNAME, "given": GIVEN, "patronymic": PATRONYMIC}
# Two people are compared only if they share one of these.
BLOCKS = (("surname_base",), ("birth_text",), ("given", "patronymic"))


def settings(model: Parameters, engine: str) -> Settings:
    """The whole model for ``engine``, duckdb or spark; the name of one function differs."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": model.prior,
        "comparisons": [
            *(word(model, part, engine) for part in PARTS),
            birth(model),
            field(model, "gender", GENDER, "gender_l = gender_r"),
            field(model, "place", PLACE, conditions.overlap("place", engine)),
        ],
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": " and ".join(f"l.{column} = r.{column}" for column in block)}
            for block in BLOCKS
        ],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
    }


def word(model: Parameters, part: str, engine: str) -> Settings:
    """Surname, given name or patronymic."""
    weights, number, above = model.weights, PARTS[part], surplus(model, part)
    levels = [
        missing(f"{part}_l is null and {part}_r is null"),
        level("only one has it", f"{part}_l is null or {part}_r is null", float(weights.extra[number])),
    ]
    for name, condition in conditions.words(part, engine).items():
        at = LEVELS.index(name)
        rarity = float(weights.rarity[at])
        bits = float(weights.word[number, at]) - rarity * above
        levels.append(level(name, condition, bits, rarity, part))
    return {"output_column_name": part, "comparison_levels": levels}


def surplus(model: Parameters, part: str) -> float:
    """Bits that every word is counted rarer by, so that a level of full rarity need not carry more than 0."""
    weights = model.weights
    whole: list[float] = weights.word[PARTS[part], weights.rarity == 1].tolist()
    return max([0.0, *whole])


def birth(model: Parameters) -> Settings:
    levels = [missing("birth_year_l is null or birth_year_r is null")]
    levels += [
        level(name, condition, float(model.weights.birth[BIRTHS.index(name)]))
        for name, condition in conditions.births().items()
    ]
    return {"output_column_name": "birth", "comparison_levels": levels}


def field(model: Parameters, column: str, number: int, agrees: str) -> Settings:
    """Something that agrees or differs."""
    bits = model.weights.field[number]
    return {
        "output_column_name": column,
        "comparison_levels": [
            missing(f"{column}_l is null or {column}_r is null"),
            level("agrees", agrees, float(bits[AGREES])),
            level("differs", "ELSE", float(bits[DIFFERS])),
        ],
    }


def missing(condition: str) -> Settings:
    return {"sql_condition": condition, "label_for_charts": "unknown", "is_null_level": True}


def level(name: str, condition: str, bits: float, rarity: float = 0.0, column: str = "") -> Settings:
    """A level worth ``bits``, and ``rarity`` times the rarity of ``column`` besides."""
    m, u = carried(bits, rarity)
    found = {"sql_condition": condition, "label_for_charts": name, "m_probability": m, "u_probability": u}
    if rarity:
        found |= {
            "tf_adjustment_column": column,
            "tf_adjustment_weight": rarity,
            "disable_tf_exact_match_detection": True,
        }
    return found


def carried(bits: float, rarity: float) -> tuple[float, float]:
    """m and u, neither above one, with log2 m - (1 - rarity) * log2 u = ``bits``."""
    if bits <= 0:
        return 2.0**bits, 1.0
    return 1.0, 2.0 ** (-bits / (1 - rarity))
