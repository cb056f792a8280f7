# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of a judgement of a likeness as it is typed; each room asks in its own words what it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.cases.rules.judged import VERDICTS, Verdict
from watchword.web.forms import WatchwordForm
from watchword.web.sentences import translated

LONGEST = 10_000


class JudgementForm(WatchwordForm):
    """One person's judgement. ``seen``: what the page showed, so that nothing else is judged by it."""

    seen = forms.CharField(max_length=32, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        choices=lambda: [(code.value, translated(words)) for code, words in VERDICTS.items()],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("What decided it, and what you looked up. Sealed: only screening reads it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    question: Any = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].label = self.question

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, once the form is valid, as the services take it."""
        return {**self.cleaned_data, "verdict": Verdict(self.cleaned_data["verdict"])}
