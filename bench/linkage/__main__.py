# SPDX-License-Identifier: AGPL-3.0-or-later
"""Our comparison run by Splink over a table, and checked to say what we say: `python -m bench.linkage`."""

import argparse
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.linkage import agreement, columns, model
from bench.linkage.records import records
from bench.screening import peers
from watchword.core import names
from watchword.core.screening import compare
from watchword.core.screening.encoding import Encoder

ENGINES = ("duckdb", "spark")


def main() -> None:
    given = arguments()
    people, parameters = records(given.records), compare.parameters()
    encoded = Encoder(names.lexicon()).people(people)
    table = columns.rows(people, encoded)
    print(f"{len(people):,} records, {len(table):,} of them with at most one word of each role")
    with TemporaryDirectory(prefix="ww-bench-") as folder:
        file, answer = Path(folder, "people.jsonl"), Path(folder, "pairs.npz")
        file.write_text("\n".join(map(json.dumps, table)))
        for engine in given.engine or ENGINES:
            settings = model.settings(parameters, engine)
            job = {"engine": engine, "people": str(file), "answer": str(answer), "settings": settings}
            rarity = {"frequencies": columns.frequencies(encoded, parameters)}
            done = peers.ask("bench.peers.splink_link", job | rarity)
            if done:
                started, linked = done["start_seconds"], done["link_seconds"]
                print(f"{engine}: started in {started:.1f} s, {done['pairs']:,} pairs in {linked:.1f} s")
                agreement.say(dict(np.load(answer)), encoded)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.linkage", description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument(
        "--engine", action="append", choices=ENGINES, help="may be repeated; both if not given"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
