# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of what is typed on the pages of invented cases."""

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.receipt import Receipt
from watchword.oversight.book import Change
from watchword.web.forms import WatchwordForm
from watchword.web.sentences import translated

LONGEST_WORDS = 2000


class ReceiptForm(WatchwordForm):
    """The receipt of an invented applicant, used while this request is answered and kept nowhere."""

    receipt = forms.CharField(
        label=_("The receipt of the invented applicant"),
        help_text=_("Thirty digits, as the Gate showed them. They are not kept here."),
        max_length=80,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_receipt(self) -> Receipt:
        """Checked digits."""
        try:
            return Receipt.parse(self.cleaned_data["receipt"])
        except SealingError as error:
            raise forms.ValidationError(translated(error.reason)) from None


class AskForm(ReceiptForm):
    """What an auditor asks for."""

    change = forms.ChoiceField(
        label=_("What is to be done"),
        choices=[
            (Change.MARK.value, _("Mark it as invented: from now on every opening alarms")),
            (Change.UNMARK.value, _("End the mark: nothing alarms any more")),
        ],
        widget=forms.RadioSelect,
    )


class LookForm(WatchwordForm):
    """What an auditor found, of the alarms that this page showed."""

    upto = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    words = forms.CharField(
        label=_("What you found, and what you will do"),
        help_text=_("Sealed: auditors alone read it. Once it is written, these alarms leave the home page."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
