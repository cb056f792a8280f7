# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading millions of names quickly gives the words that reading them one by one gives."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchword.core import names
from watchword.watchlists.segments import Index, bulk
from watchword.watchlists.segments.bulk import Reader

PIECES = [
    "Зубков",
    "Zubkov",
    "Анна-Мария",
    "д-р",
    "Dr",
    "доктор",
    "ДенисПетрович",
    "Oр",
    "О",
    "O'Brien",
    "И.",
]
PIECES += ["Ё", "fon", "123", "SADUL", "è", "\u0301", "Ли", ",", "van", "ABDEL", "ПетроB", "мulla"]
text = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=6).map(" ".join)


@settings(max_examples=80, deadline=None)
@given(st.lists(text, max_size=12), st.integers(0, 12))
def test_names_read_in_bulk_have_the_words_that_they_have_one_by_one(texts: list[str], half: int) -> None:
    reader, known = Reader(), []
    read = []
    for lot in (texts[:half], texts[half:]):
        fresh, words, lengths = reader.read(lot)
        known += fresh
        numbers = iter(words)
        read += [tuple(known[next(numbers)] for _ in range(length)) for length in lengths]
    assert read == [names.skeletons(one) for one in texts]
    assert len(set(known)) == len(known)


def test_several_processes_build_what_one_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "PART", 7)
    texts = [f"{surname} {given}" for surname in PIECES for given in ("Пётр", "Denis", "Анна")]
    told: list[int] = []
    alone = bulk.build_from_names(tmp_path / "alone", texts, processes=1, first_id=5)
    shared = bulk.build_from_names(tmp_path / "shared", texts, first_id=5, progress=told.append)
    assert shared.read_bytes() == alone.read_bytes()
    assert told == [*range(7, len(texts), 7), len(texts)]
    assert Index.open([shared]).search(names.skeletons("Zubkov Denis"), 1)[0].tolist() == [6]
