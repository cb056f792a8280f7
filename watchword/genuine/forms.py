# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of what is typed about clones."""

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.genuine.rules import LONGEST_ADDRESS
from watchword.web.forms import WatchwordForm


class CloneForm(WatchwordForm):
    """The address of a site, channel or bot that pretends to be ours."""

    address = forms.CharField(
        label=_("Address of the false site, channel or bot"),
        help_text=_("Such as false.example or t.me/false_bot. Do not open it on this machine."),
        max_length=LONGEST_ADDRESS,
    )
