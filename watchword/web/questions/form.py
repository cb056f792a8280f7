# SPDX-License-Identifier: AGPL-3.0-or-later
"""The questions of one section as a form, with lists that grow and shrink without scripts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Self

from watchword.core.procedure.answers import validate
from watchword.core.procedure.chronology import notes
from watchword.core.procedure.questionnaire import Question, QuestionType, Section
from watchword.core.procedure.rows import changed
from watchword.core.procedure.typed import Form, Given, gather
from watchword.core.refusals import Sentence
from watchword.web.forms import WatchwordForm
from watchword.web.questions.controls import Entries
from watchword.web.questions.entries import EntryForm, list_field
from watchword.web.questions.fields import field_of
from watchword.web.questions.hints import note_hint
from watchword.web.sentences import translated

# The button that changes a list, and the mark that what a list shows was looked at.
ROWS = "rows"
LOOKED = "looked"


class SectionForm(WatchwordForm):
    """The questions of one section. Its clean data are answers that may be sealed.

    Without ``data`` it shows ``typed``, judged or not. ``notes`` say kindly what a list of periods shows.
    """

    template_name = "web/forms/section.html"
    # The languages of its page are buttons, which send it and show it again.
    speaks = True

    def __init__(
        self, section: Section, language: str, data: Any = None, typed: Mapping[str, Given] | None = None
    ) -> None:
        super().__init__(data, initial=dict(typed or {}))
        self.section, self._language = section, language
        self.notes: list[str] = []
        given = gather(section.questions, _flat(data)) if data is not None else dict(typed or {})
        self._typed = given
        for question in section.questions:
            if question.type is not QuestionType.FILE:
                self.fields[question.id] = self._field(question, given)

    @classmethod
    def received(cls, section: Section, language: str, data: Any, today: date, **more: Any) -> Self:
        """What came from the page: to be sealed when ``ready``, and else to be shown once more."""
        flat = _flat(data)
        if flat.get(ROWS):
            action = flat[ROWS][-1]
            typed = changed(section.questions, gather(section.questions, flat), action)
            form = cls(section, language, typed=typed, **more)
            form._focus(action)
            return form
        form = cls(section, language, data, **more)
        if form.is_valid() and not flat.get(LOOKED) and (seen := form._look(today)):
            form = cls(section, language, typed=form.answers, **more)
            form.notes = seen
        return form

    @property
    def ready(self) -> bool:
        """Whether the answers may be sealed now."""
        return self.is_bound and self.is_valid()

    @property
    def answers(self) -> dict[str, Any]:
        """The clean answers, without anything else that the form carries."""
        known = {question.id for question in self.section.questions}
        return {name: answer for name, answer in self.cleaned_data.items() if name in known}

    def clean(self) -> dict[str, Any]:
        checked = validate(self.section, self._typed)
        for question in self.section.questions:
            self._show_faults(question, checked.errors)
        return dict(checked.cleaned)

    def _field(self, question: Question, given: Mapping[str, Given]) -> Any:
        beside = self.section.questions
        if question.group is None:
            return field_of(question, beside, self._language)
        rows = given.get(question.id)
        written = rows if isinstance(rows, Sequence) and not isinstance(rows, str) and rows else None
        return list_field(question, question.group, beside, self._language, written)

    def _show_faults(self, question: Question, faults: Mapping[str, Sentence]) -> None:
        if question.id in faults:
            self.add_error(question.id, translated(faults[question.id]))
        widget = self.fields[question.id].widget if question.id in self.fields else None
        for number, entry in enumerate(widget.entries if isinstance(widget, Entries) else ()):
            self._show_faults_of_entry(question.id, number, entry, faults)

    def _show_faults_of_entry(
        self, name: str, number: int, entry: EntryForm, faults: Mapping[str, Sentence]
    ) -> None:
        """Beside the control, and in the list above the form, where the entry is named by its number."""
        place = f"{name}.{number}."
        own = {
            path.removeprefix(place): translated(reason)
            for path, reason in faults.items()
            if path.startswith(place)
        }
        entry.show_faults(own)
        for question, words in own.items():
            self.add_error(name, f"{number + 1} · {entry.fields[question].label}: {words}")

    def _focus(self, action: str) -> None:
        """Lead to the new entry, or back to the buttons of the list: the page begins where one was."""
        name = action.partition(" ")[2].partition(".")[0]
        widget = self.fields[name].widget if name in self.fields else None
        if isinstance(widget, Entries):
            widget.take_focus(new_entry=action.startswith("add "))

    def _look(self, today: date) -> list[str]:
        month = today.year * 12 + today.month - 1
        return [
            note_hint(note, self._language)
            for question in self.section.questions
            if question.group is not None
            for note in notes(question.group, self.cleaned_data.get(question.id, ()), month)
        ]


def _flat(data: Any) -> Form:
    """All values of each control, from a request or from a plain mapping."""
    if hasattr(data, "lists"):
        return dict(data.lists())
    return {name: [value] if isinstance(value, str) else list(value) for name, value in data.items()}
