# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shapes of what is said once for several cases, and of what is asked of each."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.cases import rules
from watchword.cases.forms import DueForm, StaffForm
from watchword.cases.rules.several import HANDED
from watchword.web.forms import WatchwordForm
from watchword.web.sentences import translated

MINE, KEEPERS = "mine", "keepers"


class ReceiverForm(StaffForm):
    """To whom the cases are offered."""

    staff = forms.ChoiceField(label=_("Offer them to"))


class ReadyLetterForm(WatchwordForm):
    """Which of the ready letters."""

    letter = forms.ChoiceField(
        label=_("Which letter"),
        help_text=_("Each applicant reads it in their own language. You look at each before it goes."),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, letters: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letter"].choices = list(letters)  # type: ignore[attr-defined]  # a choice field


class SameTaskForm(DueForm):
    """The same task in each case, without a note: what is to be said of one case is not said of all."""

    kind = forms.ChoiceField(
        label=_("What is to be done"),
        choices=lambda: [(one, translated(said)) for one, said in rules.TASKS.items() if one != "other"],
    )
    whose = forms.ChoiceField(
        label=_("By whom"),
        choices=[(MINE, _("By me")), (KEEPERS, _("By the keeper of each case"))],
        widget=forms.RadioSelect,
    )

    field_order = ("kind", "whose", "due", "remind")


class AgreeForm(WatchwordForm):
    """Yes to one case, as it was seen."""

    code = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)


class HandOverForm(AgreeForm):
    """Yes to one case that changes hands, with the reason that the other will read."""

    reason = forms.ChoiceField(
        label=_("Why do you hand it over?"),
        help_text=_("If you may know the applicant, declare a tie on the page of the case instead."),
        choices=lambda: [(one, translated(said)) for one, said in HANDED.items()],
        widget=forms.RadioSelect,
    )
