# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of a judgement as it is typed, and of what vetting is told."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.core.procedure import Profile
from watchword.screening.rules import EVIDENCE_KIND, VERDICTS, Verdict
from watchword.vetting.forms import EvidenceForm
from watchword.web.forms import WatchwordForm
from watchword.web.sentences import translated

LONGEST = 10_000


class JudgementForm(WatchwordForm):
    """One person's judgement. ``seen``: what the page showed, so that nothing else is judged by it."""

    seen = forms.CharField(max_length=32, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label=_("Who is listed here?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("What decided it, and what you looked up. Sealed: only screening reads it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["verdict"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code.value, translated(words)) for code, words in VERDICTS.items()]

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, once the form is valid, as the services take it."""
        return {**self.cleaned_data, "verdict": Verdict(self.cleaned_data["verdict"])}


class HandOverForm(EvidenceForm):
    """An item of evidence without a result to choose: that follows from the judgements."""

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        kind = replace(profile.evidence_kind(EVIDENCE_KIND), results=())
        super().__init__(*args, kind=kind, profile=profile, **kwargs)
        self.fields["facts"].help_text = _(
            "What vetting and the board may know of it. Write no name, and nothing that tells who it is."
        )
