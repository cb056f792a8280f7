# SPDX-License-Identifier: AGPL-3.0-or-later
"""People as arrays for the kernels: every distinct skeleton becomes a row once, every name a row of rows.

An `Encoder` remembers words only as long as it lives; a run of screening makes one and drops it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from watchword.core import names
from watchword.core.screening.arrays import MOST_WORDS, Int8, Int32, Names, People, Ragged, Tokens
from watchword.core.screening.fields import compared, contact_key, document_key, place_keys
from watchword.core.screening.record import NameKind, Person, PersonName
from watchword.core.screening.tokens import TokenTable

GIVEN, PATRONYMIC, INITIAL = (
    int(role) for role in (names.Role.GIVEN, names.Role.PATRONYMIC, names.Role.INITIAL)
)
GENDERS = {"m": 1, "f": 2}


@dataclass(frozen=True)
class Word:
    """One word of a name as it is compared: its skeleton, and the word for the reader."""

    skeleton: str
    text: str


@dataclass(frozen=True)
class EncodedPeople:
    """People as arrays, and the table of tokens that the arrays speak of."""

    table: TokenTable
    people: People

    def __len__(self) -> int:
        return len(self.people.gender)

    @property
    def tokens(self) -> Tokens:
        """The rows of the table as they are now; another call of the encoder may add some."""
        return self.table.arrays


def words_of(text: str) -> list[Word]:
    """The words of a name in the order in which they are compared, which is not that of writing.

    A name is a set of words: the order says nothing that can be relied on. Beyond eight words the longest
    are kept.
    """
    words = [Word(skeleton, word) for word in names.split(text) if (skeleton := names.skeleton(word))]
    if len(words) > MOST_WORDS:
        words = sorted(words, key=lambda word: (-len(word.skeleton), word.skeleton))[:MOST_WORDS]
    return sorted(words, key=lambda word: word.skeleton)


class Encoder:
    """The memo of one run: words to tokens, names to rows of tokens, other texts to numbers."""

    def __init__(self, lexicon: names.Lexicon, memo: names.Memo | None = None) -> None:
        self.lexicon = lexicon
        self.memo = names.Memo() if memo is None else memo
        self.table = TokenTable(lexicon)
        self._names: dict[tuple[str, ...], tuple[list[int], list[int], int]] = {}
        self._keys: dict[str, int] = {}

    def names(self, texts: Sequence[str]) -> EncodedPeople:
        """People of whom only one name each is known."""
        gathered = NameRows()
        for text in texts:
            gathered.add(self._name(self._skeletons(text)), weak=False)
        return EncodedPeople(self.table, without_fields(gathered.arrays()))

    def people(self, people: Sequence[Person]) -> EncodedPeople:
        """Whole records."""
        gathered, starts = NameRows(), [0]
        for person in people:
            for name in person.names:
                gathered.add(self._parted(name), weak=name.kind is NameKind.WEAK)
            starts.append(len(gathered.gender))
        births = [
            (day.year, day.month or 0, day.day or 0, int(day.circa)) for p in people for day in p.births
        ]
        encoded = People(
            names=gathered.arrays(),
            name=np.array(starts, dtype=np.int32),
            birth_start=running([len(person.births) for person in people]),
            birth=np.array(births, dtype=np.int32).reshape(-1, 4),
            gender=np.array([GENDERS.get(person.gender, 0) for person in people], dtype=np.int8),
            place=self._keyed(people, lambda person: place_keys(person.places)),
            country=self._keyed(people, lambda person: [code.lower() for code in person.countries]),
            document=self._keyed(
                people, lambda person: list(filter(compared, map(document_key, person.documents)))
            ),
            contact=self._keyed(
                people, lambda person: list(filter(compared, map(contact_key, person.contacts)))
            ),
        )
        return EncodedPeople(self.table, encoded)

    def _skeletons(self, text: str) -> tuple[str, ...]:
        """The skeletons of a name in the order of ``words_of``."""
        found = sorted(self.memo.skeletons(text))
        if len(found) > MOST_WORDS:
            found = sorted(sorted(found, key=lambda skeleton: (-len(skeleton), skeleton))[:MOST_WORDS])
        return tuple(found)

    def _name(self, skeletons: tuple[str, ...]) -> tuple[list[int], list[int], int]:
        """Tokens, roles and gender of a name given by its sorted skeletons."""
        known = self._names.get(skeletons)
        if known is None:
            tokens = [self.table.row(skeleton) for skeleton in skeletons]
            roles = self.table.roles(tokens)
            known = self._names[skeletons] = (tokens, roles, self.table.gender(tokens, roles))
        return known

    def _parted(self, name: PersonName) -> tuple[list[int], list[int], int]:
        """A name whose source may say which word is what; its word is taken for it."""
        tokens, roles, gender = self._name(self._skeletons(name.text))
        parts = (
            (names.Role.GIVEN, name.given),
            (names.Role.PATRONYMIC, name.patronymic),
            (names.Role.SURNAME, name.surname),
        )
        if not any(text for _, text in parts):
            return tokens, roles, gender
        said: dict[int, int] = {}
        for part, text in parts:
            for skeleton in self._skeletons(text):
                token = self.table.row(skeleton)
                said[token] = said.get(token, 0) | int(part)
        roles = [believed(role, said.get(token, 0)) for token, role in zip(tokens, roles, strict=True)]
        return tokens, roles, gender

    def _keyed(self, people: Sequence[Person], keys: Callable[[Person], Sequence[str]]) -> Ragged:
        """Texts as numbers, a row of them for each person."""
        rows = [[self._keys.setdefault(key, len(self._keys)) for key in keys(person)] for person in people]
        return Ragged(
            running([len(row) for row in rows]), np.array([key for row in rows for key in row], np.int32)
        )


def believed(role: int, said: int) -> int:
    """The role of a word when its source says one.

    Initials stay initials, and a patronymic stays one among given names: many lists have no column for it.
    """
    if not said or role & INITIAL or (role == PATRONYMIC and said == GIVEN):
        return role
    return said


class NameRows:
    """Names gathered row by row, then turned into arrays at once."""

    def __init__(self) -> None:
        self.counts: list[int] = []
        self.tokens: list[int] = []
        self.roles: list[int] = []
        self.gender: list[int] = []
        self.weak: list[bool] = []
        self.full: list[bool] = []

    def add(self, name: tuple[list[int], list[int], int], *, weak: bool) -> None:
        """Append one name."""
        tokens, roles, gender = name
        self.counts.append(len(tokens))
        self.tokens += tokens
        self.roles += roles
        self.gender.append(gender)
        self.weak.append(weak)
        self.full.append(PATRONYMIC in roles)

    def arrays(self) -> Names:
        """What was gathered."""
        return Names(
            running(self.counts),
            np.array(self.tokens, dtype=np.int32),
            np.array(self.roles, dtype=np.int8),
            np.array(self.gender, dtype=np.int8),
            np.array(self.weak, dtype=np.int8),
            np.array(self.full, dtype=np.int8),
        )


def running(counts: Sequence[int]) -> Int32:
    """Where each row starts, and where the last one ends."""
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int32)


def without_fields(rows: Names) -> People:
    """One person for each name, of whom nothing else is known."""
    count = len(rows.gender)
    nothing: Int32 = np.zeros(count + 1, dtype=np.int32)
    empty = Ragged(nothing, np.zeros(0, dtype=np.int32))
    unknown: Int8 = np.zeros(count, dtype=np.int8)
    return People(
        names=rows,
        name=np.arange(count + 1, dtype=np.int32),
        birth_start=nothing,
        birth=np.zeros((0, 4), dtype=np.int32),
        gender=unknown,
        place=empty,
        country=empty,
        document=empty,
        contact=empty,
    )
