# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented populations of any size, with the frequencies of real names; one seed, the same people."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import itemgetter
from pathlib import Path

import duckdb
import numpy as np
import russiannames
from numpy.typing import NDArray

FOLDER = Path(russiannames.__file__).parent / "data"
# A name as people write it: one capital, no initials, no shouting; every spelling table knows these letters.
PLAIN = "[А-ЯЁ][а-яё]+(-[А-ЯЁ][а-яё]+)?"
FEMININE = ("ова", "ева", "ёва", "ина", "ына", "ая")
MASCULINE = ("ов", "ев", "ёв", "ин", "ын", "ий", "ый", "ой")
BORN_FROM, BORN_TO = date(1940, 1, 1).toordinal(), date(2008, 1, 1).toordinal()
PLACES = (
    "Москва",
    "Воронеж",
    "Казань",
    "Самара",
    "Пермь",
    "Омск",
    "Томск",
    "Уфа",
    "Псков",
    "Тверь",
    "Тула",
    "Киров",
    "Саратов",
    "Рязань",
    "Липецк",
    "Иваново",
    "Новосибирск",
    "Екатеринбург",
    "Краснодар",
    "Грозный",
    "Махачкала",
    "Владивосток",
    "Хабаровск",
    "Иркутск",
    "Якутск",
    "Мурманск",
    "Київ",
    "Харків",
    "Одеса",
    "Львів",
    "Дніпро",
    "Полтава",
    "Суми",
    "Луцьк",
    "Житомир",
    "Мінськ",
    "Гомель",
    "Брест",
    "Тбилиси",
    "Ереван",
)


@dataclass(frozen=True)
class Words:
    """The words of one role for one gender with the share of its bearers, as a running total up to one."""

    texts: tuple[str, ...]
    total: NDArray[np.float64]

    def draw(self, chance: NDArray[np.float64]) -> NDArray[np.int32]:
        return np.searchsorted(self.total, chance, side="right").astype(np.int32)


@dataclass(frozen=True)
class Population:
    """People as columns: word numbers into ``texts``, ordinals of birth dates, numbers of ``PLACES``."""

    texts: list[str]
    surname: NDArray[np.int32]
    given: NDArray[np.int32]
    patronymic: NDArray[np.int32]
    birth: NDArray[np.int32]
    place: NDArray[np.int8]
    female: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.surname)

    def words(self, row: int) -> tuple[str, str, str]:
        """Surname, given name and patronymic in Russian Cyrillic."""
        texts = self.texts
        return texts[self.surname[row]], texts[self.given[row]], texts[self.patronymic[row]]

    def identity(self) -> NDArray[np.int64]:
        """One number for everybody who bears the same three words."""
        size = np.int64(len(self.texts))
        whole = (self.surname.astype(np.int64) * size + self.given) * size + self.patronymic
        return np.asarray(whole, np.int64)

    def taken(self, rows: NDArray[np.intp]) -> "Population":
        """Only these rows."""
        return Population(
            self.texts,
            self.surname[rows],
            self.given[rows],
            self.patronymic[rows],
            self.birth[rows],
            self.place[rows],
            self.female[rows],
        )

    def birth_date(self, row: int) -> str:
        """As ISO 8601 has it."""
        return date.fromordinal(int(self.birth[row])).isoformat()


def strangers(people: Population, count: int, seed: int = 1001) -> Population:
    """``count`` others whose three words nobody among the people bears."""
    others = draw(count * 2, seed)
    fresh = np.flatnonzero(~np.isin(others.identity(), people.identity()))
    return others.taken(fresh[:count])


def draw(rows: int, seed: int = 1) -> Population:
    """``rows`` people; the same ones for the same ``seed`` and the same edition of the frequencies."""
    random = np.random.default_rng(seed)
    female = random.random(rows) < 0.35
    texts: list[str] = []
    columns = {}
    for role in ("surnames", "names", "midnames"):
        column = np.empty(rows, np.int32)
        for gender in ("m", "f"):
            words = frequencies(role, gender)
            chosen = female if gender == "f" else ~female
            column[chosen] = words.draw(random.random(int(chosen.sum()))) + len(texts)
            texts.extend(words.texts)
        columns[role] = column
    birth = random.triangular(BORN_FROM, date(1985, 1, 1).toordinal(), BORN_TO, rows).astype(np.int32)
    place = random.integers(0, len(PLACES), rows, dtype=np.int8)
    surname, given, patronymic = (columns[role] for role in ("surnames", "names", "midnames"))
    return Population(texts, surname, given, patronymic, birth, place, female)


@cache
def frequencies(role: str, gender: str) -> Words:
    """The words of ``role``, a file of russiannames, that ``gender`` may bear; most frequent first."""
    other = {"m": FEMININE, "f": MASCULINE}[gender]
    bearers: dict[str, int] = {}
    for text, of, count in counted(role):
        # Surnames without a gender in the source are given one by their ending, else to everybody;
        # given names and patronymics without one are foreign or misread, and left out.
        anybodys = role == "surnames" and of not in ("m", "f") and not text.endswith(other)
        if of == gender or anybodys:
            bearers[text] = bearers.get(text, 0) + count
    ranked = sorted(bearers.items(), key=itemgetter(1), reverse=True)
    total = np.cumsum([count for _, count in ranked], dtype=np.float64)
    return Words(tuple(text for text, _ in ranked), total / total[-1])


@cache
def counted(role: str) -> list[tuple[str, str, int]]:
    """Every plain word of the file with the gender of its bearers and their number, by the alphabet."""
    query = "select text, gender, count from read_parquet(?) where regexp_full_match(text, ?) order by text"
    return duckdb.execute(query, [str(FOLDER / f"{role}.parquet"), PLAIN]).fetchall()
