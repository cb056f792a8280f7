# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many listed people a reader must look at for an applicant who is on no list."""

from collections.abc import Sequence

from bench import population
from bench.population import Population
from bench.screening import judging, metrics, ours, samples, worlds
from bench.screening.bars import Bar, Report
from bench.screening.samples import Pair
from bench.writing import Listed, listed
from watchword.core import names
from watchword.watchlists.segments import Index

APPLICANTS, CANDIDATES, RECALL = 300, 200, 0.93
# The peer is asked about the first of them only, and judged at the threshold that it recommends.
FEW, LOGIC_THRESHOLD = 100, 0.7


def measure(
    report: Report, rows: int, by_name: Sequence[Pair], by_birth: Sequence[Pair], against: bool
) -> None:
    """Alerts at the threshold that finds RECALL of the labelled pairs: names alone, then with birth dates."""
    people = population.draw(rows)
    applicants = population.strangers(people, APPLICANTS)
    register = listed(people, without_patronymic=0.0)
    found = candidates(register, applicants)
    for what, labelled, wanted in (("name only", by_name, 0.5), ("with birth date", by_birth, 0.05)):
        born = what == "with birth date"
        pairs = [side_by_side(register, applicants, found, row, born) for row in range(APPLICANTS)]
        scores = ours.bits([pair for some in pairs for pair in some])
        known, truth = ours.bits(labelled), judging.labels(labelled)
        threshold = metrics.threshold_for_recall(known, truth, RECALL)
        rate = float((scores >= threshold).sum()) / APPLICANTS
        print(f"  ours, {what}: at {threshold:.1f} bits, recall {RECALL}; {len(scores):,} candidates")
        beside = logic([pair for some in pairs[:FEW] for pair in some], labelled) if against else {}
        title = f"false alerts per applicant, {rows / 1_000_000:g} million listed, {what}"
        report.add(Bar(title, rate, wanted, at_most=True, peers=beside))


def candidates(register: Listed, applicants: Population) -> list[list[int]]:
    """The listed people whom our search puts before the judgement, for each applicant."""
    memo: dict[str, str] = {}
    index = Index.in_memory(
        " ".join(worlds.remembered(word, memo) for word in register.name(row)).split()
        for row in range(len(register))
    )
    asked = [names.skeletons(" ".join(applicants.words(row))) for row in range(len(applicants))]
    rows, _ = index.search_many(asked, CANDIDATES)
    return [[row for row in some if row >= 0] for some in rows.tolist()]


def side_by_side(
    register: Listed, applicants: Population, found: Sequence[Sequence[int]], row: int, born: bool
) -> list[Pair]:
    """One applicant beside each candidate, with birth dates if ``born``."""
    birth = applicants.birth_date(row) if born else ""
    applicant = samples.person(" ".join(applicants.words(row)), birth)
    return [
        samples.pair(
            applicant,
            samples.person(" ".join(register.name(other)), register.people.birth_date(other) if born else ""),
            same=False,
        )
        for other in found[row]
    ]


def logic(pairs: Sequence[Pair], labelled: Sequence[Pair]) -> dict[str, float]:
    """The peer's alerts per applicant among the first FEW, and its recall, said aloud."""
    scores = judging.rival([*pairs, *labelled])
    if not scores:
        return {}
    found = scores[judging.LOGIC]
    reached = metrics.quality(found[len(pairs) :], judging.labels(labelled), LOGIC_THRESHOLD)
    print(f"  {judging.LOGIC}: at {LOGIC_THRESHOLD}, recall {reached.recall:.3f}; {len(pairs):,} candidates")
    return {judging.LOGIC: float((found[: len(pairs)] >= LOGIC_THRESHOLD).sum()) / FEW}
