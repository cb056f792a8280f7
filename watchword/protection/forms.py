# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of what is typed on the pages of call signs and of enquiries."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from watchword.accounts.forms_of_secrets import ConfirmedForm
from watchword.accounts.passkeys import LIFE
from watchword.core.procedure.text import Text
from watchword.core.refusals import WrongState, sentence
from watchword.protection.rules import ASKERS, CHOSEN, OFFERED, WAYS, WHY_NOT
from watchword.protection.sealed import Question
from watchword.protection.services import Offer
from watchword.web.forms import WatchwordForm
from watchword.web.sentences import translated

LONGEST_NAME, LONGEST_WORDS = 200, 4000
_SALT = "watchword/call-signs"


class CodeForm(WatchwordForm):
    """Of which case."""

    code = forms.CharField(label=_("The code of the case"), max_length=16)

    def clean_code(self) -> str:
        """As codes are written."""
        return str(self.cleaned_data["code"]).strip().upper()


class ChooseForm(WatchwordForm):
    """One of three, and why not each other. The three are carried along signed: nobody slips in a fourth."""

    offer = forms.CharField(widget=forms.HiddenInput, max_length=4000)
    chosen = forms.ChoiceField(label=_("The call sign"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, offered: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offer"].initial = packed(offered)
        choices = [(str(at), in_three(sign)) for at, sign in enumerate(offered.signs)]
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]  # a choice field
        for at, sign in enumerate(offered.signs):
            self.fields[f"why_{at}"] = forms.ChoiceField(
                label=_("If not %(sign)s: why not?") % {"sign": sign.en},
                choices=[("", "–"), *((code, translated(words)) for code, words in WHY_NOT.items())],
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """A reason for each that was not chosen."""
        typed = super().clean() or {}
        for at in range(OFFERED):
            if typed.get("chosen") not in (None, str(at)) and not typed.get(f"why_{at}"):
                self.add_error(f"why_{at}", _("Say why not this one."))
        return typed

    @property
    def reasons(self) -> list[str]:
        """For each of the three why it is not chosen, once the form is valid."""
        typed = self.cleaned_data
        return [CHOSEN if typed["chosen"] == str(at) else typed[f"why_{at}"] for at in range(OFFERED)]


def in_three(sign: Text) -> str:
    """A call sign in every language, for whoever must say it aloud."""
    return f"{sign.en} · {sign.uk} · {sign.ru}"


def packed(offer: Offer) -> str:
    """What was offered, as the page carries it."""
    signs = [(sign.en, sign.uk, sign.ru) for sign in offer.signs]
    return signing.dumps({"case": offer.case, "signs": signs}, salt=_SALT, compress=True)


def unpacked(text: str) -> Offer:
    """The offer that a page carried; WrongState when it is not one of ours, or too old."""
    try:
        said = signing.loads(text, salt=_SALT, max_age=LIFE)
    except signing.BadSignature:
        raise WrongState(sentence("This page was open for too long. Begin once more.")) from None
    return Offer(said["case"], tuple(Text(*sign) for sign in said["signs"]))


def _name(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=LONGEST_NAME, required=False)


class TakeForm(WatchwordForm):
    """What somebody outside asked."""

    way = forms.ChoiceField(label=_("How they ask"), widget=forms.RadioSelect)
    asker = forms.ChoiceField(
        label=_("Who they say to be"),
        help_text=_("Write down what they say. Nobody here believes or checks it."),
        widget=forms.RadioSelect,
    )
    surname = _name(_("Surname of whoever they ask for"))
    given = _name(_("Given name"))
    patronymic = _name(_("Patronymic"))
    birth_date = _name(
        _("Year or date of birth"), _("1991, or 1991-04-17. Never ask for it: it tells that you care.")
    )
    birth_place = _name(_("Place of birth"))
    said = forms.CharField(
        label=_("What they said, in their words"),
        help_text=_(
            "A call sign that they named, an address to answer to, a threat. Sealed: custodians read it."
        ),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (("way", WAYS), ("asker", ASKERS)):
            choices = [(code, translated(one)) for code, one in words.items()]
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field

    @property
    def question(self) -> Question:
        """What is sealed, once the form is valid."""
        names = Question.__dataclass_fields__
        return Question(**{name: self.cleaned_data[name].strip() for name in names})


class LookForm(ConfirmedForm):
    """The second custodian's confirmation."""
