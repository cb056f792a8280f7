# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which proposed pairs are worth reading the listed record for: most are namesakes born on another day.

The best that a person's own words can ever be worth is known before anybody is compared with them. Where
that, with the dates of the two, stays below what is asked, the record is neither read nor judged.
"""

import numpy as np

from watchword.core.screening.arrays import Float64, Int32, Ragged, Tokens
from watchword.core.screening.compare.levels import ANY, CROSS, GLUED, PARTS_BITS
from watchword.core.screening.compare.weights import CONTACT, COUNTRY, DOCUMENT, GENDER, PLACE, Weights
from watchword.core.screening.crowd.dates import Dates, weigh_dates
from watchword.core.screening.encoding import EncodedPeople, running
from watchword.watchlists.pairs import Rows
from watchword.watchlists.people import dates_of
from watchword.watchlists.records import Records

Date = tuple[int, int, int, int]


class ListedDates:
    """The dates of listed people, each way of writing them read once in a run."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._known: dict[bytes, list[Date]] = {}

    def of(self, rows: Rows) -> Dates:
        """The dates of these rows, in their order."""
        dates = [self._of(row) for row in rows.tolist()]
        flat = np.array([day for its in dates for day in its], dtype=np.int32).reshape(-1, 4)
        return Dates(running([len(its) for its in dates]), flat)

    def _of(self, row: int) -> list[Date]:
        written = self._records.births_written(row)
        known = self._known.get(written)
        if known is None:
            known = [(day.year, day.month or 0, day.day or 0, int(day.circa)) for day in dates_of(written)]
            self._known[written] = known
        return known


def most_bits(
    searched: EncodedPeople, left: Rows, listed: ListedDates, row: Rows, weights: Weights
) -> Float64:
    """The most that each pair of ``left`` among the searched and a listed ``row`` can be worth, in bits."""
    rows, which = np.unique(row, return_inverse=True)
    dates, bits = Dates(searched.people.birth_start, searched.people.birth), np.zeros(len(row))
    weigh_dates(dates, listed.of(rows), np.stack((left, which), axis=1).astype(np.int32), weights.birth, bits)
    most: Float64 = bits + most_without_dates(searched, weights)[left]
    return most


def most_without_dates(searched: EncodedPeople, weights: Weights) -> Float64:
    """The most that everything but dates can be worth for each person, whoever is compared with them."""
    people, names = searched.people, searched.people.names
    words = most_of_words(searched.tokens, names.token, names.role.astype(np.int32), weights)
    name = np.repeat(np.arange(len(names.gender)), np.diff(names.start))
    of_name = np.bincount(name, weights=words, minlength=len(names.gender))
    most = np.zeros(len(searched))
    np.maximum.at(most, np.repeat(np.arange(len(searched)), np.diff(people.name)), of_name)
    agreeing = np.maximum(weights.field[:, 0], 0.0)
    most += agreeing[GENDER]
    fields: dict[int, Ragged] = {
        PLACE: people.place,
        COUNTRY: people.country,
        DOCUMENT: people.document,
        CONTACT: people.contact,
    }
    for feature, values in fields.items():
        most += agreeing[feature] * (np.diff(values.start) > 0)
    return most


def most_of_words(tokens: Tokens, token: Int32, role: Int32, weights: Weights) -> Float64:
    """The most that each word can be worth in the parts that its role leaves open.

    A word without a part of its own takes that of the other one. Two words may be found to be one listed
    word, which is rarer than either, so that each of them is worth half of that at least.
    """
    glued = float((weights.word[:, GLUED] + weights.rarity[GLUED] * weights.rarest).max())
    most = np.full(len(token), max(0.0, glued / 2))
    for part in range(len(weights.word)):
        rarity = np.minimum(tokens.rarity[token, min(part, ANY)], weights.rarest)
        bits = (weights.word[part] + np.outer(rarity, weights.rarity)).max(axis=1)
        may_be = (role & PARTS_BITS == 0) | (part in (ANY, CROSS)) | (role >> part & 1 > 0)
        most = np.where(may_be, np.maximum(most, bits), most)
    return most
