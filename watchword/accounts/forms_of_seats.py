# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is told of a key on a custodian's own machine, and the file which that machine gives back."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.web.forms import WatchwordForm

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


class HandedOnForm(WatchwordForm):
    """What the old holder's machine made of the headers."""

    file = forms.FileField(
        label=_("The file that your machine wrote"),
        help_text=_("`watchword custodian hand-on` writes it from the file that you download here."),
    )
