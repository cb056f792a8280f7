# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of one item of evidence as it is typed."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.cases.forms import SeenForm
from watchword.core.procedure import EvidenceKind, Profile, Text
from watchword.core.refusals import Sentence
from watchword.vetting import rules
from watchword.web.sentences import translated

LONGEST = 20_000


class EvidenceForm(SeenForm):
    """One item. The two grades are asked apart, and what speaks for the applicant is always asked."""

    facts = forms.CharField(
        label=_("What was found"),
        help_text=_("Facts first, then what you make of them. For a waiver: the reason."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    source = forms.CharField(
        label=_("Where it comes from"),
        help_text=_("Sealed with the rest. Name no source here that even the board must not know."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    favourable = forms.CharField(
        label=_("What in it speaks for the applicant?"),
        help_text=_("If you looked and found nothing, write that you looked and found nothing."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    bearing = forms.ChoiceField(label=_("What does it mean for the applicant?"), widget=forms.RadioSelect)
    guideline = forms.ChoiceField(label=_("Which guideline does it bear on?"))
    source_grade = forms.ChoiceField(
        label=_("How reliable is the source?"),
        help_text=_("Whatever it says this time."),
        widget=forms.RadioSelect,
    )
    information_grade = forms.ChoiceField(
        label=_("How likely is the information?"),
        help_text=_("Whoever says it."),
        widget=forms.RadioSelect,
    )
    disclosure = forms.ChoiceField(label=_("May the applicant read it on request?"), widget=forms.RadioSelect)
    result = forms.ChoiceField(label=_("Result"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kind: EvidenceKind, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("bearing", rules.BEARINGS)
        self._choose("guideline", {one.code: one.title for one in profile.guidelines}, with_code=True)
        self._choose("source_grade", rules.SOURCE_GRADES)
        self._choose("information_grade", rules.INFORMATION_GRADES)
        self._choose("disclosure", rules.DISCLOSURES)
        if kind.results:
            self._choose("result", {one.id: one.title for one in kind.results})
        else:
            del self.fields["result"]

    def _choose(self, name: str, words: Mapping[str, Sentence | Text], with_code: bool = False) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        titles = {code: translated(title) for code, title in words.items()}
        if with_code:
            # Nothing is chosen beforehand: a guideline that nobody chose would be a finding by accident.
            coded = [(code, f"{code}: {title}") for code, title in titles.items()]
            field.choices = [("", _("Choose one")), *coded]
        else:
            field.choices = list(titles.items())
