# SPDX-License-Identifier: AGPL-3.0-or-later
"""The choices from the list that one person keeps, and how many cases fit each."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from watchword.accounts.rules import Actor
from watchword.cases.models import SavedChoice
from watchword.cases.selectors.choosing import Choice, chosen_cases
from watchword.cases.selectors.waiting import list_of

NUMBERS = range(1, 10)
"""One for each key."""

COUNTED = 99
"""How far the cases of a choice are counted: a list that is longer is long."""


@dataclass(frozen=True)
class Saved:
    """One choice under its number, with its list. ``count``: what fits, None for more than COUNTED."""

    number: int
    choice: Choice
    url: str
    count: int | None


def saved_choices(viewer: Actor, *, today: date) -> list[Saved]:
    """The choices that this person keeps, by their numbers."""
    rows = SavedChoice.objects.filter(staff=viewer.id).order_by("number")
    return [_saved(row.number, choice_of(row), viewer, today) for row in rows]


def free_number(kept: Iterable[Saved]) -> int | None:
    """The next number that nothing stands under."""
    taken = {one.number for one in kept}
    return next((number for number in NUMBERS if number not in taken), None)


def choice_of(row: SavedChoice) -> Choice:
    """What the list is narrowed to by this row."""
    return Choice(**{field.name: getattr(row, field.name) for field in fields(Choice)})


def _saved(number: int, choice: Choice, viewer: Actor, today: date) -> Saved:
    count = chosen_cases(viewer, choice, today=today).order_by()[: COUNTED + 1].count()
    return Saved(number, choice, list_of(choice), None if count > COUNTED else count)
