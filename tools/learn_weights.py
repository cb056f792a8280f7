# SPDX-License-Identifier: AGPL-3.0-or-later
"""Learns the numbers of the comparison: ``python -m tools.learn_weights FILE... [--leave-out PATTERN]``.

A FILE holds labelled pairs, as `tools.learning.pairs` reads them. Invented pairs are always added, at a small
share. What PATTERN finds in the kind or the people of a pair is judged and never learned from. Figures are
of pairs that were not learned from: one person's pairs are always all in or all out.
"""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.learning import calibration
from tools.learning.design import COLUMNS, design
from tools.learning.fit import HELD, Fitted, Sample, fit, put, started, stated
from tools.learning.invented import invented
from tools.learning.pairs import Pair, fold, read
from tools.learning.tables import Tables, start, written

ROOT = Path(__file__).resolve().parents[1]
PARAMETERS = ROOT / "watchword/core/screening/compare/parameters.toml"
CALIBRATION = ROOT / "docs/calibration.md"
DIAGRAM = CALIBRATION.with_suffix(".svg")
FOLDS, PEOPLE, SEED, SHARE = 5, 2500, 5, 0.15
Rows = NDArray[np.bool_]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--leave-out", default="^$")
    parser.add_argument("--try", action="store_true", dest="only_try", help="print figures, write nothing")
    chosen = parser.parse_args()
    real = [pair for path in chosen.files for pair in read(path)]
    pairs = [*real, *invented(PEOPLE, SEED)]
    left_out = re.compile(chosen.leave_out)
    kept = np.array([not any(map(left_out.search, (pair.kind, *pair.people))) for pair in pairs])
    tables = start()
    sample = sampled(pairs, tables)
    unseen = out_of_fold(pairs, sample, kept, started(tables, 2))
    report(real, unseen[: len(real)], kept[: len(real)])
    if not chosen.only_try:
        learned = fit(sample.part(np.flatnonzero(kept)), started(tables, 2))
        PARAMETERS.write_text(written(put(tables, learned), HEADING, counted(sample, kept)), encoding="utf-8")
        write_calibration(real, unseen[: len(real)])


HEADING = """What every level of every feature of the comparison is worth, in bits (log2 of odds).
Written by `python -m tools.learn_weights` from labelled pairs of open data and invented pairs; held numbers
and the starting points are in tools/learning/start.toml. docs/spec/screening.md says how they are used."""


def sampled(pairs: Sequence[Pair], tables: Tables) -> Sample:
    """The pairs as a matrix; invented ones are a source of their own, with a prior of their own."""
    source = np.array([int(pair.source == "invented") for pair in pairs])
    same = np.array([float(pair.same) for pair in pairs])
    return Sample(design(pairs, tables), same, source, np.where(source == 1, SHARE, 1.0))


def out_of_fold(pairs: Sequence[Pair], sample: Sample, kept: Rows, begun: Fitted) -> NDArray[np.float64]:
    """What is stated of each pair by numbers learned without its part of the data."""
    parts = np.array([fold(pair, FOLDS) for pair in pairs])
    probabilities = np.zeros(len(pairs))
    for part in range(FOLDS):
        learned = fit(sample.part(np.flatnonzero((parts != part) & kept)), begun)
        rows = np.flatnonzero(parts == part)
        probabilities[rows] = stated(sample.part(rows), learned)
    return probabilities


def report(pairs: Sequence[Pair], probabilities: NDArray[np.float64], kept: Rows) -> None:
    """Print figures for each source, and for the kinds of it that end alike."""
    same = np.array([float(pair.same) for pair in pairs])
    groups: dict[str, list[int]] = {}
    for at, pair in enumerate(pairs):
        ending = "_".join(pair.kind.split("_")[-2:])
        for name in (pair.source, f"{pair.source} {ending}" if "_lat" in pair.kind else "", "all"):
            groups.setdefault(name, []).append(at)
        if not kept[at]:
            groups.setdefault("never learned from", []).append(at)
    for name in sorted(filter(None, groups)):
        rows = np.array(groups[name])
        stated_, true = probabilities[rows], same[rows]
        if true.any():
            f1, precision, recall = calibration.merit(stated_, true)
            wrong = calibration.error(stated_, true)
            print(f"{name:40} {len(rows):6} F1 {f1:.4f} P {precision:.4f} R {recall:.4f} error {wrong:.4f}")


def counted(sample: Sample, kept: Rows) -> dict[tuple[str, str], str]:
    """What each learned number was learned from."""
    sources = {}
    for place, column in enumerate(COLUMNS):
        found = sample.found.counts[:, place] * kept
        if column in HELD:
            sources[column] = "held"
        elif not found.any():
            sources[column] = "set by hand, not met in any pair"
        else:
            sources[column] = f"met {found.sum():.0f} times, {found @ sample.same:.0f} of them in one person"
    return sources


def write_calibration(pairs: Sequence[Pair], probabilities: NDArray[np.float64]) -> None:
    """The reliability table and diagram of the documentation."""
    same = np.array([float(pair.same) for pair in pairs])
    sources_with_dates = {pair.source for pair in pairs if pair.left.births}
    dated = np.array([pair.source in sources_with_dates for pair in pairs])
    groups = {
        "all pairs": (probabilities, same),
        "names alone": (probabilities[~dated], same[~dated]),
        "with birth dates": (probabilities[dated], same[dated]),
    }
    text = [INTRODUCTION, *(calibration.table(name, *group) for name, group in groups.items())]
    CALIBRATION.write_text("\n".join(text), encoding="utf-8")
    DIAGRAM.write_text(calibration.diagram(groups), encoding="utf-8")


INTRODUCTION = """# Do the stated probabilities come true?

Of the pairs of which the comparison says "one person with probability 0.8", eight in ten should be one.
The tables count it on labelled pairs of open lists, each judged by numbers that were learned without any pair
of its person. The prior is the learned one, which fits pairs that a search among some ten thousand people
brings up; for longer lists it is lowered (`docs/spec/screening.md`).

![Reliability diagram](calibration.svg)
"""

if __name__ == "__main__":
    main()
