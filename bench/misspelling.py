# SPDX-License-Identifier: AGPL-3.0-or-later
"""The errors of those who copy names: letters, order, and where one word ends and the next begins."""

from collections.abc import Callable
from random import Random

Name = tuple[str, ...]
ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщыьэюя")


def slip(word: str, random: Random) -> str:
    """One letter lost, doubled by another, exchanged, or two neighbours swapped; the first letter stays."""
    at = random.randrange(1, len(word)) if len(word) > 1 else 0
    alphabet = ALPHABETS[1] if "Ѐ" <= word[at] <= "ӿ" else ALPHABETS[0]
    other = random.choice(alphabet.replace(word[at].lower(), ""))
    match random.randrange(4):
        case 0 if len(word) > 3:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + other + word[at:]
        case 2 if at + 1 < len(word) and word[at] != word[at + 1]:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case _:
            return word[:at] + other + word[at + 1 :]


def long_words(name: Name, letters: int) -> list[int]:
    """The places of words with so many letters; the longest word if there is none."""
    found = [at for at, word in enumerate(name) if len(word) >= letters]
    return found or [max(range(len(name)), key=lambda at: len(name[at]))]


def replaced(name: Name, at: int, *words: str) -> Name:
    return (*name[:at], *words, *name[at + 1 :])


def clean(name: Name, _random: Random) -> Name:
    return name


def typo(name: Name, random: Random) -> Name:
    at = random.choice(long_words(name, 4))
    return replaced(name, at, slip(name[at], random))


def two_typos(name: Name, random: Random) -> Name:
    """One letter wrong in each of two words."""
    for at in random.sample(range(len(name)), min(2, len(name))):
        name = replaced(name, at, slip(name[at], random))
    return name


def two_errors(name: Name, random: Random) -> Name:
    """Two letters wrong in one word."""
    at = random.choice(long_words(name, 6))
    return replaced(name, at, slip(slip(name[at], random), random))


def shortened(name: Name, _random: Random) -> Name:
    """Without the patronymic, which stands last."""
    return name[:2]


def turned(name: Name, _random: Random) -> Name:
    """The given name first, as most of the world writes it."""
    return (*name[1:], name[0])


def glued(name: Name, random: Random) -> Name:
    at = random.randrange(len(name) - 1)
    return (*name[:at], name[at] + name[at + 1].lower(), *name[at + 2 :])


def split(name: Name, random: Random) -> Name:
    at = random.choice(long_words(name, 6))
    cut = random.randrange(2, len(name[at]) - 1) if len(name[at]) > 3 else 1
    return replaced(name, at, name[at][:cut], name[at][cut:].capitalize())


def hyphenated(name: Name, random: Random) -> Name:
    at = random.randrange(len(name) - 1)
    return (*name[:at], f"{name[at]}-{name[at + 1]}", *name[at + 2 :])


Misspelling = Callable[[Name, Random], Name]
COMMON: tuple[Misspelling, ...] = (clean, clean, turned, typo, two_typos, shortened)
HARD: tuple[Misspelling, ...] = (glued, split, hyphenated, two_errors)
