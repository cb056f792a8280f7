# SPDX-License-Identifier: AGPL-3.0-or-later
"""Records are left unread only where reading them could change nothing."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watchlists.files import add, written
from tests.watchlists.test_crowd import LISTED, crowd, invented
from watchword.core.screening.dates import PartialDate
from watchword.core.screening.record import Person, PersonName
from watchword.watchlists import Shelf
from watchword.watchlists.people import births_written, dates_of, to_line

HOSTILE = st.sampled_from(('"births": ["1900"]', 'births": [', "]", '\\"births\\": [', "", "Выдумкин"))
DATES = st.builds(PartialDate, st.integers(1, 9999), st.none() | st.integers(1, 12), circa=st.booleans())


@pytest.mark.parametrize("seed", [3, 4])
def test_whoever_is_likely_enough_is_found_whether_or_not_others_are_read(tmp_path: Path, seed: int) -> None:
    random, shelf = Random(seed), Shelf(tmp_path / "shelf")
    rows = [dict(zip(("name", "birth_date"), invented(random), strict=True)) for _ in range(LISTED)]
    add(shelf, written(tmp_path / "list.csv", [{"id": str(at), **row} for at, row in enumerate(rows)]))
    screen, people = shelf.open(), crowd(random)[:LISTED]
    everybody = screen.search_many(people, limit=LISTED)
    for at_least in (0.05, 0.5, 0.9):
        likely = [[hit for hit in some if hit.judgement.probability >= at_least] for some in everybody]
        assert screen.search_many(people, limit=LISTED, at_least=at_least) == likely


@given(HOSTILE, HOSTILE, st.lists(DATES, max_size=3))
def test_births_are_found_in_a_line_whatever_else_it_says(
    name: str, remarks: str, births: list[PartialDate]
) -> None:
    person = Person(remarks, (PersonName(name),), births=tuple(births), places=(name,), remarks=remarks)
    assert dates_of(births_written(to_line(person).encode())) == births
