# SPDX-License-Identifier: AGPL-3.0-or-later
"""A thief of the table, who knows how often every name is borne, reads nothing; of plain tokens, much."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from watchword.core import names
from watchword.core.linkage import Born, Identity, Kind, WrittenName, match_keys
from watchword.core.linkage.words import NameReader
from watchword.core.sealing.primitives import hmac_sha256, sha256
from watchword.matcher.keys import KINDS, Keys
from watchword.matcher.table import LARGEST_BUCKET, Table

KEYS = Keys([b"k" * 32])
CASES = 1500
GIVEN = ("Иван", "Пётр", "Олег", "Анна", "Павел", "Мария", "Денис", "Юрий", "Нина", "Глеб")
SURNAMES = ("Береговой", "Квасюк", "Дудка", "Ромашин", "Лозовой", "Тихий", "Гончар", "Мороз", "Сова", "Ясень")


def applicants() -> list[tuple[str, str, int]]:
    """Given name, surname, year: the earlier in the lists, the more frequent, as names are."""
    random = np.random.default_rng(3)
    shares = np.array([0.55**rank for rank in range(10)])
    given, surnames = (random.choice(10, CASES, p=shares / shares.sum()) for _ in range(2))
    years = random.integers(1960, 2008, CASES)
    return [
        (GIVEN[one], SURNAMES[other], int(year))
        for one, other, year in zip(given, surnames, years, strict=True)
    ]


@pytest.fixture(scope="module")
def stolen(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    """The file of a table that holds them all."""
    file, reader = tmp_path_factory.mktemp("stolen") / "table.db", NameReader(names.lexicon())
    table = Table(file, KEYS)
    table.load((number.to_bytes(16), tokens(reader, *one)) for number, one in enumerate(applicants()))
    table.close()
    return sqlite3.connect(file)


def tokens(reader: NameReader, given: str, surname: str, year: int) -> list[tuple[int, bytes]]:
    person = Identity((WrittenName("", surname, given),), (Born(year, 3, 9),))
    keys = sorted(match_keys(person, reader))
    return [
        (KINDS.index(kind), KEYS.token(KINDS.index(kind), sha256(value.encode()))) for kind, value in keys
    ]


def ranked(values: Iterable[object]) -> list[object]:
    """The values from the most frequent on; those that are all equally frequent say nothing."""
    counted = Counter(values)
    return [value for value, _ in counted.most_common()] if len(set(counted.values())) > 1 else []


def recovered(column: list[object], truth: list[str]) -> int:
    """For how many people the attack names the right name: the nth most frequent value is the nth name."""
    guess = dict(zip(ranked(column), ranked(truth), strict=False))
    return sum(guess.get(value) == name for value, name in zip(column, truth, strict=True))


def test_the_attack_reads_a_table_of_plain_tokens() -> None:
    given = [one for one, _, _ in applicants()]
    plain: list[object] = [hmac_sha256(b"secret", name.encode()) for name in given]
    assert recovered(plain, given) > CASES // 2


def test_it_reads_plain_tokens_of_our_very_keys_too() -> None:
    """Several things in one key are no defence: those born on one day are ranked by their names."""
    people, reader = applicants(), NameReader(names.lexicon())
    day = KINDS.index(Kind.NAME_DAY)
    plain: list[object] = [
        next(token for kind, token in tokens(reader, *one) if kind == day) for one in people
    ]
    assert recovered(plain, [f"{given} {surname}" for given, surname, _ in people]) > CASES // 2


def test_it_reads_no_name_in_ours(stolen: sqlite3.Connection) -> None:
    rows = stolen.execute("select place, sealed from places").fetchall()
    for column in zip(*rows, strict=True):
        assert not ranked(column), "no value occurs oftener than another"
    # Nor does a part of a value: every byte at every place is as frequent as chance makes it.
    for part in (b"".join(place for place, _ in rows), b"".join(sealed for _, sealed in rows)):
        counts = np.bincount(np.frombuffer(part, np.uint8), minlength=256)
        expected = len(part) / 256
        assert np.abs(counts - expected).max() < 6 * expected**0.5


def test_rows_of_nobody_blur_how_many_there_are(stolen: sqlite3.Connection) -> None:
    (cases,), (labels,) = (
        stolen.execute(f"select count(*) from {table}").fetchone() for table in ("places", "cases")
    )
    reader = NameReader(names.lexicon())
    members = Counter(token for one in applicants() for token in tokens(reader, *one))
    true = sum(min(count, LARGEST_BUCKET) for count in members.values())
    assert 1.1 < cases / true < 1.35
    assert 1.1 < labels / CASES < 1.25


def test_with_the_key_it_is_open_which_is_why_the_key_is_split(tmp_path: Path) -> None:
    reader = NameReader(names.lexicon())
    table = Table(tmp_path / "table.db", KEYS)
    table.put(b"v" * 16, tokens(reader, "Глеб", "Ясень", 1977))
    guess = tokens(reader, "Gleb", "Yasen", 1977)
    table.put(b"thief's own case", guess)
    assert [one.case for one in table.sharing(b"thief's own case")] == [b"v" * 16]


def test_another_key_reads_nothing_of_it(tmp_path: Path) -> None:
    file, reader = tmp_path / "table.db", NameReader(names.lexicon())
    Table(file, KEYS).put(b"v" * 16, tokens(reader, "Глеб", "Ясень", 1977))
    other = Table(file, Keys([b"x" * 32]))
    other.put(b"t" * 16, tokens(reader, "Глеб", "Дудка", 1977))
    assert other.sharing(b"t" * 16) == []


def test_a_bucket_has_an_end_and_closes_its_gaps(tmp_path: Path) -> None:
    table, token = Table(tmp_path / "table.db", KEYS), (0, b"t" * 16)
    cases = [number.to_bytes(16) for number in range(1, LARGEST_BUCKET + 3)]
    for case in cases:
        table.put(case, [token])
    assert len(table.sharing(cases[0])) == LARGEST_BUCKET - 1
    for case in cases[: LARGEST_BUCKET - 2]:
        table.forget(case)
    assert {one.case for one in table.sharing(cases[-1])} == set(cases[LARGEST_BUCKET - 2 : LARGEST_BUCKET])
