# SPDX-License-Identifier: AGPL-3.0-or-later
"""Says a choice from the list in words, out of the words of its own form."""

from collections.abc import Iterator

from django import forms

from watchword.cases.forms_of_lists import FilterForm


def in_words(form: FilterForm) -> str:
    """What was chosen; empty where something of it is gone, such as the stage of a role that was lost."""
    return " · ".join(_chosen(form)) if form.is_valid() else ""


def _chosen(form: FilterForm) -> Iterator[str]:
    for name, field in form.fields.items():
        value = form.cleaned_data[name]
        if value and isinstance(field, forms.ChoiceField):
            yield str(dict(field.choices)[value])  # type: ignore[arg-type]  # pairs, never groups
        elif value:
            yield str(field.label)
