# SPDX-License-Identifier: AGPL-3.0-or-later
"""The forms of the Gate besides the questions: the receipt, a letter, and the word that withdraws."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from watchword.core.procedure.text import Text
from watchword.core.sealing.card import CardNumber
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.receipt import Receipt
from watchword.gate.language import asked_language
from watchword.intake import rules
from watchword.web.forms import WatchwordForm
from watchword.web.sentences import translated

GROUPS = range(1, 7)
WITHDRAWING_WORD = Text(en="withdraw", uk="відкликати", ru="отозвать")
DIGITS_ONLY = {"inputmode": "numeric", "autocomplete": "off"}


class SpokenForm(WatchwordForm):
    """A form with the languages as buttons: pressed, it comes back as it stood, unjudged and not stored."""

    speaks = True

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self._comes_back = self.is_bound and bool(asked_language(self.data))
        if self._comes_back:
            self.is_bound = False

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if self._comes_back:
            return field.widget.value_from_datadict(self.data, self.files, field_name)
        return super().get_initial_for_field(field, field_name)


class TicketForm(SpokenForm):
    """A form that does something once; its ticket is checked where it is spent."""

    ticket = forms.CharField(widget=forms.HiddenInput, max_length=200)


class ReceiptCheckForm(SpokenForm):
    """Two groups of the receipt, typed from the paper."""

    def __init__(self, positions: Sequence[int], data: Any = None) -> None:
        super().__init__(data)
        self._positions = positions
        for position in positions:
            self.fields[f"group_{position}"] = forms.CharField(
                label=gettext("Group %(number)s of the six") % {"number": position},
                max_length=20,
                widget=forms.TextInput(attrs=DIGITS_ONLY),
            )

    def check_against(self, receipt: Receipt) -> bool:
        """Whether both groups are right; a wrong one is named."""
        groups = receipt.groups()
        for position in self._positions:
            name = f"group_{position}"
            if digits_of(self.cleaned_data[name]) != groups[position - 1]:
                self.add_error(name, gettext("This is not what was shown. Look at your paper once more."))
        return not self.errors


def digits_of(text: str) -> str:
    """The digits of a typed group, in whatever script, and whatever stands between them."""
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())


class SignInForm(TicketForm):
    """The receipt, as people type it."""

    receipt = forms.CharField(
        label=_("The 30 digits of your receipt"),
        help_text=_("With or without spaces. The digits are not stored."),
        max_length=200,
        widget=forms.TextInput(attrs=DIGITS_ONLY),
    )

    def clean_receipt(self) -> Receipt:
        try:
            return Receipt.parse(self.cleaned_data["receipt"])
        except SealingError as error:
            raise forms.ValidationError(translated(error.reason)) from None


def within_length(text: str) -> str:
    """The text, refused when it is longer than a letter.

    Not by the field's own limit: with it the browser would cut a pasted text without a word.
    """
    if len(text) > rules.LONGEST_LETTER:
        told = {"length": len(text), "most": rules.LONGEST_LETTER}
        raise forms.ValidationError(
            gettext("This is too long: %(length)s characters. At most %(most)s fit.") % told
        )
    return text


class CardForm(SpokenForm):
    """The number of an invitation card, as people type it."""

    number = forms.CharField(
        label=_("The number of your card"),
        help_text=_("20 digits, with or without spaces. Never type your receipt here."),
        max_length=200,
        widget=forms.TextInput(attrs=DIGITS_ONLY),
    )

    def clean_number(self) -> CardNumber:
        try:
            return CardNumber.parse(self.cleaned_data["number"])
        except SealingError as error:
            raise forms.ValidationError(translated(error.reason)) from None


class AnswerForm(TicketForm):
    """A letter to the Desk."""

    text = forms.CharField(
        label=_("Your letter"),
        help_text=_("Do not write names of other people, addresses or telephone numbers."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_text(self) -> str:
        return within_length(self.cleaned_data["text"])


class CallForm(TicketForm):
    """A call for a human; words may be added and need not be."""

    text = forms.CharField(
        label=_("If you want to add something"),
        help_text=_("You can leave this empty. Write no names, addresses or telephone numbers."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_text(self) -> str:
        return within_length(self.cleaned_data["text"])


class SecondForm(TicketForm):
    """How a second receipt is to behave."""

    warn = forms.BooleanField(
        label=_("Tell the Desk each time it is used"),
        help_text=_(
            "Then a person learns that you may be under pressure. Somebody who watches you does not see it."
        ),
        required=False,
        initial=True,
    )


class WithdrawForm(SpokenForm):
    """One typed word, in any of our languages, so that nobody withdraws by a slip of the finger."""

    word = forms.CharField(max_length=40)

    def __init__(self, language: str, data: Any = None) -> None:
        super().__init__(data)
        self._word = WITHDRAWING_WORD.in_language(language)
        self.fields["word"].label = gettext("Type the word “%(word)s”") % {"word": self._word}

    def clean_word(self) -> str:
        typed = str(self.cleaned_data["word"]).strip(" “”«»\"'").casefold()
        if typed not in {WITHDRAWING_WORD.en, WITHDRAWING_WORD.uk, WITHDRAWING_WORD.ru}:
            raise forms.ValidationError(gettext("Type exactly this word: %(word)s") % {"word": self._word})
        return typed
