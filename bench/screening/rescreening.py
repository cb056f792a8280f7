# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many people against many: a day's applicants against everything, every case against what changed."""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench import population
from bench.misspelling import COMMON
from bench.peers.job import timed
from bench.screening import samples, shelves
from bench.screening.bars import Bar, Report
from bench.writing import CYRILLIC, Listed, Pen, listed
from watchword.core.screening.record import Person

APPLICANTS, CASES, CHANGED = 10_000, 1_000_000, 10_000
EVERY = 10  # one applicant in so many is listed


def applicants(report: Report, rows: int) -> None:
    """APPLICANTS people against ``rows`` listed, judged and explained, on two processes."""
    register = listed(population.draw(rows))
    people = asking(register, APPLICANTS)
    with TemporaryDirectory(prefix="ww-bench-") as folder:
        shelf = shelves.filled(Path(folder), register)
        with shelves.searching(shelf, people) as search, timed() as took:
            hits = search()
    explained = sum(map(len, hits))
    found = sum(
        any(hit.person.key == person.key for hit in some) for person, some in zip(people, hits, strict=True)
    )
    print(
        f"  {explained:,} hits explained; {found / (APPLICANTS // EVERY):.3f} of those listed were among them"
    )
    what = f"applicants per second against {rows / 1_000_000:g} million, judged and explained"
    report.add(Bar(what, APPLICANTS / took[0], 400))


def changes(report: Report) -> None:
    """CASES people against a list of CHANGED new ones, judged, on two processes."""
    people = population.draw(CASES)
    cases = [
        samples.person(" ".join(people.words(row)), people.birth_date(row)) for row in range(len(people))
    ]
    with TemporaryDirectory(prefix="ww-bench-") as folder:
        shelf = shelves.filled(Path(folder), listed(population.draw(CHANGED, seed=11)))
        with shelves.searching(shelf, cases) as search, timed() as took:
            hits = search()
    print(f"  {sum(map(len, hits)):,} hits")
    report.add(Bar("seconds for 1 million cases against 10,000 changed", took[0], 10, at_most=True))


def asking(register: Listed, count: int) -> list[Person]:
    """Applicants in Cyrillic with their birth dates; one in EVERY is listed, misspelled, under that key."""
    random, people = Random(6), register.people
    others = population.strangers(people, count)
    pen, found = Pen(others.texts), []
    for number in range(count):
        if number % EVERY == 0:
            row = random.randrange(len(people))
            words = random.choice(COMMON)(register.pen.name(people, row, random.choice(CYRILLIC)), random)
            found.append(samples.person(" ".join(words), people.birth_date(row), key=str(row)))
        else:
            words = pen.name(others, number, random.choice(CYRILLIC))
            found.append(samples.person(" ".join(words), others.birth_date(number)))
    return found
