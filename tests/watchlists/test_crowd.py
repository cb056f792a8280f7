# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many people against a short list go another way than few, and must be told the same."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.watchlists.files import ALYONA, add, asked, stocked, written
from watchword.core.screening import compare
from watchword.core.screening.dates import from_iso
from watchword.core.screening.record import Person, PersonName
from watchword.watchlists import Screen, Shelf
from watchword.watchlists.crowd import wanted_bits
from watchword.watchlists.screen import CROWD

SURNAMES = ("Выдумкин", "Сказкина", "Небылицын", "Вымыслова", "Грёзов", "Чудинский", "Байкова", "Ванрезов")
GIVEN = ("Сергей", "Елена", "Микола", "Коля", "Фома", "Анна", "Ю.")
PATRONYMICS = ("Сергеевич", "Сергеевна", "Фомич", "Николаевна", "Миколайович", "")
DATES = ("1970-03-04", "1970-04-03", "1970-03", "1970", "~1971", "1971-03-04", "1970-03-14", "1985-12-01", "")
LISTED = 30


def invented(random: Random) -> tuple[str, str]:
    words = [random.choice(SURNAMES), random.choice(GIVEN), random.choice(PATRONYMICS)]
    random.shuffle(words)
    return " ".join(filter(None, words)), random.choice(DATES)


def mangled(name: str, random: Random) -> str:
    """Nothing, a letter lost, a space lost, or a space where none was."""
    at = random.randrange(1, len(name))
    space = name.find(" ")
    ways = (
        name,
        name[:at] + name[at + 1 :],
        name[:space] + name[space + 1 :].lower(),
        name[:4] + " " + name[4:],
    )
    return random.choice(ways)


def crowd(random: Random) -> list[Person]:
    people = []
    for number in range(CROWD * LISTED * 3):
        name, born = invented(random)
        names = [PersonName(mangled(name, random))]
        if number % 5 == 0:
            names.append(PersonName(invented(random)[0]))
        births = (from_iso(born),) if born else ()
        places = ("Вымышленск",) if number % 7 == 0 else ()
        people.append(Person(str(number), tuple(names), births=births, places=places))
    return people


def told(screen: Screen, people: Sequence[Person], together: int) -> list[list[tuple[str, float]]]:
    lots = [people[first : first + together] for first in range(0, len(people), together)]
    hits = [some for lot in lots for some in screen.search_many(lot, at_least=0.5, limit=LISTED)]
    return [[(hit.person.key, round(hit.judgement.bits, 4)) for hit in some] for some in hits]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_crowd_is_told_what_few_are_told(tmp_path: Path, seed: int) -> None:
    random, shelf = Random(seed), Shelf(tmp_path / "shelf")
    rows = [dict(zip(("name", "birth_date"), invented(random), strict=True)) for _ in range(LISTED)]
    add(shelf, written(tmp_path / "list.csv", [{"id": str(at), **row} for at, row in enumerate(rows)]))
    screen, people = shelf.open(), crowd(random)
    few = told(screen, people, LISTED)
    assert sum(map(len, few)) > LISTED
    assert told(screen, people, len(people)) == few


def test_a_passport_and_a_telephone_are_found_in_a_crowd(tmp_path: Path) -> None:
    nobody = asked("Никто Никакович")
    people = [replace(nobody, key=str(number)) for number in range(40)]
    people.append(asked("Wholly Different", document="MP 0000001", contact="+375 29 0000001"))
    listed = {**ALYONA, "phones": "+375 29 0000001"}
    hits = stocked(tmp_path, [listed]).open().search_many(people, at_least=0.5)
    assert [[hit.person.key for hit in some] for some in hits] == [[]] * 40 + [["alyona"]]


def test_where_doubt_alone_suffices_nothing_can_be_left_out() -> None:
    weights = compare.parameters().weights
    assert wanted_bits(float(weights.doubt.max()), weights) == float("-inf")
    assert wanted_bits(20.0, weights) == pytest.approx(20.0, abs=0.01)
