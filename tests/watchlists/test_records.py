# SPDX-License-Identifier: AGPL-3.0-or-later
"""People survive the disk, and two versions differ in exactly what differs."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from watchword.core.screening.dates import PartialDate
from watchword.core.screening.record import Document, NameKind, Person, PersonName
from watchword.watchlists import delta, repeats
from watchword.watchlists.people import from_line, to_line
from watchword.watchlists.records import Records, RecordWriter

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
names = st.builds(PersonName, texts, st.sampled_from(NameKind), texts | st.just(""), texts | st.just(""))
people = st.builds(
    Person,
    key=texts,
    names=st.lists(names, min_size=1, max_size=3).map(tuple),
    births=st.lists(
        st.builds(PartialDate, st.integers(1800, 2100), st.integers(1, 12), st.integers(1, 28), st.booleans())
    ).map(tuple),
    places=st.lists(texts).map(tuple),
    documents=st.lists(st.builds(Document, texts, texts, texts)).map(tuple),
    gender=st.sampled_from(["", "m", "f"]),
    remarks=st.just("") | texts,
)
# A version of a list: keys with what is said of them; a key may come more than once.
versions = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("xyz")), min_size=1, max_size=8)


@given(people)
def test_a_person_is_read_back_as_written(person: Person) -> None:
    line = to_line(person)
    assert "\n" not in line
    assert from_line(line) == person


def store(directory: Path, rows: list[tuple[str, str]]) -> Path:
    directory.mkdir()
    writer = RecordWriter(directory)
    for key, remarks in rows:
        writer.add(Person(key, (PersonName("Foma"), PersonName("Foma Vydumkin")), remarks=remarks))
    writer.finish()
    list(repeats.settle(directory))
    return directory


@settings(max_examples=40, deadline=None)
@given(versions, versions)
def test_the_difference_of_two_versions_is_counted_right(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    with TemporaryDirectory() as place:
        old, new = store(Path(place) / "old", before), store(Path(place) / "new", after)
        delta.first(old, 1)
        found = delta.between(old, new, 2)
        olds, news = (Counter(key for key, _ in rows) for rows in (before, after))
        assert found.added == (news - olds).total()
        assert found.removed == (olds - news).total()
        pairs = zip(numbered(after), after, strict=True)
        known = dict(zip(numbered(before), (said for _, said in before), strict=True))
        changed = [key for key, (_, said) in pairs if known.get(key, said) != said]
        assert found.changed == len(changed)
        assert len(Records(new).changed_after(1)) == found.added + found.changed


def numbered(rows: list[tuple[str, str]]) -> list[tuple[str, int]]:
    """Each key with how often it stood before."""
    seen: Counter[str] = Counter()
    found = []
    for key, _ in rows:
        found.append((key, seen[key]))
        seen[key] += 1
    return found


@given(st.lists(st.integers(0, 4)))
def test_a_key_knows_how_often_it_stood_before(keys: list[int]) -> None:
    found = repeats.ordinals(np.array(keys, dtype=np.uint64)).tolist()
    assert found == [keys[:at].count(key) for at, key in enumerate(keys)]


def test_every_name_leads_to_its_person(tmp_path: Path) -> None:
    directory = store(tmp_path / "one", [("a", "x"), ("b", "y"), ("c", "z")])
    delta.first(directory, 1)
    records = Records(directory)
    assert records.rows_of(np.arange(6)).tolist() == [0, 0, 1, 1, 2, 2]
    assert [person.key for person in records] == ["a", "b", "c"]
