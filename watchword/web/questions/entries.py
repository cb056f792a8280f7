# SPDX-License-Identifier: AGPL-3.0-or-later
"""One list on a page: its entries as forms of their own, and the buttons beside them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from watchword.core.procedure.questionnaire import Group, Question
from watchword.core.procedure.typed import Given
from watchword.web.forms import WatchwordForm
from watchword.web.questions.controls import Entries
from watchword.web.questions.fields import AsItCame, field_of, labelled

# Enough to see how it is meant; more come with a button.
BLANK_ENTRIES = 2
# Stands for the number of an entry in the blank one that a script copies.
COPIED = "0000"


class EntryForm(WatchwordForm):
    """The questions of one entry. Its controls are called ``group.3.question``."""

    template_name = "web/forms/entry.html"

    def __init__(
        self, name: str, group: Group, language: str, given: Mapping[str, Given], number: int | None = None
    ) -> None:
        super().__init__(prefix=name, initial=dict(given))
        entry = group.entry.in_language(language)
        self.title = entry if number is None else f"{entry} {number}"
        for question in group.questions:
            self.fields[question.id] = field_of(question, group.questions, language)

    def add_prefix(self, field_name: str) -> str:
        return f"{self.prefix}.{field_name}"

    def take_focus(self) -> None:
        """Be where the page begins: this entry was asked for just now."""
        next(iter(self.fields.values())).widget.attrs["autofocus"] = True

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Show what is wrong with this entry; it keeps what was written."""
        self._errors = forms.utils.ErrorDict(
            {name: self.error_class([words], renderer=self.renderer) for name, words in faults.items()}
        )


def list_field(
    question: Question, group: Group, beside: Sequence[Question], language: str, given: Sequence[Any] | None
) -> forms.Field:
    """The field of a list; without entries ``given``, a few blank ones."""
    rows = given if given is not None else [{}] * min(BLANK_ENTRIES, group.most)
    entries = [
        EntryForm(
            f"{question.id}.{place}", group, language, row if isinstance(row, Mapping) else {}, place + 1
        )
        for place, row in enumerate(rows)
    ]
    about = {
        "name": question.id,
        "full": len(entries) >= group.most,
        "ordered": group.ordered_by is not None,
        "blank": EntryForm(f"{question.id}.{COPIED}", group, language, {}),
    }
    return labelled(AsItCame(widget=Entries(entries, about)), question, beside, language)
