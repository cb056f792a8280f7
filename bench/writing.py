# SPDX-License-Identifier: AGPL-3.0-or-later
"""How invented people are written: in which script, by which table of transliteration, in which order.

The tables and the Ukrainian forms are those of packages by others, so that a spelling which our own tables
overlook is overlooked here, too, only by accident.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import translitua
from names_translator.dicts import CATEGORIES, NameDicts
from numpy.typing import NDArray

from bench.misspelling import Name
from bench.population import Population

UKRAINIAN_LETTERS = str.maketrans({"ы": "и", "э": "е", "ё": "ьо", "и": "і", "И": "І", "Э": "Е", "ъ": "'"})


@dataclass(frozen=True)
class Scheme:
    """A way to write a name: the language it is taken in, and the table, none for its own script."""

    language: str
    table: Any
    share: float


SCHEMES = (
    Scheme("ru", None, 0.25),
    Scheme("uk", None, 0.15),
    Scheme("ru", translitua.RussianICAO, 0.18),
    Scheme("ru", translitua.RussianInternationalPassport1997, 0.08),
    Scheme("ru", translitua.RussianInternationalPassport1997Reduced, 0.06),
    Scheme("ru", translitua.RussianGOST2006, 0.06),
    Scheme("ru", translitua.RussianISO9SystemA, 0.01),
    Scheme("uk", translitua.UkrainianKMU, 0.10),
    Scheme("uk", translitua.UkrainianPassport2007, 0.04),
    Scheme("uk", translitua.UkrainianFrench, 0.03),
    Scheme("uk", translitua.UkrainianGerman, 0.02),
    Scheme("uk", translitua.UkrainianBGN, 0.01),
    Scheme("uk", translitua.UkrainianWWS, 0.01),
)
CYRILLIC = tuple(number for number, scheme in enumerate(SCHEMES) if scheme.table is None)
LATIN = tuple(number for number, scheme in enumerate(SCHEMES) if scheme.table is not None)


class Pen:
    """Writes the words of one population; what it wrote once it remembers."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self._written: list[dict[int, str]] = [{} for _ in SCHEMES]

    def word(self, scheme: int, number: int) -> str:
        written = self._written[scheme]
        if number not in written:
            written[number] = self._write(SCHEMES[scheme], number)
        return written[number]

    def _write(self, scheme: Scheme, number: int) -> str:
        text = self._texts[number]
        if scheme.language == "uk":
            forms = ukrainian().get(text)
            text = forms[number % len(forms)] if forms else text.translate(UKRAINIAN_LETTERS)
        return translitua.translit(text, scheme.table) if scheme.table else text

    def name(self, people: Population, row: int, scheme: int) -> Name:
        """Surname, given name, patronymic."""
        return (
            self.word(scheme, int(people.surname[row])),
            self.word(scheme, int(people.given[row])),
            self.word(scheme, int(people.patronymic[row])),
        )


@dataclass(frozen=True)
class Listed:
    """A population as a list holds it: each row in a script and scheme, some without patronymic."""

    people: Population
    pen: Pen
    scheme: NDArray[np.int8]
    whole: NDArray[np.bool_]
    given_first: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.people)

    def name(self, row: int) -> Name:
        """The words of a row as the list has them."""
        surname, given, patronymic = self.pen.name(self.people, row, int(self.scheme[row]))
        last = (patronymic,) if self.whole[row] else ()
        return (given, *last, surname) if self.given_first[row] else (surname, given, *last)

    def alike(self, row: int, other: int, by_patronymic: bool) -> bool:
        """Whether two rows bear the same words, as far as both and the asker wrote them down."""
        people = self.people
        named = bool(
            people.surname[row] == people.surname[other] and people.given[row] == people.given[other]
        )
        if not (by_patronymic and self.whole[row] and self.whole[other]):
            return named
        return named and bool(people.patronymic[row] == people.patronymic[other])


def listed(people: Population, seed: int = 1, without_patronymic: float = 1 / 7) -> Listed:
    """The people on a list: schemes by their shares, two in five with the given name first."""
    random = np.random.default_rng(seed)
    rows = len(people)
    shares = np.array([scheme.share for scheme in SCHEMES])
    scheme = random.choice(len(SCHEMES), rows, p=shares / shares.sum()).astype(np.int8)
    whole = random.random(rows) >= without_patronymic
    return Listed(people, Pen(people.texts), scheme, whole, random.random(rows) < 0.4)


@cache
def ukrainian() -> dict[str, list[str]]:
    """Russian words with the forms that Ukrainian registers have for them."""
    forms: dict[str, list[str]] = {}
    dictionaries = NameDicts()
    for category in CATEGORIES:
        for form, russian in dictionaries.as_dict(category).items():
            if re.fullmatch("[а-щьюяєіїґ'-]+", form):
                forms.setdefault(russian[0], []).append(form.capitalize())
    return forms
