# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword screen PEOPLE.csv --against LISTS`: who of a table may be on a list, and why.

Every person of the table comes out again: with a line for each hit, or with one line that has none.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from watchword.cli.csv_tables import harmless, writer
from watchword.cli.given_lists import shelf_of
from watchword.cli.people_table import people_in
from watchword.cli.speech import speaking
from watchword.core.refusals import Sentence
from watchword.core.screening.loaders.complaints import Complaint
from watchword.core.screening.record import Person
from watchword.watchlists import Hit, ListFacts, Screen

TOGETHER = 1000
COLUMNS = (
    *("key", "name", "list", "version", "polarity", "listed_key", "listed_names", "listed_births"),
    *("probability", "bits", "reason", "note"),
)

Say = Callable[[Sentence], str]
Lines = Callable[[Person, Sequence[Hit]], None]


def run(path: Path, args: argparse.Namespace, target: TextIO) -> int:
    """3 when somebody was found, else 0."""
    found = seen = 0
    with shelf_of(args.against) as shelf, speaking(args.language) as say:
        screen, facts = shelf.open(), {one.id: one for one in shelf.lists()}
        lines = (_as_json if args.format == "json" else _as_csv)(target, facts, say, args.language)
        for people in _blocks(_persons(people_in(path))):
            hits = _searched(screen, people, args)
            for person, some in zip(people, hits, strict=True):
                lines(person, some)
            seen, found = seen + len(people), found + sum(map(bool, hits))
            _show(f"{seen} people, {found} with a hit")
        _show("", end="")
    print(f"{seen} people against {len(screen)} on {len(facts)} lists: {found} with a hit", file=sys.stderr)
    return 3 if found else 0


def _searched(screen: Screen, people: Sequence[Person], args: argparse.Namespace) -> list[list[Hit]]:
    return screen.search_many(people, limit=args.limit, at_least=args.at_least)


def _persons(rows: Iterator[Person | Complaint]) -> Iterator[Person]:
    """The people; where a row was not understood is said, and not what stands there: that may be logged."""
    for row in rows:
        if isinstance(row, Person):
            yield row
        else:
            print(f"watchword: {row.where}: {row.reason}", file=sys.stderr)


def _blocks(people: Iterator[Person]) -> Iterator[list[Person]]:
    while block := list(islice(people, TOGETHER)):
        yield block


def _show(text: str, end: str = "\r") -> None:
    if sys.stderr.isatty():
        print(f"\r{text:60}", end=end, file=sys.stderr, flush=True)


def _as_csv(target: TextIO, facts: dict[str, ListFacts], say: Say, language: str) -> Lines:
    out = writer(target, COLUMNS)

    def lines(person: Person, hits: Sequence[Hit]) -> None:
        own = {"key": person.key, "name": person.names[0].text}
        rows = [own | _row(hit, facts[hit.list_id], say, language) for hit in hits] or [own]
        out.writerows({column: harmless(cell) for column, cell in row.items()} for row in rows)

    return lines


def _row(hit: Hit, facts: ListFacts, say: Say, language: str) -> dict[str, str]:
    findings = hit.judgement.findings
    return {
        "list": hit.list_id,
        "version": str(hit.version),
        "polarity": facts.polarity.value,
        "listed_key": hit.person.key,
        "listed_names": "; ".join(name.text for name in hit.person.names),
        "listed_births": "; ".join(map(str, hit.person.births)),
        "probability": f"{hit.judgement.probability:.6f}",
        "bits": f"{hit.judgement.bits:.1f}",
        "reason": " ".join(f"{say(one.reason)} ({one.bits:+.1f})" for one in findings),
        "note": facts.note.get(language, ""),
    }


def _as_json(target: TextIO, facts: dict[str, ListFacts], say: Say, language: str) -> Lines:
    def lines(person: Person, hits: Sequence[Hit]) -> None:
        found = [_object(hit, facts[hit.list_id], say, language) for hit in hits]
        own = {"key": person.key, "name": person.names[0].text, "hits": found}
        target.write(json.dumps(own, ensure_ascii=False) + "\n")

    return lines


def _object(hit: Hit, facts: ListFacts, say: Say, language: str) -> dict[str, Any]:
    findings = [
        {
            "feature": one.feature,
            "own": one.left,
            "listed": one.right,
            "bits": one.bits,
            "reason": say(one.reason),
        }
        for one in hit.judgement.findings
    ]
    row = _row(hit, facts, say, language) | {"findings": findings}
    return row | {
        "probability": hit.judgement.probability,
        "bits": hit.judgement.bits,
        "prior_bits": hit.judgement.prior_bits,
    }
