# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a custodian types and uploads whose seat's key is on a machine of their own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.accounts.forms_of_secrets import ConfirmedForm
from watchword.web.forms import WatchwordForm


class TakeForm(WatchwordForm):
    """How much of the ledger the custodian's machine has seen."""

    since = forms.IntegerField(
        label=_("The number that your machine told you last"),
        help_text=_("So it can see that nothing was taken out of the ledger since. Empty: for the first."),
        min_value=0,
        max_value=2**53 - 1,
        required=False,
    )


class AnswerForm(ConfirmedForm):
    """The answer as that machine wrote it."""

    file = forms.FileField(label=_("The answer that your machine wrote"))
    field_order = ("file", "one_time_code")
