# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented people agree with themselves, and stay the same from run to run."""

from random import Random

from bench.misspelling import HARD, glued, hyphenated, slip, split
from bench.population import draw, strangers
from bench.writing import CYRILLIC, LATIN, Pen


def test_one_seed_makes_the_same_people_and_another_seed_others() -> None:
    first, again, other = draw(300, seed=1), draw(300, seed=1), draw(300, seed=2)
    assert first.identity().tolist() == again.identity().tolist()
    assert first.identity().tolist() != other.identity().tolist()


def test_men_and_women_bear_patronymics_of_their_own() -> None:
    people = draw(500)
    endings = {
        person[2][-2:] for row in range(len(people)) if people.female[row] and (person := people.words(row))
    }
    assert "ич" not in endings
    assert "на" in endings


def test_strangers_bear_no_name_of_the_people() -> None:
    people = draw(500)
    assert not set(people.identity().tolist()) & set(strangers(people, 50).identity().tolist())


def test_a_name_is_written_in_two_scripts() -> None:
    people = draw(20)
    pen = Pen(people.texts)
    cyrillic, latin = (" ".join(pen.name(people, 0, schemes[0])) for schemes in (CYRILLIC, LATIN))
    assert cyrillic == " ".join(people.words(0))
    assert latin.isascii()
    assert len(latin.split()) == 3


def test_hard_spellings_change_the_words_and_slips_stay_in_their_script() -> None:
    name, random = ("Выдумкин", "Фома", "Лукич"), Random(3)
    assert len(glued(name, random)) == len(hyphenated(name, random)) == 2
    assert len(split(name, random)) == 4
    for _ in range(50):
        assert all(kind(name, random) != name for kind in HARD)
        assert all("Ѐ" <= letter <= "ӿ" for letter in slip("Выдумкин", random))
