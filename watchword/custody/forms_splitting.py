# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of what is typed when a seat is distrusted, and when custodians are asked to split anew."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.accounts.forms_of_secrets import ConfirmedForm
from watchword.custody.rules import LONGEST_DAYS
from watchword.web.forms import WatchwordForm


class DistrustForm(WatchwordForm):
    """Which seats, and why."""

    seats = forms.MultipleChoiceField(
        label=_("The seats that are distrusted"),
        help_text=_("Whoever holds one of them may have kept a copy of every share that was sealed to it."),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Administrators and custodians read it. Write no name of an applicant."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seats"].choices = list(choices)  # type: ignore[attr-defined]  # a choice field


class AnewForm(WatchwordForm):
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


class AnewDraftForm(ConfirmedForm):
    """The same as it was shown, carried along unseen and signed: what is confirmed is what was read."""

    draft = forms.CharField(widget=forms.HiddenInput, max_length=40_000)
