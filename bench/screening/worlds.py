# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list of names on disk and questions about the people on it, with what counts as found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.misspelling import Misspelling
from bench.population import draw, strangers
from bench.writing import CYRILLIC, LATIN, Listed, listed
from watchword.core import names


@dataclass(frozen=True)
class Question:
    """A name as an applicant writes it and the row meant; -1 for somebody who is not listed."""

    text: str
    row: int
    shows_patronymic: bool = True


@dataclass(frozen=True)
class World:
    """``names``: one listed name a line; ``folded``: the same lines as skeletons, for the peers."""

    listed: Listed
    planted: Sequence[str]
    names: Path
    folded: Path

    def __len__(self) -> int:
        return len(self.listed) + len(self.planted)

    def found(self, question: Question, rows: Iterable[int]) -> bool:
        """Whether one of the rows is the person meant, or one whom the question's words fit as well."""
        if question.row >= len(self.listed):
            meant = self.text(question.row)
            return any(row == question.row or same_words(self.text(row), meant) for row in rows)
        return any(
            row < len(self.listed) and self.listed.alike(question.row, row, question.shows_patronymic)
            for row in rows
        )

    def text(self, row: int) -> str:
        """The name of a row as it is listed."""
        size = len(self.listed)
        return " ".join(self.listed.name(row)) if row < size else self.planted[row - size]


def same_words(one: str, other: str) -> bool:
    """Whether two names are the same words in any order and script: nobody could tell their bearers apart."""
    return sorted(names.skeletons(one)) == sorted(names.skeletons(other))


def make(folder: Path, rows: int, planted: Sequence[str] = (), seed: int = 1) -> World:
    """Write ``rows`` invented names, and the ``planted`` ones after them, into ``folder``."""
    world = World(listed(draw(rows, seed), seed), planted, folder / "names.txt", folder / "folded.txt")
    with world.names.open("w") as file:
        file.writelines(" ".join(world.listed.name(row)) + "\n" for row in range(rows))
        file.writelines(text + "\n" for text in planted)
    return world


def fold(world: World) -> None:
    """Write the same names as skeletons, for the peers: folding decides more than the engine."""
    memo: dict[str, str] = {}
    with world.folded.open("w") as file:
        for row in range(len(world.listed)):
            file.write(" ".join(remembered(word, memo) for word in world.listed.name(row)) + "\n")
        file.writelines(folded(text) + "\n" for text in world.planted)


def folded(text: str) -> str:
    return " ".join(names.skeletons(text))


def remembered(word: str, memo: dict[str, str]) -> str:
    if word not in memo:
        memo[word] = folded(word)
    return memo[word]


def questions(world: World, kinds: Sequence[Misspelling], count: int, seed: int = 2) -> list[Question]:
    """``count`` questions about listed people, each in the other script and misspelled in one of the ways."""
    random, people = Random(seed), world.listed.people
    asked = []
    for number in range(count):
        row, kind = random.randrange(len(people)), kinds[number % len(kinds)]
        other = LATIN if int(world.listed.scheme[row]) in CYRILLIC else CYRILLIC
        name = kind(world.listed.pen.name(people, row, random.choice(other)), random)
        asked.append(Question(" ".join(name), row, shows_patronymic=kind.__name__ != "shortened"))
    return asked


def unlisted(world: World, count: int) -> list[Question]:
    """``count`` people who are not listed, in Russian."""
    people = strangers(world.listed.people, count)
    return [Question(" ".join(people.words(row)), -1) for row in range(count)]
