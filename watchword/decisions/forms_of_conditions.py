# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of a review of conditions; whether it may be is asked of the service."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.decisions.conditions.rules import WORDS, Finding
from watchword.decisions.forms import LONGEST_TEXT
from watchword.web.forms import DayField, WatchwordForm
from watchword.web.sentences import translated


class ReviewForm(WatchwordForm):
    """What became of the conditions."""

    finding = forms.ChoiceField(label=_("What you found"), widget=forms.RadioSelect)
    said = forms.CharField(
        label=_("What you saw"),
        help_text=_("A sentence or two. Whoever reads decisions reads it."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = DayField(
        label=_("Looked at again on"),
        help_text=_("Only for conditions that stay."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        findings = [(one.value, translated(WORDS[one])) for one in Finding]
        self.fields["finding"].choices = findings  # type: ignore[attr-defined]  # a choice field
