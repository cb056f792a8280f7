# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of call signs, what stops one, and what is answered: read once from the package's files."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product
from typing import Any

from watchword.core.procedure.text import LANGUAGES, Text


@dataclass(frozen=True)
class Stop:
    """A category of what a call sign must not say; a word that ends in * stops all that begin so."""

    id: str
    title: Text
    words: tuple[str, ...]


@cache
def every_call_sign() -> tuple[Text, ...]:
    """Each first word with each second, in the order of the file."""
    said = _read("words")
    return tuple(_together(first, second) for first, second in product(said["first"], said["second"]))


@cache
def stops() -> tuple[Stop, ...]:
    """The categories in the order of the file."""
    return tuple(
        Stop(name, Text(**one["title"]), tuple(one["words"])) for name, one in _read("stops").items()
    )


@cache
def answers() -> Mapping[str, Text]:
    """What whoever asks is answered, by the way in which they asked: always that and nothing else."""
    return {name: Text(**words) for name, words in _read("answers").items()}


def _together(first: list[str], second: list[str]) -> Text:
    return Text(*(f"{one} {other}" for one, other, _ in zip(first, second, LANGUAGES, strict=True)))


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))
