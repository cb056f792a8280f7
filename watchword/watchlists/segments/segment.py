# SPDX-License-Identifier: AGPL-3.0-or-later
"""One index of names as a file, with the numbers by which its owner knows the names."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from watchword.core import names
from watchword.core.refusals import WrongState, sentence
from watchword.core.screening.index.layout import Arrays, coherent
from watchword.watchlists.segments.container import Container, damaged, read, write

Ids = NDArray[np.int64]
IDS = "name_id"


@dataclass(frozen=True)
class Segment:
    """An index; its name ``i`` is its owner's ``first_id + i``, or ``name_id[i]`` if there is that array."""

    arrays: Arrays
    first_id: int = 0
    name_id: Ids | None = None

    def __len__(self) -> int:
        return len(self.arrays.name_start) - 1

    def ids(self, rows: NDArray[np.int32]) -> Ids:
        """The owner's numbers for rows of this index."""
        return rows + np.int64(self.first_id) if self.name_id is None else self.name_id[rows]


@cache
def edition(lexicon: names.Lexicon) -> str:
    """A digest of what the dictionary knows: the index holds its numbers of groups."""
    digest = sha256()
    for name in sorted(lexicon.columns):
        digest.update(name.encode() + lexicon.columns[name].tobytes())
    return digest.hexdigest()[:16]


def save(path: Path, segment: Segment, *, table_version: int, lexicon: names.Lexicon) -> None:
    """Write a segment to a file, whole or not at all."""
    facts: dict[str, Any] = {
        "table_version": table_version,
        "lexicon": edition(lexicon),
        "first_id": segment.first_id,
        "names": len(segment),
    }
    arrays = segment.arrays._asdict()
    if segment.name_id is not None:
        arrays[IDS] = segment.name_id
    write(path, facts, arrays)


def load(path: Path, lexicon: names.Lexicon) -> tuple[Segment, Container]:
    """Map a segment; raises ``WrongState`` if it is damaged or made with other tables or dictionary."""
    container = read(path)
    facts = container.facts
    if (facts.get("table_version"), facts.get("lexicon")) != (names.TABLE_VERSION, edition(lexicon)):
        raise WrongState(
            sentence(
                "%(file)s was built with other tables of spelling than this program has:"
                " update the list to build it again.",
                file=path.name,
            )
        )
    arrays = Arrays(*(container.array(field) for field in Arrays._fields))
    ids = container.array(IDS) if container.has(IDS) else None
    segment = Segment(arrays, facts["first_id"], ids)
    if (
        not coherent(arrays)
        or len(segment) != facts["names"]
        or (ids is not None and len(ids) != len(segment))
    ):
        raise damaged(path)
    return segment, container


def contiguous(ids: Sequence[int] | Ids) -> bool:
    """Whether the numbers count upward without a gap, so that the first says them all."""
    return len(ids) == 0 or (
        ids[-1] - ids[0] == len(ids) - 1 and bool((np.diff(np.asarray(ids, dtype=np.int64)) == 1).all())
    )
