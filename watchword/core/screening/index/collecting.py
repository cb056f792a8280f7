# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names on their way into an index: every distinct word gets a number, in the end the number of its rank."""

from array import array
from collections.abc import Iterable, Sequence

import numpy as np

from watchword.core.refusals import WrongState, sentence
from watchword.core.screening.index.building import build
from watchword.core.screening.index.keys import Lexicon, key_columns
from watchword.core.screening.index.layout import Arrays, Int32
from watchword.core.screening.index.words import pack

MOST_IN_ALL = (1 << 31) - 1  # words of all names together: they are counted in 32 bits


class Collector:
    """Holds names as numbers of words until ``arrays`` makes an index of them."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._words = array("i")
        self._ends = array("i")

    def __len__(self) -> int:
        return len(self._ends)

    def add(self, skeletons: Iterable[str]) -> None:
        """One more name, as the skeletons of its words; empty ones do not count."""
        self.add_numbers([self.number_of(word) for word in skeletons if word])

    def number_of(self, word: str) -> int:
        """The number of a word, new or known."""
        return self._number.setdefault(word, len(self._number))

    def add_numbers(self, numbers: Sequence[int]) -> None:
        """One more name, as numbers of words."""
        self._words.extend(numbers)
        self._end(len(self._words))

    def add_rows(self, numbers: Int32, lengths: Int32) -> None:
        """Many names at once: their words one after another, and how many each has."""
        ends = len(self._words) + np.cumsum(lengths, dtype=np.int64)
        if len(ends):
            self._check(int(ends[-1]))
        self._words.frombytes(np.ascontiguousarray(numbers, dtype=np.int32).tobytes())
        self._ends.frombytes(ends.astype(np.int32).tobytes())

    def _end(self, end: int) -> None:
        self._check(end)
        self._ends.append(end)

    @staticmethod
    def _check(end: int) -> None:
        if end > MOST_IN_ALL:
            raise WrongState(sentence("One index holds at most two thousand million words; make two."))

    def arrays(self, lexicon: Lexicon) -> Arrays:
        """The index of the names so far; the collector is empty afterwards, to spare memory."""
        words = sorted(self._number)
        rank = np.empty(len(words), dtype=np.int32)
        rank[[self._number[word] for word in words]] = np.arange(len(words), dtype=np.int32)
        name_word = rank[np.frombuffer(self._words, dtype=np.int32)]
        name_start = np.append(np.int32(0), np.frombuffer(self._ends, dtype=np.int32))
        self.__init__()  # type: ignore[misc]
        return build(pack(words), key_columns(words, lexicon), name_start, name_word)
