# SPDX-License-Identifier: AGPL-3.0-or-later
"""The forms of the Gate: the questions of a profile, the receipt, a letter, and the word that withdraws."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from watchword.core.procedure.answers import validate
from watchword.core.procedure.questionnaire import Question, QuestionType, Section
from watchword.core.procedure.readable import YES_NO_WORDS
from watchword.core.procedure.text import Text
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.receipt import Receipt
from watchword.intake import rules
from watchword.web.forms import WatchwordForm
from watchword.web.sentences import translated

GROUPS = range(1, 7)
WITHDRAWING_WORD = Text(en="withdraw", uk="відкликати", ru="отозвать")


class TicketForm(WatchwordForm):
    """A form that does something once; its ticket is checked where it is spent."""

    ticket = forms.CharField(widget=forms.HiddenInput, max_length=200)


class Written(forms.CharField):
    """Written words, as they came: the section judges all its answers together."""

    def clean(self, value: Any) -> Any:
        return value


class OneOf(forms.ChoiceField):
    """One chosen answer, as it came."""

    def clean(self, value: Any) -> Any:
        return value


class SomeOf(forms.MultipleChoiceField):
    """Several chosen answers, as they came."""

    def clean(self, value: Any) -> Any:
        return value


class SectionForm(WatchwordForm):
    """The questions of one section. Its clean data are answers that may be sealed."""

    def __init__(self, section: Section, language: str, data: Any = None) -> None:
        super().__init__(data)
        self._section = section
        for question in section.questions:
            if question.type is not QuestionType.FILE:
                self.fields[question.id] = field_of(question, section, language)

    def clean(self) -> dict[str, Any]:
        checked = validate(self._section, self.cleaned_data)
        for name, fault in checked.errors.items():
            self.add_error(name, translated(fault))
        return dict(checked.cleaned)


class ContactForm(SectionForm):
    """The first contact: a section, and a ticket because it opens a mailbox."""

    ticket = forms.CharField(widget=forms.HiddenInput, max_length=200)

    def __init__(self, section: Section, language: str, data: Any = None, ticket: str = "") -> None:
        super().__init__(section, language, data)
        self.initial["ticket"] = ticket

    def clean(self) -> dict[str, Any]:
        ticket = self.cleaned_data.pop("ticket", "")
        return super().clean() | {"ticket": ticket}


def field_of(question: Question, section: Section, language: str) -> forms.Field:
    """The field in which a question is answered."""
    told = {
        "label": question.label.in_language(language),
        "help_text": " ".join(
            part
            for part in (_condition(question, section, language), question.hint.in_language(language))
            if part
        ),
        "required": question.required,
    }
    if question.type is QuestionType.SEVERAL:
        return SomeOf(choices=_choices(question, language), widget=forms.CheckboxSelectMultiple, **told)
    if question.values:
        return OneOf(choices=_choices(question, language), widget=forms.RadioSelect, **told)
    if question.type is QuestionType.LONG_TEXT:
        return Written(widget=forms.Textarea(attrs={"rows": 8}), strip=False, **told)
    return Written(strip=False, **told)


def _choices(question: Question, language: str) -> list[tuple[str, str]]:
    if question.type is QuestionType.YES_NO:
        return [(value, words.in_language(language)) for value, words in YES_NO_WORDS.items()]
    return [(choice.id, choice.title.in_language(language)) for choice in question.choices]


def _condition(question: Question, section: Section, language: str) -> str:
    """Without scripts every question is shown; this says which of them may be passed over."""
    earlier = section.question(question.show_if.question) if question.show_if else None
    if question.show_if is None or earlier is None:
        return ""
    wanted = [title for value, title in _choices(earlier, language) if value in question.show_if.answers]
    return gettext("Only if you chose “%(answer)s” at “%(question)s”.") % {
        "answer": " / ".join(wanted),
        "question": earlier.label.in_language(language),
    }


def digits_of(text: str) -> str:
    """The digits of a typed group, whatever stands between them."""
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())


class ReceiptCheckForm(WatchwordForm):
    """Two groups of the receipt, typed from the paper."""

    def __init__(self, positions: Sequence[int], data: Any = None) -> None:
        super().__init__(data)
        self._positions = positions
        for position in positions:
            self.fields[f"group_{position}"] = forms.CharField(
                label=gettext("Group %(number)s of the six") % {"number": position},
                max_length=20,
                widget=forms.TextInput(
                    attrs={"inputmode": "numeric", "autocomplete": "off", "class": "control-short"}
                ),
            )

    def check_against(self, receipt: Receipt) -> bool:
        """Whether both groups are right; a wrong one is named."""
        groups = receipt.groups()
        for position in self._positions:
            name = f"group_{position}"
            if name in self.cleaned_data and digits_of(self.cleaned_data[name]) != groups[position - 1]:
                self.add_error(
                    name, gettext("This group is not the same. Look at your paper and type its five digits.")
                )
        return not self.errors


class SignInForm(TicketForm):
    """The receipt, as people type it."""

    receipt = forms.CharField(
        label=_("The 30 digits of your receipt"),
        help_text=_("With or without spaces. Nothing of it is stored."),
        max_length=200,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_receipt(self) -> Receipt:
        try:
            return Receipt.parse(self.cleaned_data["receipt"])
        except SealingError as error:
            raise forms.ValidationError(translated(error.reason)) from None


class AnswerForm(TicketForm):
    """A letter to the Desk."""

    text = forms.CharField(
        label=_("Your letter"),
        help_text=_("Do not write names of other people, addresses or telephone numbers."),
        max_length=rules.LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "max_length": _("This is too long: %(show_value)s characters. At most %(limit_value)s fit.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The browser would cut a pasted text without a word; we say how much is too much.
        self.fields["text"].widget.attrs.pop("maxlength", None)


class WithdrawForm(WatchwordForm):
    """One typed word, in any of our languages, so that nobody withdraws by a slip of the finger."""

    word = forms.CharField(label="", max_length=40)

    def __init__(self, language: str, data: Any = None) -> None:
        super().__init__(data)
        self._word = WITHDRAWING_WORD.in_language(language)
        self.fields["word"].label = gettext("Type the word “%(word)s”") % {"word": self._word}

    def clean_word(self) -> str:
        typed = str(self.cleaned_data["word"]).strip().strip("“”«»\"'").casefold()
        if typed not in {WITHDRAWING_WORD.en, WITHDRAWING_WORD.uk, WITHDRAWING_WORD.ru}:
            raise forms.ValidationError(gettext("Type exactly this word: %(word)s") % {"word": self._word})
        return typed
