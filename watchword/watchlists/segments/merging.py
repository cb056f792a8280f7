# SPDX-License-Identifier: AGPL-3.0-or-later
"""Several segments become one, so that a list which grows by additions stays quick to search."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from watchword.core import names
from watchword.core.screening.index.collecting import Collector
from watchword.core.screening.index.layout import Words
from watchword.core.screening.index.words import unpack
from watchword.watchlists.segments.container import Container
from watchword.watchlists.segments.segment import load, save
from watchword.watchlists.segments.writing import numbered


def merge(sources: Sequence[Path], target: Path) -> Path:
    """Write one segment with the names of all ``sources``, under their owner's numbers; returns where it is.

    Every byte read is verified first: a merge must not make an old fault look new. The sources stay; whoever
    has them open keeps reading them. Raises ``WrongState`` if one is damaged or of another make.
    """
    lexicon, collector, ids = names.lexicon(), Collector(), []
    opened: list[Container] = []
    for source in sources:
        segment, container = load(source, lexicon)
        container.verify()
        opened.append(container)
        arrays = segment.arrays
        words = unpack(Words(arrays.letters, arrays.word_start))
        number = np.array([collector.number_of(word) for word in words], dtype=np.int32)
        collector.add_rows(number[arrays.name_word], np.diff(arrays.name_start))
        ids.append(segment.ids(np.arange(len(segment), dtype=np.int32)))
    merged = numbered(collector, np.concatenate([np.empty(0, np.int64), *ids]), lexicon)
    save(target, merged, table_version=names.TABLE_VERSION, lexicon=lexicon)
    return target
