# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of what is asked for a run, of a judgement as it is typed, and of what vetting is told."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.accounts.forms_of_secrets import ConfirmedForm
from watchword.cases import forms_of_judgements
from watchword.core.procedure import Profile
from watchword.screening.rules import EVIDENCE_KIND, LONGEST_DAYS
from watchword.vetting.forms import EvidenceForm
from watchword.web.forms import WatchwordForm


class RunForm(WatchwordForm):
    """For how long custodians are asked."""

    days = forms.IntegerField(
        label=_("For how many days"),
        help_text=_("When they are over nothing opens, and the shares are destroyed."),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=3,
    )

    def until(self, now: datetime) -> datetime:
        """The end, once the form is valid."""
        days: int = self.cleaned_data["days"]
        return now + timedelta(days=days)


class RunDraftForm(ConfirmedForm):
    """The same as it was shown, carried along unseen and signed: what is confirmed is what was read."""

    draft = forms.CharField(widget=forms.HiddenInput, max_length=40_000)


class JudgementForm(forms_of_judgements.JudgementForm):
    """What one person makes of a hit."""

    question = _("Who is listed here?")


class HandOverForm(EvidenceForm):
    """An item of evidence without a result to choose: that follows from the judgements."""

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        kind = replace(profile.evidence_kind(EVIDENCE_KIND), results=())
        super().__init__(*args, kind=kind, profile=profile, **kwargs)
        self.fields["facts"].help_text = _(
            "What vetting and the board may know of it. Write no name, and nothing that tells who it is."
        )
