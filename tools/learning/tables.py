# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parameters as text: read as flat tables, written with where each number comes from."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from watchword.core.screening.compare.levels import PARTS

Tables = dict[str, dict[str, float]]
START = Path(__file__).with_name("start.toml")
NOTES = {
    "prior": "Log2 odds that two people whom a search among so many brought side by side are one; learned.",
    "rarity": "What an agreeing word is worth, as a share of its rarity; set by hand, see start.toml.",
    "word.given": "Bits beside the rarity, for a given name against a given name.",
    "word.patronymic": "The same for patronymics.",
    "word.surname": "The same for surnames.",
    "word.any": "The same for two words of which it is open what part of the name they are.",
    "word.cross": "The same for two words that cannot be the same part of a name.",
    "extra": "A word that only one of the two names has.",
    "birth": "Birth dates.",
    "gender": "The gender that a record states or that all words of its name show.",
    "place": "Places; set by hand, no open pairs have them.",
    "country": "Countries; set by hand.",
    "document": "Numbers of documents; set by hand.",
    "contact": "Telephone numbers and addresses; set by hand.",
    "names": "Most bits of rarity that count; the price of each doubling of the names to choose among.",
    "doubt": "No less than this is left by names alone, by how many of the two have a patronymic; learned.",
}


def start() -> Tables:
    """Where learning starts."""
    tables = tomllib.loads(START.read_text(encoding="utf-8"))
    words = tables.pop("word")
    return {**tables, **{f"word.{part}": words[part] for part in PARTS}}


def nested(tables: Tables) -> dict[str, object]:
    """The tables as the file of parameters nests them."""
    word = {part: tables[f"word.{part}"] for part in PARTS}
    return {**{name: table for name, table in tables.items() if "." not in name}, "word": word}


def written(tables: Tables, heading: str, sources: Mapping[tuple[str, str], str]) -> str:
    """The file of parameters; ``sources`` says of a learned number what it was learned from."""
    lines = [*(f"# {line}" for line in heading.splitlines())]
    for name, note in NOTES.items():
        lines += ["", f"# {note}", f"[{name}]"]
        for key, value in tables[name].items():
            source = sources.get((name, key), "")
            lines.append(f"{key} = {round(value, 2) + 0.0:.2f}" + (f"  # {source}" if source else ""))
    return "\n".join(lines) + "\n"
