# SPDX-License-Identifier: AGPL-3.0-or-later
"""Making a segment name by name."""

from array import array
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from watchword.core import names
from watchword.core.screening.index.collecting import Collector
from watchword.watchlists.segments.segment import Ids, Segment, contiguous, save


class SegmentWriter:
    """Collects names and writes them as one segment; nothing is on disk before ``finish``."""

    def __init__(self, path: Path, table_version: int = names.TABLE_VERSION) -> None:
        self.path, self.table_version = path, table_version
        self._collector, self._ids = Collector(), array("q")

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, name_id: int, skeletons: Sequence[str]) -> None:
        """One more name under its owner's number; raises ``WrongState`` for words that are no skeletons."""
        self._collector.add(skeletons)
        self._ids.append(name_id)

    def finish(self) -> Path:
        """Build and write the segment; returns where it is."""
        lexicon = names.lexicon()
        segment = numbered(self._collector, self._ids, lexicon)
        save(self.path, segment, table_version=self.table_version, lexicon=lexicon)
        return self.path


def numbered(collector: Collector, ids: Sequence[int] | Ids, lexicon: names.Lexicon) -> Segment:
    """The segment of collected names with their owner's numbers."""
    arrays = collector.arrays(lexicon)
    if contiguous(ids):
        return Segment(arrays, int(ids[0]) if len(ids) else 0)
    name_id = np.array(ids, dtype=np.int64)
    name_id.flags.writeable = False
    return Segment(arrays, 0, name_id)
