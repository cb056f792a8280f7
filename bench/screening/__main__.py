# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bars of screening in one command: `python -m bench.screening`, every part also by itself."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from bench.screening import alerts, invented, judging, rescreening, samples, searching
from bench.screening.bars import Report
from bench.screening.samples import Pair

PARTS = ("judging", "alerts", "searching", "applicants", "changes")
INVENTED = 8_000


def main() -> None:
    given = arguments()
    report, parts = Report(), set(given.part or PARTS)
    if parts & {"judging", "alerts", "searching"}:
        by_name, by_birth = labelled(given.pairs, given.records)
        across = [pair for pair in by_name if pair.kind == "cross"]
    if "judging" in parts:
        judging.names(report, by_name)
        judging.records(report, by_birth)
        judging.calibration(report, {"names": by_name, "names and birth dates": by_birth})
        judging.speed(report, by_name)
    if "alerts" in parts:
        alerts.measure(report, given.rows, across, by_birth, given.peers)
    if "searching" in parts:
        searching.measure(report, given.rows, real_names(across) if given.pairs else [], given.peers)
    if "applicants" in parts:
        rescreening.applicants(report, given.rows)
    if "changes" in parts:
        rescreening.changes(report)
    report.table()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.screening", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="how many people are listed")
    parser.add_argument("--pairs", type=Path, help="labelled pairs of names: CSV with name1, name2, label")
    parser.add_argument("--records", type=Path, help="labelled pairs of names with birth dates: JSON lines")
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part; may be repeated")
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="ours alone")
    return parser.parse_args()


def labelled(pairs: Path | None, records: Path | None) -> tuple[Sequence[Pair], Sequence[Pair]]:
    """The reader's own pairs, or invented ones, which is said: those are easier than life."""
    for what, path in (("names", pairs), ("names with birth dates", records)):
        print(f"  pairs of {what}: {path or f'{INVENTED:,} invented ones'}")
    return (
        samples.read_pairs(pairs) if pairs else invented.pairs(INVENTED),
        samples.read_records(records) if records else invented.records(INVENTED),
    )


def real_names(pairs: Sequence[Pair]) -> list[tuple[str, str]]:
    """Names in two scripts of the same people, listed in the first and asked for in the second."""
    return [(pair.left.names[0].text, pair.right.names[0].text) for pair in pairs if pair.same]


if __name__ == "__main__":
    main()
