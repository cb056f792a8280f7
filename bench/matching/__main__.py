# SPDX-License-Identifier: AGPL-3.0-or-later
"""Second applications found by match-keys, beside Splink and Bloom filters: `python -m bench.matching`."""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import timing
from bench.matching import beside
from bench.matching.again import AIMED_AT, Crowd, changes
from bench.matching.ours import Matching
from bench.matching.tally import Tally, together

RECALL, PRECISION, MILLISECONDS = 0.96, 0.99, 5.0


def main() -> None:
    given = arguments()
    for count in given.cases:
        with TemporaryDirectory(prefix="ww-bench-") as folder:
            alone(count, given.again, Path(folder))
    if given.beside:
        with TemporaryDirectory(prefix="ww-bench-") as folder:
            side_by_side(given.beside, given.again, Path(folder))


def alone(count: int, again: int, folder: Path) -> None:
    """Time, recall and precision of one case against so many."""
    crowd, file = Crowd(count), folder / "table.db"
    matching = Matching(file, map(crowd.applied, range(count)))
    keys, size = matching.rows / count, file.stat().st_size / count
    print(f"\n{count:,} cases, {keys:.1f} keys and {size:,.0f} bytes of table each, ", end="")
    print(f"filled in {matching.seconds:.0f} s ({count / matching.seconds:,.0f} cases a second)")
    tallies = {}
    for name, change in changes(crowd).items():
        tally = tallies[name] = Tally()
        for row in crowd.sample(again):
            matching.ask(change(row), row, tally)
        maybe, strangers = tally.maybe / tally.asked, tally.strangers / tally.asked
        print(f"  {name:<37} {tally}; possible: R {maybe:.3f} more, {strangers:.3f} others a case")
    aimed = together([tallies[name] for name in AIMED_AT])
    print(f"  the first three together              {aimed}")
    timing.goal("recall where the name or the date is written otherwise", aimed.recall, RECALL)
    timing.goal("precision of it", aimed.precision, PRECISION)
    median, slow = (1e3 * timing.quantile(matching.took, share) for share in (0.5, 0.99))
    print(f"  one case linked in {median:.2f} ms, 99 of 100 within {slow:.2f} ms; goal {MILLISECONDS:g} ms")


def side_by_side(count: int, again: int, folder: Path) -> None:
    """The same applications for all three."""
    crowd = Crowd(count)
    first = [crowd.applied(row) for row in range(count)]
    matching = Matching(folder / "table.db", first)
    print(f"\n{count:,} cases, the same applications for all (the first three ways of applying again)")
    asked = [(changes(crowd)[name](row), row) for name in AIMED_AT for row in crowd.sample(again)]
    ours = Tally()
    for who, row in asked:
        matching.ask(who, row, ours)
    for name, tally in (
        ("match-keys", ours),
        ("Bloom filters (CLK)", beside.by_bloom(first, asked)),
        ("Splink", beside.by_splink(first, asked, folder)),
    ):
        print(f"  {name:<22} {tally or 'not measured'}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description=__doc__)
    parser.add_argument("--cases", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--again", type=int, default=2_000, help="second applications of each kind")
    parser.add_argument("--beside", type=int, default=100_000, help="cases that all three are given; 0: none")
    return parser.parse_args()


if __name__ == "__main__":
    main()
