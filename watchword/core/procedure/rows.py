# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the buttons of a list do: one more entry, one less, or all in order of time; nothing is judged."""

from collections.abc import Mapping, Sequence

from watchword.core.procedure.chronology import place_in_time
from watchword.core.procedure.judging import Answer, judge
from watchword.core.procedure.questionnaire import Group, Question
from watchword.core.procedure.typed import Given, Typed
from watchword.core.refusals import WrongState


def changed(questions: Sequence[Question], typed: Typed, action: str) -> dict[str, Given]:
    """Return ``typed`` after ``action``: ``add periods``, ``remove periods.2`` or ``order periods``.

    What no button of ours says changes nothing.
    """
    verb, _, place = action.partition(" ")
    name, _, number = place.partition(".")
    group = next((question.group for question in questions if question.id == name), None)
    if group is None:
        return dict(typed)
    return {**typed, name: _rows(group, _given(typed.get(name)), verb, number)}


def _rows(group: Group, rows: list[Given], verb: str, number: str) -> list[Given]:
    match verb:
        case "add" if len(rows) < group.most:
            return [*rows, {}]
        case "remove" if number.isascii() and number.isdigit():
            return [row for place, row in enumerate(rows) if place != int(number)]
        case "order":
            return sorted(rows, key=lambda row: _place(group, row))
    return rows


def _given(rows: Given | None) -> list[Given]:
    return [] if rows is None or isinstance(rows, str | Mapping) else list(rows)


def _place(group: Group, row: Given) -> tuple[int, int]:
    """Where an entry belongs; one whose time cannot be read goes to the end."""
    return place_in_time(group, {group.ordered_by or "": _period(group, row)})


def _period(group: Group, row: Given) -> Answer:
    question = next((one for one in group.questions if one.id == group.ordered_by), None)
    if question is None:
        return ""
    try:
        return judge(question, row.get(question.id) if isinstance(row, Mapping) else None)
    except WrongState:
        return ""
