# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is told of a key on a custodian's own machine, and the file which that machine gives back."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.core.sealing.errors import Malformed
from watchword.core.sealing.seat import SeatAddress
from watchword.web.forms import WatchwordForm
from watchword.web.sentences import translated

LONGEST_ADDRESS = 2100


class BringForm(WatchwordForm):
    """The public half of a key, and whose machine has the other."""

    address = forms.CharField(
        label=_("The public half of the key"),
        help_text=_("The one line in the file with the ending .pub, which `watchword custodian init` wrote."),
        max_length=LONGEST_ADDRESS,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    held_by = forms.ChoiceField(label=_("On whose machine the key is"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, holders: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_by"].choices = list(holders.items())  # type: ignore[attr-defined]  # a choice field

    def clean_address(self) -> str:
        """In the one form that it has."""
        try:
            return str(SeatAddress.parse(self.cleaned_data["address"]))
        except Malformed as error:
            raise forms.ValidationError(translated(error.reason)) from None


class HandedOnForm(WatchwordForm):
    """What the old holder's machine made of the headers."""

    file = forms.FileField(
        label=_("The file that your machine wrote"),
        help_text=_("`watchword custodian hand-on` writes it from the file that you download here."),
    )
