# SPDX-License-Identifier: AGPL-3.0-or-later
"""A row of the home page, and the first few rows of a kind with the number of the others."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import QuerySet

from watchword.core.procedure import Text
from watchword.core.refusals import Sentence

FEW = 15
"""How many rows of a kind one person can look through on one page; a list has the others."""

MANY = 1000
"""How far the others are counted: whoever has a thousand does not plan by the number."""


Row = TypeVar("Row")


@dataclass(frozen=True)
class Waiting:
    """One thing to do, in which case, since when, and until when if there is a clock."""

    code: str
    stage: Text
    what: Sentence
    since: datetime
    due: date | None
    url: str


@dataclass(frozen=True)
class Waits:
    """The first rows of one kind. ``more``: how many others, None for nobody knows how many.

    ``others``: what they are. ``url``: the list that has them all; empty when they move up as these are done.
    """

    rows: tuple[Waiting, ...] = ()
    more: int | None = 0
    others: Sentence | None = None
    url: str = ""


def first_few(rows: "QuerySet[Any, Row]", few: int = FEW) -> tuple[list[Row], int | None]:
    """The first rows, and how many more there are: counted no further than MANY."""
    found = list(rows[: few + 1])
    if len(found) <= few:
        return found, 0
    counted = rows.order_by()[: MANY + 1].count()
    return found[:few], None if counted > MANY else counted - few
