# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far a long piece of work has come, for whoever waits."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """``done`` of ``total`` of a stage (bytes read, names indexed, people searched), and people so far."""

    stage: str
    done: int
    total: int
    people: int = 0


Progress = Callable[[Report], None]


def silent(_report: Report) -> None:
    """Nobody waits."""
