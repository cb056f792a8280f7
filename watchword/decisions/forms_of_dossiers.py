# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of what is typed on the pages of a dossier; whether it may be is asked of the services."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.decisions.dossier.rules import PURPOSES
from watchword.web.forms import WatchwordForm
from watchword.web.sentences import translated


class PartsForm(WatchwordForm):
    """Which compartments, and what for."""

    compartments = forms.MultipleChoiceField(
        label=_("What goes into it"),
        help_text=_("Only what you may open yourself, and no more than the purpose needs."),
        widget=forms.CheckboxSelectMultiple,
    )
    purpose = forms.ChoiceField(label=_("What for"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, parts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["compartments"].choices = list(parts)  # type: ignore[attr-defined]  # a choice field
        purposes = [(name, translated(words)) for name, words in PURPOSES.items()]
        self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]  # a choice field


class AskForm(PartsForm):
    """The same, as it was previewed: carried along unseen. ``seen``: the records that were shown."""

    compartments = forms.MultipleChoiceField(widget=forms.MultipleHiddenInput)
    purpose = forms.ChoiceField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=200_000)
