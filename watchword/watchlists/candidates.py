# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whom of a list to compare with whom: by name, by document, by birthday."""

from collections.abc import Sequence

import numpy as np

from watchword.core.names import Memo
from watchword.core.screening.record import Person
from watchword.watchlists.indexing import Skeletons
from watchword.watchlists.opened import Opened
from watchword.watchlists.pairs import Pairs, distinct

EACH = 40
"""Names that an index proposes for each name asked."""

Asked = Sequence[Sequence[Skeletons]]


def asked(people: Sequence[Person], memo: Memo) -> list[list[Skeletons]]:
    """The names of each person as skeletons, each spelling once."""
    return [
        sorted({tuple(sorted(found)) for name in person.names if (found := memo.skeletons(name.text))})
        for person in people
    ]


def candidates(one: Opened, people: Sequence[Person], memo: Memo) -> Pairs:
    """Pairs of a person, by place in ``people``, and a record that may speak of the same one."""
    names = asked(people, memo)
    return distinct(_by_name(one, names), one.marked_like(people, names))


def _by_name(one: Opened, names: Asked) -> Pairs:
    """Ask the list for the names of the people."""
    owners = np.repeat(np.arange(len(names)), [len(its) for its in names])
    numbers, _ = one.index.search_many([query for its in names for query in its], EACH)
    found = numbers >= 0
    who = np.broadcast_to(owners[:, np.newaxis], numbers.shape)[found]
    return who, one.rows_of(numbers[found])
