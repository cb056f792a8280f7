# SPDX-License-Identifier: AGPL-3.0-or-later
"""How well and how fast two people are compared, beside nomenklatura's logic-v2 over the same pairs."""

from collections.abc import Sequence

import numpy as np

from bench.peers.job import timed
from bench.screening import metrics, ours, peers
from bench.screening.bars import Bar, Report
from bench.screening.metrics import Floats, Quality, Truth
from bench.screening.samples import Pair

LOGIC = "logic-v2"
# Pairs enough to be timed.
BATCH = 400_000


def names(report: Report, pairs: Sequence[Pair]) -> None:
    """F1 of names alone, at the one threshold that serves all kinds of pairs best."""
    truth = labels(pairs)
    scores = {"ours": ours.bits(pairs)} | rival(pairs)
    for kind, title, wanted in (
        ("cross", "Latin-Cyrillic pairs, F1 at one threshold", 0.970),
        ("cyr", "Ukrainian/Belarusian-Russian pairs, F1", 0.965),
    ):
        chosen = np.array([pair.kind == kind for pair in pairs])
        reached = {who: at_one_threshold(found, truth, chosen) for who, found in scores.items()}
        say(title, reached)
        report.add(Bar(title, reached.pop("ours").f1, wanted, peers=f1(reached)))


def records(report: Report, pairs: Sequence[Pair]) -> None:
    """F1 of name and birth date among namesakes."""
    truth, everything = labels(pairs), np.ones(len(pairs), bool)
    scores = {"ours": ours.bits(pairs)} | rival(pairs)
    reached = {who: at_one_threshold(found, truth, everything) for who, found in scores.items()}
    title = "name + birth date among namesakes, F1"
    say(title, reached)
    report.add(Bar(title, reached.pop("ours").f1, 0.93, peers=f1(reached)))


def calibration(report: Report, sets: dict[str, Sequence[Pair]]) -> None:
    """How far the stated probabilities are from what was so, for each set and for all together."""
    stated = {title: ours.probabilities(ours.bits(pairs)) for title, pairs in sets.items()}
    truths = {title: labels(pairs) for title, pairs in sets.items()}
    for title, found in stated.items():
        print(f"  calibration error, {title}: {metrics.calibration_error(found, truths[title]):.3f}")
    together = metrics.calibration_error(
        np.concatenate(list(stated.values())), np.concatenate(list(truths.values()))
    )
    report.add(Bar("calibration error of stated probabilities", together, 0.03, at_most=True))


def speed(report: Report, pairs: Sequence[Pair]) -> None:
    """Pairs per second on one core, in a batch and one by one, of people who were read before."""
    people, times = ours.encoded(pairs), -(-BATCH // len(pairs))
    people.judge()
    with timed() as took:
        for _ in range(times):
            people.judge()
    batch = times * len(pairs) / took[0]
    with timed() as took:
        ours.one_by_one(people)
    single = len(pairs) / took[0]
    for what, work in (
        ("in a batch", lambda: ours.encoded(pairs).judge()),
        ("one by one", lambda: ours.from_text(pairs)),
    ):
        with timed() as took:
            work()
        print(f"  reading the names included, {what}: {len(pairs) / took[0]:,.0f} pairs per second")
    logic = peers.ask("bench.peers.nomenklatura_judge", {"pairs": texts(pairs)})
    beside = {LOGIC: len(pairs) / logic["seconds"]} if logic else {}
    report.add(Bar("pairs judged per second and core, batch", batch, 100_000, peers=beside))
    report.add(Bar("pairs judged per second and core, one by one", single, 20_000, peers=beside))


def rival(pairs: Sequence[Pair]) -> dict[str, Floats]:
    answer = peers.ask("bench.peers.nomenklatura_judge", {"pairs": texts(pairs)})
    return {LOGIC: np.array(answer["scores"])} if answer else {}


def texts(pairs: Sequence[Pair]) -> list[tuple[str, str, str, str]]:
    return [
        (
            pair.left.names[0].text,
            pair.right.names[0].text,
            ",".join(map(str, pair.left.births)),
            ",".join(map(str, pair.right.births)),
        )
        for pair in pairs
    ]


def labels(pairs: Sequence[Pair]) -> Truth:
    return np.array([pair.same for pair in pairs])


def at_one_threshold(scores: Floats, truth: Truth, chosen: Truth) -> Quality:
    return metrics.quality(scores[chosen], truth[chosen], metrics.best_threshold(scores, truth))


def say(title: str, reached: dict[str, Quality]) -> None:
    print(f"  {title}: " + "; ".join(f"{who} {quality}" for who, quality in reached.items()))


def f1(reached: dict[str, Quality]) -> dict[str, float]:
    return {who: quality.f1 for who, quality in reached.items()}
