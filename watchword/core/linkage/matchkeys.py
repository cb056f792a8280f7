# SPDX-License-Identifier: AGPL-3.0-or-later
"""The match-keys of one person: what two applications by the same hand have in common though both are sealed.

A key puts several things together, never one word of a name, so that a table of scrambled keys has no column
whose frequencies say what it holds. ``docs/spec/match-keys.md`` has each kind and what it survives.
"""

from collections.abc import Iterator
from enum import StrEnum
from itertools import product

from watchword.core.linkage.identity import Born, Identity
from watchword.core.linkage.words import NameReader, ReadName
from watchword.core.names import Lexicon

VERSION = 1
"""Raised with every change that gives anybody another key; keys of two versions are never compared."""

MOST_KEYS = 64
"""Of one person, so that nobody fills the table with one application."""

RARE = 5e-7
"""Of a rare name there is at most one bearer in two million."""

LEAST_GIVEN = 1e-4
"""No given name counts as rarer than one in ten thousand: what the lexicon does not know may be common."""

# Vowels are what transcriptions differ in; so is the hushing sound that French and German spell alike.
_BARE = str.maketrans({"a": None, "e": None, "i": None, "u": None, "q": "x"})
_END = 3


class Kind(StrEnum):
    """What a key is made of. "Surname" is its consonants, unless the whole is named; "birth" the full date.

    In a full date day and month stand in the order of their size, because people exchange them.
    """

    RARE_NAME = "rare-name"  # whole surname and given name, where hardly anybody else bears both
    NAME_YEAR = "name-year"  # surname, given name, year of birth
    NAME_DAY = "name-day"  # surname, given name, day and month of birth
    NAME_FATHER = "name-father"  # surname, given name, father's name
    NAME_PLACE = "name-place"  # surname, given name, a word of the birth place
    SURNAME_BIRTH = "surname-birth"
    GIVEN_FATHER_BIRTH = "given-father-birth"
    GIVEN_BIRTH_PLACE = "given-birth-place"
    HEAD_BIRTH = "head-birth"  # first three consonants of the surname, initial, birth
    TAIL_BIRTH = "tail-birth"  # last three consonants of the surname, given name, birth
    HEAD_FATHER_BIRTH = "head-father-birth"  # first two consonants of the surname, father's name, birth
    PASSPORT = "passport"
    PHONE = "phone"
    MAIL = "mail"
    HANDLE = "handle"
    REFERRER = "referrer"


Key = tuple[Kind, str]
"""A kind, and the value in the clear: it exists in memory only, and what is kept of it is a keyed hash."""


def match_keys(person: Identity, reader: NameReader) -> frozenset[Key]:
    """The keys of one person; empty for somebody of whom too little is known."""
    found = dict.fromkeys(_of_contacts(person))
    for name in person.names:
        read = reader.read(name)
        found.update(dict.fromkeys(_of_name(read, person, reader.lexicon)))
        for born in person.births:
            found.update(dict.fromkeys(_of_birth(read, born, person.places)))
    return frozenset(list(found)[:MOST_KEYS])


def bare(form: str) -> str:
    """The consonants of a form; the form itself where it has none."""
    return form.translate(_BARE) or form


def _key(kind: Kind, *parts: str | int) -> Key:
    # No part contains the separator: forms are letters, and blanks where a full form has two words.
    return kind, "|".join(map(str, parts))


def _pair(surname: str, given: str) -> str:
    """Both in one order, so that it does not matter which of them was written as the surname."""
    return "+".join(sorted((bare(surname), bare(given))))


def _of_contacts(person: Identity) -> Iterator[Key]:
    for kind, values in (
        (Kind.PASSPORT, person.passports),
        (Kind.PHONE, person.phones),
        (Kind.MAIL, person.mails),
        (Kind.HANDLE, person.handles),
        (Kind.REFERRER, (person.referrer,)),
    ):
        yield from (_key(kind, value) for value in values if value)


def _of_name(name: ReadName, person: Identity, lexicon: Lexicon) -> Iterator[Key]:
    for surname, given in product(name.surnames, name.givens):
        pair = _pair(surname, given)
        if _share(surname, given, lexicon) < RARE:
            yield _key(Kind.RARE_NAME, *sorted((surname, given)))
        yield from (_key(Kind.NAME_FATHER, pair, father) for father in name.fathers)
        yield from (_key(Kind.NAME_PLACE, pair, place) for place in person.places)
        for born in person.births:
            yield _key(Kind.NAME_YEAR, pair, born.year)
            if born.day:
                yield _key(Kind.NAME_DAY, pair, *sorted((born.month, born.day)))


def _of_birth(name: ReadName, born: Born, places: tuple[str, ...]) -> Iterator[Key]:
    """Keys that hold a full date: with it, half a name tells people apart."""
    if not born.day:
        return
    birth = (born.year, *sorted((born.month, born.day)))
    for surname in name.surnames:
        yield _key(Kind.SURNAME_BIRTH, bare(surname), *birth)
        for father in name.fathers:
            yield _key(Kind.HEAD_FATHER_BIRTH, bare(surname)[: _END - 1], father, *birth)
    for given in name.givens:
        yield from (_key(Kind.GIVEN_FATHER_BIRTH, given, father, *birth) for father in name.fathers)
        yield from (_key(Kind.GIVEN_BIRTH_PLACE, given, *birth, place) for place in places)
        for surname in map(bare, name.surnames):
            yield _key(Kind.HEAD_BIRTH, surname[:_END], given[0], *birth)
            yield _key(Kind.TAIL_BIRTH, surname[-_END:], given, *birth)


def _share(surname: str, given: str, lexicon: Lexicon) -> float:
    """Which part of all people may bear both, by the counts of the lexicon; one bearer for who is unknown."""
    total = lexicon.totals
    family = max(lexicon.look_up(surname).surname, 1) / total.surname
    return family * max(lexicon.look_up(given).given / total.given, LEAST_GIVEN)
