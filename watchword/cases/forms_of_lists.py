# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of what is chosen on the list of cases."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.cases.selectors import Choice
from watchword.cases.selectors.choosing import MINE, NOBODY
from watchword.web.forms import WatchwordForm

KEEPERS = [("", _("Any keeper")), (MINE, _("I keep it")), (NOBODY, _("Nobody keeps it yet"))]
CLOCKS = [
    ("", _("Any clock")),
    ("over", _("Overdue")),
    ("soon", _("Overdue, or due within two days")),
    ("time", _("More than two days left, or no clock")),
    ("applicant", _("The applicant’s turn")),
]
TURNS = [
    ("", _("Whatever waits")),
    ("step", _("The next step is mine")),
    ("letter", _("A letter waits for me")),
    ("task", _("A task of mine is open")),
]
FLAGS = [
    ("", _("With or without a flag")),
    ("danger", _("In danger")),
    ("question", _("A question is open")),
    ("call", _("The applicant calls")),
]


class FilterForm(WatchwordForm):
    """Which cases the list shows."""

    stage = forms.ChoiceField(label=_("Stage"), required=False)
    keeper = forms.ChoiceField(label=_("Keeper"), required=False)
    clock = forms.ChoiceField(label=_("Clock"), choices=CLOCKS, required=False)
    flag = forms.ChoiceField(label=_("Flag"), choices=FLAGS, required=False)
    turn = forms.ChoiceField(label=_("My turn"), choices=TURNS, required=False)
    unread = forms.BooleanField(label=_("Only with letters that nobody has read"), required=False)
    closed = forms.BooleanField(label=_("Closed cases"), required=False)

    def __init__(
        self, *args: Any, stages: Sequence[tuple[str, str]], staff: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [("", _("All stages")), *stages]  # type: ignore[attr-defined]  # a choice field
        self.fields["keeper"].choices = [*KEEPERS, *staff]  # type: ignore[attr-defined]  # a choice field

    @property
    def choice(self) -> Choice:
        """What was chosen; everything where an address was made up."""
        return Choice(**self.cleaned_data) if self.is_valid() else Choice()
