# SPDX-License-Identifier: AGPL-3.0-or-later
"""The same applications linked by Splink and by Bloom filters, each at the threshold that suits it best.

The threshold is chosen on the very answers that it is judged by, which flatters both of them.
"""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.linkage import columns, model
from bench.matching import bloom
from bench.matching.again import Applicant
from bench.matching.tally import Tally
from bench.screening import metrics, peers
from watchword.core import names
from watchword.core.screening import compare
from watchword.core.screening.encoding import Encoder

Asked = list[tuple[Applicant, int]]
"""Applications, each with the row of the earlier one by the same person."""

Scored = list[tuple[float, bool]]
LEAST_DICE, HOPELESS = 0.7, -30.0


def by_bloom(first: list[Applicant], asked: Asked) -> Tally:
    """Every filter beside every other."""
    filters = bloom.encode(first)
    scored: Scored = []
    for one, (_, row) in zip(bloom.encode([who for who, _ in asked]), asked, strict=True):
        rows, dice = bloom.nearest(filters, one, LEAST_DICE)
        scored += [(float(score), int(found) == row) for found, score in zip(rows, dice, strict=True)]
    return at_best(scored, len(asked))


def by_splink(first: list[Applicant], asked: Asked, folder: Path) -> Tally | None:
    """Our model of comparison in Splink's engine; None where it is not installed."""
    people = [who.person() for who in first] + [who.person() for who, _ in asked]
    encoded, parameters = Encoder(names.lexicon()).people(people), compare.parameters()
    table = columns.rows(people, encoded)
    file, answer = folder / "people.jsonl", folder / "pairs.npz"
    file.write_text("\n".join(map(json.dumps, table)))
    job = {
        "engine": "duckdb",
        "people": str(file),
        "answer": str(answer),
        "settings": model.settings(parameters, "duckdb"),
        "frequencies": columns.frequencies(encoded, parameters),
    }
    if peers.ask("bench.peers.splink_link", job) is None:
        return None
    pairs = dict(np.load(answer))
    bits = np.sum([one for name, one in pairs.items() if name.startswith("mw_")], axis=0)
    read = {row["unique_id"] for row in table}
    questions = sum(len(first) + at in read for at in range(len(asked)))
    return at_best(_of_questions(pairs, bits, len(first), asked), questions)


def _of_questions(
    pairs: dict[str, NDArray[np.float64]], bits: NDArray[np.float64], count: int, asked: Asked
) -> Scored:
    """Only pairs of a second application and a first one: what the first have in common is not asked here."""
    left, right = (pairs[f"unique_id_{side}"].astype(np.int64) for side in "lr")
    low, high = np.minimum(left, right), np.maximum(left, right)
    wanted = (low < count) & (high >= count) & (bits > HOPELESS)
    rows = [asked[at - count][1] for at in high[wanted].tolist()]
    return list(zip(bits[wanted].tolist(), (low[wanted] == rows).tolist(), strict=True))


def at_best(scored: Scored, questions: int) -> Tally:
    """At the threshold of the best F1."""
    scores = np.array([score for score, _ in scored] or [0.0])
    truth = np.array([true for _, true in scored] or [False])
    said = scores >= metrics.best_threshold(scores, truth)
    return Tally(questions, int((said & truth).sum()), int((said & ~truth).sum()))
