# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whom of a list to compare with whom: by name in either direction, by document, by birthday."""

from collections.abc import Sequence

import numpy as np

from watchword.core.names import Memo
from watchword.core.screening.record import Person
from watchword.watchlists.indexing import Skeletons, named
from watchword.watchlists.opened import Opened
from watchword.watchlists.pairs import Pairs, distinct
from watchword.watchlists.segments import Index

EACH, TURNED_EACH = 40, 200
"""Names that an index proposes for each name asked; more of the people, who all have to be found."""
TURNED = 5
"""How many times more people than listed names make it quicker to ask the people for the listed names."""

Asked = Sequence[Sequence[Skeletons]]


def asked(people: Sequence[Person], memo: Memo) -> list[list[Skeletons]]:
    """The names of each person as skeletons, each spelling once."""
    return [
        sorted({tuple(sorted(found)) for name in person.names if (found := memo.skeletons(name.text))})
        for person in people
    ]


def candidates(one: Opened, people: Sequence[Person], names: Asked) -> Pairs:
    """Pairs of a person, by place in ``people``, and a record that may speak of the same one."""
    turned = len(people) > TURNED * len(one.index)
    by_name = _listed_among(one, names) if turned else _among_listed(one, names)
    return distinct(by_name, one.marked_like(people, names))


def _among_listed(one: Opened, names: Asked) -> Pairs:
    """Ask the list for the names of the people."""
    owners = np.repeat(np.arange(len(names)), [len(its) for its in names])
    numbers, _ = one.index.search_many([query for its in names for query in its], EACH)
    found = numbers >= 0
    who = np.broadcast_to(owners[:, np.newaxis], numbers.shape)[found]
    return who, one.rows_of(numbers[found])


def _listed_among(one: Opened, names: Asked) -> Pairs:
    """Ask the people for the names of the list, where they are many and it is short."""
    owners = np.repeat(np.arange(len(names)), [len(its) for its in names])
    index = Index.in_memory([spelled for its in names for spelled in its])
    listed = list(named(one.records, one.searched.tolist()))
    rows = np.repeat([row for row, _, _ in listed], [len(spelled) for _, _, spelled in listed])
    queries = [query for _, _, spelled in listed for query in spelled]
    numbers, _ = index.search_many(queries, TURNED_EACH)
    found = numbers >= 0
    row = np.broadcast_to(rows[:, np.newaxis], numbers.shape)[found]
    return owners[numbers[found]], row.astype(np.int64)
