# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the measurements are taken: turn and turn about, medians, and ratios from the same minutes."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence


def medians(work: Mapping[str, Callable[[], object]], rounds: int, repeats: int = 1) -> dict[str, float]:
    """Seconds per call of each piece of work, the median of ``rounds`` rounds that go through all of them.

    Going round in turn lets a busy neighbour slow all candidates alike; each is called once before.
    """
    for call in work.values():
        call()
    seconds: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, call in work.items():
            began = time.perf_counter()
            for _ in range(repeats):
                call()
            seconds[name].append((time.perf_counter() - began) / repeats)
    return {name: statistics.median(times) for name, times in seconds.items()}


def quantile(times: Sequence[float], share: float) -> float:
    """The time within which this share of the calls was done."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def table(title: str, rows: Mapping[str, float], unit: str, reference: str) -> None:
    """Print rates with their ratio to ``reference``."""
    print(f"\n{title}")
    for name, rate in rows.items():
        print(f"  {name:<44} {rate:>12,.1f} {unit:<14} {rate / rows[reference]:>6.2f} of {reference}")


def goal(text: str, reached: float, wanted: float) -> None:
    """Say plainly whether a target of ours was reached."""
    print(f"  goal: {text}: {wanted:g}; reached {reached:.2f}{'' if reached >= wanted else '  NOT REACHED'}")
