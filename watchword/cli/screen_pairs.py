# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword screen pairs`: two people a row, and how probable it is that they are one, with the reason."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

from watchword.cli.csv_tables import Row, rows_of, writer
from watchword.cli.speech import speaking
from watchword.core.refusals import Sentence, sentence
from watchword.core.screening import compare
from watchword.core.screening.loaders import printed_dates
from watchword.core.screening.record import Person, PersonName

NEEDED = ("name1", "name2")
SHOWN_EVERY = 5000

Say = Callable[[Sentence], str]


def run(path: Path, args: argparse.Namespace, target: TextIO) -> int:
    """Every row again in file order, with two columns more."""
    prior = args.prior or compare.DEFAULT_PRIOR
    with rows_of(path, NEEDED) as (columns, rows), speaking(args.language) as say:
        judged = _progress(_judged(row, prior, say) for row in rows)
        if args.format == "json":
            target.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in judged)
        else:
            out = writer(target, [*(name for name in columns if name), "probability", "reason"])
            out.writerows(judged)
    return 0


def _judged(row: Row, prior: float, say: Say) -> Row:
    unread: list[Sentence] = []
    left, right = (_person(row, side, unread) for side in "12")
    if not (left.names[0].text and right.names[0].text):
        missing = sentence("A name is missing, so nothing was compared.")
        return row | {"probability": "", "reason": say(missing)}
    judgement = compare.explain(left, right, prior=prior)
    reasons = [f"{say(finding.reason)} ({finding.bits:+.1f})" for finding in judgement.findings]
    said = [*reasons, *(say(complaint) for complaint in unread)]
    return row | {"probability": f"{judgement.probability:.6f}", "reason": " ".join(said)}


def _person(row: Row, side: str, unread: list[Sentence]) -> Person:
    """One side of the row; a date that cannot be read is said and left out."""
    written = row.get(f"birth_date{side}", "").strip()
    reading = printed_dates.read(written)
    if reading.rest or (written and not reading.dates):
        unread.append(sentence("The birth date “%(date)s” was not understood in full.", date=written))
    return Person(side, (PersonName(row[f"name{side}"].strip()),), births=tuple(reading.dates))


def _progress(rows: Iterable[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        yield row
        if number % SHOWN_EVERY == 0 and sys.stderr.isatty():
            print(f"\r{number} pairs", end="", file=sys.stderr, flush=True)
