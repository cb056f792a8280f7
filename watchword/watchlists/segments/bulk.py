# SPDX-License-Identifier: AGPL-3.0-or-later
"""Millions of names at once: several processes turn text into words, and this one builds the index."""

import multiprocessing
import re
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from watchword.core import names
from watchword.core.refusals import WrongState, sentence
from watchword.core.screening.index.collecting import Collector
from watchword.core.screening.index.layout import Int32
from watchword.watchlists.segments.segment import Segment, save

PART, AHEAD = 20_000, 2  # names that a process reads at a time, and how many such lots wait for each
LONG_TEXT = 200  # characters; what is longer is no plain name
LATIN, CYRILLIC, ANY_ALPHABET, ALPHABET_BITS = 1, 2, 3, 2
OTHERS = {0: "", LATIN: "Orlov Zubkov ", CYRILLIC: "Орлов Зубков "}
PLAIN_CYRILLIC = re.compile("[А-Яа-яЁёІіЇїЄєҐґЎў]+").fullmatch


class Part(NamedTuple):
    """Names as numbers of words, in octets that pass quickly between processes.

    The numbers are the reader's own; ``fresh`` are the words that it met for the first time.
    """

    reader: int
    fresh: list[str]
    words: bytes
    lengths: bytes


class Reader:
    """Turns text into numbers of skeletons; it remembers words for one run, because names are secrets.

    Nearly all names are plain: words of one alphabet with spaces between. There a word reads the same in
    every name, so that each is looked at once. Every other name is read as a whole.
    """

    def __init__(self) -> None:
        self._plain: dict[str, int] = {}
        self._number: dict[str, int] = {}

    def read(self, texts: Iterable[str]) -> "tuple[list[str], array[int], array[int]]":
        """The new words, the numbers of all words one after another, and how many each name has."""
        plain, words, lengths, before = self._plain, array("i"), array("i"), len(self._number)
        for text in texts:
            found, alphabet = [], ANY_ALPHABET
            for piece in text.split():
                known = plain.get(piece)
                if known is None:
                    known = self._learn(piece)
                alphabet &= known
                found.append(known >> ALPHABET_BITS)
            if not alphabet or len(text) > LONG_TEXT:
                found = [self._number_of(skeleton) for skeleton in names.skeletons(text)]
            words.extend(found)
            lengths.append(len(found))
        return list(islice(self._number, before, None)), words, lengths

    def _learn(self, piece: str) -> int:
        """The number of a plain word with the bit of its alphabet; 0 for a piece that is not plain."""
        alphabet = LATIN if piece.isascii() else CYRILLIC if PLAIN_CYRILLIC(piece) else 0
        words, known = names.split(piece), 0
        # A title is a word where it stands alone, and none among other words.
        if len(words) == 1 and names.split(OTHERS[alphabet] + piece)[2:] == words:
            skeleton = names.skeleton(words[0])
            known = self._number_of(skeleton) << ALPHABET_BITS | alphabet if skeleton else 0
        return self._plain.setdefault(piece, known)

    def _number_of(self, skeleton: str) -> int:
        return self._number.setdefault(skeleton, len(self._number))


class Gathering:
    """Brings the words of several readers under one numbering."""

    def __init__(self) -> None:
        self.collector = Collector()
        self._numbers: dict[int, Int32] = {}

    def add(self, part: Part) -> None:
        """Names that a reader read; its parts must come in the order in which it read them."""
        fresh = np.array([self.collector.number_of(word) for word in part.fresh], dtype=np.int32)
        known = np.append(self._numbers.get(part.reader, fresh[:0]), fresh)
        self._numbers[part.reader] = known
        words = np.frombuffer(part.words, dtype=np.int32)
        self.collector.add_rows(known[words], np.frombuffer(part.lengths, dtype=np.int32))


def build_from_names(
    path: Path,
    texts: Iterable[str],
    *,
    processes: int = 2,
    first_id: int = 0,
    progress: Callable[[int], None] | None = None,
) -> Path:
    """Write a segment of these names, the first of them number ``first_id``; returns where it is.

    ``progress`` is told how many names were read. A program that calls this with more than one process
    must be importable without running, as always with ``multiprocessing``.
    """
    gathering = Gathering()
    for part in read_parts(texts, processes):
        gathering.add(part)
        if progress is not None:
            progress(len(gathering.collector))
    lexicon = names.lexicon()
    segment = Segment(gathering.collector.arrays(lexicon), first_id)
    save(path, segment, table_version=names.TABLE_VERSION, lexicon=lexicon)
    return path


def read_parts(texts: Iterable[str], processes: int) -> Iterator[Part]:
    """The names in their order, read by so many processes."""
    pieces = iter(texts)
    lots = iter(lambda: list(islice(pieces, PART)), [])
    if processes == 1:
        reader = Reader()
        yield from (part_of(reader, 0, lot) for lot in lots)
        return
    # A fork of a process with threads may stand still for ever, so these start afresh.
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        # A few lots ahead keep every process busy; all of them at once would fill the memory.
        waiting = deque(pool.submit(read_lot, lot) for lot in islice(lots, AHEAD * processes))
        try:
            while waiting:
                yield waiting.popleft().result()
                waiting.extend(pool.submit(read_lot, lot) for lot in islice(lots, 1))
        except BrokenProcessPool:
            raise WrongState(
                sentence("A process that was reading names ended before its time: build it again.")
            ) from None


own_reader: list[Reader] = []


def read_lot(texts: list[str]) -> Part:
    """What one process of the pool does, with a reader that lives as long as the process."""
    if not own_reader:
        own_reader.append(Reader())
    return part_of(own_reader[0], multiprocessing.current_process().pid or 0, texts)


def part_of(reader: Reader, number: int, texts: Iterable[str]) -> Part:
    fresh, words, lengths = reader.read(texts)
    return Part(number, fresh, words.tobytes(), lengths.tobytes())
