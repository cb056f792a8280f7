# SPDX-License-Identifier: AGPL-3.0-or-later
"""A segment on disk is whole, or it is not there: whatever stops the writer or touches the file."""

import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from watchword.core import names
from watchword.core.refusals import WrongState
from watchword.watchlists.segments import Index, SegmentWriter, merge
from watchword.watchlists.segments.container import MAGIC, read

PEOPLE = {
    4: "Зубков Денис Павлович",
    5: "Zubkova Marina",
    6: "Орлов Пётр",
    9: "Orlova Hanna Vasylivna",
}


@pytest.fixture
def segment(tmp_path: Path) -> Path:
    return written(tmp_path / "people.index", PEOPLE)


def written(path: Path, people: dict[int, str]) -> Path:
    writer = SegmentWriter(path)
    for number, text in people.items():
        writer.add(number, names.skeletons(text))
    return writer.finish()


def found(index: Index, text: str) -> list[int]:
    numbers: list[int] = index.search(names.skeletons(text))[0].tolist()
    return numbers


def test_people_are_found_under_their_owners_numbers(segment: Path) -> None:
    index = Index.open([segment])
    assert len(index) == 4
    assert found(index, "Denis Zubkov")[0] == 4
    assert found(index, "Анна Орлова")[0] == 9
    assert found(index, "Ганна Васильевна Орлова")[0] == 9
    assert found(index, "Семён Грач") == []


def test_several_segments_are_one_index(tmp_path: Path, segment: Path) -> None:
    later = written(tmp_path / "later.index", {70: "Грач Семён", 3: "Зубков Денис"})
    index = Index.open([segment, later])
    assert found(index, "Семён Грач") == [70]
    assert found(index, "Денис Зубков")[:2] == [3, 4]
    merged = Index.open([merge([segment, later], tmp_path / "merged.index")])
    merged.verify()
    for text in ("Семён Грач", "Денис Зубков", "Orlova"):
        assert sorted(found(merged, text)) == sorted(found(index, text))


def test_many_are_searched_as_one_by_one(segment: Path) -> None:
    index = Index.open([segment])
    told: list[int] = []
    queries = [names.skeletons(text) for text in [*PEOPLE.values(), "nobody"] * 500]
    numbers, scores = index.search_many(queries, 2, progress=told.append)
    assert told[-1] == len(queries)
    for row in range(5):
        one, score = index.search(queries[row], 2)
        assert numbers[row][numbers[row] >= 0].tolist() == one.tolist()
        assert scores[row][numbers[row] >= 0].tolist() == score.tolist()
    assert (numbers[5:10] == numbers[:5]).all()
    assert index.search_many([], 2)[0].shape == (0, 2)


def test_names_in_memory_are_found_as_on_disk(segment: Path) -> None:
    index = Index.in_memory([names.skeletons(text) for text in PEOPLE.values()])
    on_disk = Index.open([segment])
    for text in PEOPLE.values():
        assert [list(PEOPLE)[row] for row in found(index, text)] == found(on_disk, text)
    index.verify()


def failing(*_: object) -> None:
    raise OSError("no space left")


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_writer_that_fails_leaves_what_was_there(
    segment: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(os if step == "fsync" else Path, step, failing)
        with pytest.raises(OSError, match="no space"):
            written(segment, {1: "Грач Семён"})
    assert [path.name for path in segment.parent.iterdir()] == [segment.name]
    assert found(Index.open([segment]), "Денис Зубков")[0] == 4


def test_a_file_cut_anywhere_is_refused(segment: Path) -> None:
    content = segment.read_bytes()
    ends = [section.end for section in read(segment).sections]
    for size in {0, 1, 17, 18, 40, 83, 200, len(content) - 1, *ends, *(end - 1 for end in ends)}:
        if size < len(content):
            segment.write_bytes(content[:size])
            with pytest.raises(WrongState, match=r"damaged|not an index|read"):
                Index.open([segment])
    segment.write_bytes(content + b"\0")
    with pytest.raises(WrongState, match="damaged"):
        Index.open([segment])


def test_a_bit_that_flipped_is_found(segment: Path) -> None:
    container, content = read(segment), bytearray(segment.read_bytes())
    places = [0, 30, 100, 300] + [s.offset + (s.end - s.offset) // 2 for s in container.sections if s.length]
    for place in places:
        content[place] ^= 4
        segment.with_name("flipped").write_bytes(content)
        with pytest.raises(WrongState, match=r"damaged|not an index"):
            Index.open([segment.with_name("flipped")]).verify()
        content[place] ^= 4
    Index.open([segment]).verify()


def reheaded(path: Path, change: Callable[[dict[str, object]], None]) -> None:
    """Change the header and make its digest right again."""
    _, _, header, arrays = path.read_bytes().split(b"\n", 3)
    content = json.loads(header)
    change(content)
    line = json.dumps(content, sort_keys=True).encode().ljust(len(header)) + b"\n"
    path.write_bytes(MAGIC + sha256(line).hexdigest().encode() + b"\n" + line + arrays)


@pytest.mark.parametrize("fact", ["table_version", "lexicon"])
def test_an_index_of_other_tables_says_what_to_do(segment: Path, fact: str) -> None:
    def change(content: dict[str, object]) -> None:
        facts = content["facts"]
        assert isinstance(facts, dict)
        facts[fact] = 9 if fact == "table_version" else "0" * 16

    reheaded(segment, change)
    with pytest.raises(WrongState, match="update the list"):
        Index.open([segment])


@pytest.mark.parametrize(
    ("column", "value"), [(1, "<f4"), (1, "nonsense"), (2, -3), (3, 10**12), (0, "other")]
)
def test_arrays_that_are_not_as_they_should_be_are_refused(segment: Path, column: int, value: object) -> None:
    def change(content: dict[str, object]) -> None:
        sections = content["sections"]
        assert isinstance(sections, list)
        sections[1][column] = value

    reheaded(segment, change)
    with pytest.raises(WrongState, match="damaged"):
        Index.open([segment])


@pytest.mark.parametrize("content", [b"", b"a list of names", MAGIC, MAGIC + b"x" * 500, b"\0" * 4096])
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "foreign"
    path.write_bytes(content)
    with pytest.raises(WrongState, match=r"not an index|damaged"):
        Index.open([path])


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent"):
        with pytest.raises(WrongState, match="cannot be read"):
            Index.open([path])


def test_whoever_reads_keeps_reading_while_a_new_one_takes_its_place(segment: Path) -> None:
    before = Index.open([segment])
    written(segment, {1: "Грач Семён"})
    assert found(before, "Денис Зубков")[0] == 4
    before.verify()
    assert found(Index.open([segment]), "Семён Грач") == [1]


def test_names_without_words_keep_their_places(tmp_path: Path) -> None:
    people = dict(enumerate(["", "Орлов Пётр", "...", "Орлов Иван", ""]))
    index = Index.open([written(tmp_path / "gaps.index", people)])
    assert found(index, "Пётр Орлов")[0] == 1
    assert len(index) == 5


def test_the_arrays_cannot_be_written(segment: Path) -> None:
    with pytest.raises(ValueError, match="read-only"):
        read(segment).array("letters")[0] = np.uint8(1)
