# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sets two forms of the answers to one section side by side, and marks what is not in both."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from watchword.core.procedure.answers import Answers
from watchword.core.procedure.questionnaire import Section
from watchword.core.procedure.readable import Line, readable


@dataclass(frozen=True)
class Row:
    """One line of an answer. ``changed``: the other form has no such line in this place."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Difference:
    """One question with both answers, line by line; empty where there was none."""

    label: str
    before: tuple[Row, ...]
    now: tuple[Row, ...]

    @property
    def changed(self) -> bool:
        """Whether the two differ at all."""
        return any(row.changed for row in (*self.before, *self.now))


def differences(section: Section, before: Answers, now: Answers, language: str) -> tuple[Difference, ...]:
    """Return every question that was answered in either form, in the order they were asked."""
    old, new = (_answered(readable(section, answers, language)) for answers in (before, now))
    labels = [*new, *(label for label in old if label not in new)]
    order = [question.label.in_language(language) for question in section.questions]
    labels.sort(key=lambda label: order.index(label) if label in order else len(order))
    return tuple(_compare(label, old.get(label, []), new.get(label, [])) for label in labels)


def _answered(lines: Sequence[Line]) -> dict[str, list[str]]:
    return {line.label: line.answer.split("\n") for line in lines if line.answered}


def _compare(label: str, before: list[str], now: list[str]) -> Difference:
    same = SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks()
    kept_before = {block.a + step for block in same for step in range(block.size)}
    kept_now = {block.b + step for block in same for step in range(block.size)}
    return Difference(label, _rows(before, kept_before), _rows(now, kept_now))


def _rows(lines: Sequence[str], kept: set[int]) -> tuple[Row, ...]:
    return tuple(Row(text, place not in kept) for place, text in enumerate(lines))
