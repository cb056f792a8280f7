# SPDX-License-Identifier: AGPL-3.0-or-later
"""The distinct skeletons of one run as growing arrays, with what the lexicon says of each."""

import math
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watchword.core import names
from watchword.core.names.family import looks_patronymic
from watchword.core.names.roles import alone, borne_as_given, settle
from watchword.core.screening.arrays import CHOICES, LETTERS, Tokens

FIRST_ROWS = 64
UNKNOWN = 14.0  # bits of a word that the lexicon has never counted, or not in this part of a name
MALE, FEMALE, BOTH = 1, 2, 3
# Where the gender of a word in each role stands among the lexicon's flags.
GENDER_SHIFTS = tuple(
    (int(role), shift)
    for role, shift in ((names.Role.GIVEN, 0), (names.Role.PATRONYMIC, 2), (names.Role.SURNAME, 4))
)


Alone = tuple[int, float, str, int]  # the place among a name's words, and the role seen by itself


class TokenTable:
    """Skeleton -> row; the arrays double when they are full, so that a row once given stays."""

    def __init__(self, lexicon: names.Lexicon) -> None:
        self._lexicon = lexicon
        self._bearers = bearers(lexicon)
        self._rows: dict[str, int] = {}
        self._entries: list[names.Entry] = []
        self._alone: dict[int, Alone] = {}
        self._skeletons: list[str] = []
        self.arrays = empty(FIRST_ROWS)

    def row(self, skeleton: str) -> int:
        """The row of a skeleton, made when it is new, with that of its surname's base."""
        known = self._rows.get(skeleton)
        if known is not None:
            return known
        row = self._rows[skeleton] = len(self._rows)
        if row == len(self.arrays.length):
            self.arrays = grown(self.arrays)
        entry = self._lexicon.look_up(skeleton)
        self._entries.append(entry)
        self._skeletons.append(skeleton)
        self._write(row, skeleton, entry)
        self.arrays.base[row] = self.row(entry.surname_base) if entry.surname_base else row
        return row

    def skeleton(self, row: int) -> str:
        """The skeleton of a row."""
        return self._skeletons[row]

    def gender(self, tokens: list[int], roles: list[int]) -> int:
        """The gender that all words of a name agree on; 0 when they say nothing or differ."""
        said = 0
        for token, role in zip(tokens, roles, strict=True):
            said |= shown_gender(self._entries[token].gender, role)
        return said if said != BOTH else 0

    def roles(self, tokens: list[int]) -> list[int]:
        """The role of each word of a name, whatever order they were written in."""
        order = sorted([(*self._by_itself(token), at) for at, token in enumerate(tokens)])
        found = [alone for *_, alone, _ in order]
        settle(found)
        roles = [0] * len(tokens)
        for (*_, at), role in zip(order, found, strict=True):
            roles[at] = role
        return roles

    def _by_itself(self, token: int) -> Alone:
        known = self._alone.get(token)
        if known is None:
            skeleton = self._skeletons[token]
            known = (*self._place(skeleton, self._entries[token]), alone(skeleton, self._entries[token]))
            self._alone[token] = known
        return known

    def _place(self, skeleton: str, entry: names.Entry) -> tuple[int, float, str]:
        """A key that orders words as a register would: surname, given name, patronymic.

        The roles of a name's words are asked for in this order, so that they do not hang on the order of
        writing, which differs from list to list.
        """
        if looks_patronymic(skeleton) or entry.patronymic > entry.given + entry.surname:
            return 2, -(entry.patronymic + 1) / (entry.surname + 1), skeleton
        given = borne_as_given(entry)
        return int(given > entry.surname), (given + 1) / (entry.surname + 1), skeleton

    def _write(self, row: int, skeleton: str, entry: names.Entry) -> None:
        letters = skeleton.encode("ascii")[:LETTERS]
        arrays = self.arrays
        arrays.letters[row, : len(letters)] = np.frombuffer(letters, dtype=np.uint8)
        arrays.length[row] = len(letters)
        counts = (
            max([entry.given, *map(self._bearers.given.item, entry.groups)]),
            max([entry.patronymic, *map(self._bearers.patronymic.item, entry.patronymic_of)]),
            entry.surname,
        )
        rarity = [bits(count / total) for count, total in zip(counts, self._lexicon.totals, strict=True)]
        arrays.rarity[row] = [*rarity, min(rarity)]
        for column, found in ((arrays.group, entry.groups), (arrays.father, entry.patronymic_of)):
            if found:
                chosen = found[:CHOICES]
                column[row, : len(chosen)] = chosen


@cache
def shown_gender(flags: int, role: int) -> int:
    """The gender that the lexicon's flags show of a word in a role; 0 for none or both."""
    shown = 0
    for part, shift in GENDER_SHIFTS:
        if role & part:
            shown |= flags >> shift & BOTH
    return shown if shown != BOTH else 0


class Bearers(NamedTuple):
    """How many people bear any form of a given name, and a patronymic made of any form of it."""

    given: NDArray[np.float64]
    patronymic: NDArray[np.float64]


@cache
def bearers(lexicon: names.Lexicon) -> Bearers:
    """A form that Russians rarely use is as common as the name that it is a form of: Mykola is Nikolay."""
    columns = lexicon.columns
    size = 1 + max(int(columns[name].max()) for name in ("groups", "fathers"))
    totals = []
    for column, count in (("groups", "given"), ("fathers", "patronymic")):
        at = columns[f"{column}_at"].astype(np.int64)
        of_each = np.repeat(columns[count].astype(np.float64), at[1:] - at[:-1])
        sums = np.bincount(columns[column].astype(np.int64), weights=of_each, minlength=size)
        totals.append(sums.astype(np.float64))
    return Bearers(totals[0], totals[1])


def bits(share: float) -> float:
    """How surprising it is to meet a word that this share of people bear; rarer than counted is capped."""
    return min(UNKNOWN, -math.log2(share)) if share > 0 else UNKNOWN


def empty(rows: int) -> Tokens:
    """Room for so many tokens."""
    return Tokens(
        letters=np.zeros((rows, LETTERS), dtype=np.uint8),
        length=np.zeros(rows, dtype=np.int32),
        base=np.zeros(rows, dtype=np.int32),
        rarity=np.full((rows, 4), UNKNOWN, dtype=np.float32),
        group=np.full((rows, CHOICES), -1, dtype=np.int32),
        father=np.full((rows, CHOICES), -1, dtype=np.int32),
    )


def grown(tokens: Tokens) -> Tokens:
    """The same rows with as much room again."""
    more = empty(len(tokens.length))
    return Tokens(
        letters=np.concatenate((tokens.letters, more.letters)),
        length=np.concatenate((tokens.length, more.length)),
        base=np.concatenate((tokens.base, more.base)),
        rarity=np.concatenate((tokens.rarity, more.rarity)),
        group=np.concatenate((tokens.group, more.group)),
        father=np.concatenate((tokens.father, more.father)),
    )
