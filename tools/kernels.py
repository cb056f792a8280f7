# SPDX-License-Identifier: AGPL-3.0-or-later
"""Compile the kernels of searching and comparing, so that nobody waits for that later: part of the build."""

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from watchword.core import names, screening
from watchword.core.screening import compare
from watchword.core.screening.encoding import Encoder
from watchword.core.screening.record import Person, PersonName
from watchword.watchlists.segments import Index

SCREENING = Path(screening.__file__).parent
SPELLINGS = ("Зубков Денис Павлович", "Zubkov Denis")


def forget() -> None:
    """Drop what was compiled before: files of older kernels would lie there for ever."""
    for pattern in ("*.nbi", "*.nbc"):
        for file in SCREENING.rglob(f"__pycache__/{pattern}"):
            file.unlink(missing_ok=True)


def index() -> None:
    """Build an index of two names and ask it."""
    skeletons = [names.skeletons(text) for text in SPELLINGS]
    Index.in_memory(skeletons).search(skeletons[0])


def comparison() -> None:
    """Judge one pair in a batch and one by itself."""
    one, other = (Person(text, (PersonName(text),)) for text in SPELLINGS)
    encoder = Encoder(names.lexicon())
    left, right = encoder.people([one]), encoder.people([other])
    rows = left.people.name[:1] * 0
    compare.judge(left, rows, right, rows)
    compare.explain(one, other)


def timed(work: Callable[[], None]) -> str:
    began = time.perf_counter()
    work()
    return f"kernels of {work.__name__}: {time.perf_counter() - began:.1f} s"


def main() -> None:
    """Side by side: the compiler itself uses one core."""
    forget()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        for said in processes.map(timed, (index, comparison)):
            print(said)


if __name__ == "__main__":
    main()
