# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms into which somebody puts what proves who they are; nothing of it is ever sent back to the page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.web.forms import WatchwordForm

LONGEST_SECRET = 200
SECRETS = frozenset(
    {"phrase", "passphrase", "again", "code", "one_time_code", "ticket", "assertion", "csrfmiddlewaretoken"}
)
"""The names of fields that are not carried along when a form is kept while a session is locked."""


@dataclass(frozen=True)
class Asked:
    """What a page asks of a passkey: its ticket, what the script hands to the browser, and how."""

    ticket: str
    options: Mapping[str, object]
    ceremony: str
    label: Any


class Unrepeated(forms.TextInput):
    """A field that comes back empty after an error: a one-time code is used up by trying it."""

    def format_value(self, value: Any) -> None:  # noqa: ARG002 - Django's signature
        return None


class _Hidden(Unrepeated):
    """The browser's answer; the script writes it."""

    input_type = "hidden"


class _Ticket(forms.HiddenInput):
    """Always the newest ticket, whatever was sent; beside it what the script needs."""

    def __init__(self, asked: Asked | None) -> None:
        self.ticket = asked.ticket if asked else ""
        said = {"data-passkey": asked.ceremony, "data-options": json.dumps(asked.options)} if asked else {}
        super().__init__(attrs=said | ({"data-label": str(asked.label)} if asked else {}))

    def format_value(self, value: Any) -> str:  # noqa: ARG002 - Django's signature
        return self.ticket


class PasskeyForm(WatchwordForm):
    """A form that a passkey can answer, where the page's script has asked one; without it both stay empty."""

    ticket = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)
    assertion = forms.CharField(required=False, max_length=8192, widget=_Hidden)
    instead: tuple[str, ...] = ()
    """The fields that need not be filled in where a passkey has answered."""

    def __init__(self, *args: Any, asked: Asked | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ticket"].widget = _Ticket(asked)
        if self.is_bound and self.data.get("assertion"):
            for name in self.instead:
                self.fields[name].required = False


def passphrase_field(label: Any, help_text: Any = "") -> forms.CharField:
    """A passphrase, as it was typed."""
    # strip=False: a space at the end may be part of it.
    return forms.CharField(
        label=label, help_text=help_text, strip=False, max_length=LONGEST_SECRET, widget=forms.PasswordInput
    )


def code_field() -> forms.CharField:
    """A one-time code."""
    return forms.CharField(
        label=_("One-time code"),
        help_text=_("Six digits from your authenticator program. Each code works once."),
        max_length=12,
        widget=Unrepeated(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class ConfirmedForm(PasskeyForm):
    """A form whose act is confirmed just then: by a one-time code, or by a passkey that signs the act."""

    one_time_code = code_field()
    instead = ("one_time_code",)


class LogInForm(PasskeyForm):
    """Three things that go together, or a passkey, or a passkey in the place of the code."""

    login = forms.CharField(label=_("Log-in"), max_length=64)
    passphrase = passphrase_field(_("Passphrase"))
    code = code_field()
    instead = ("login", "passphrase", "code")


class UnlockForm(PasskeyForm):
    """What opens the keys again; the cookie says whose."""

    passphrase = passphrase_field(_("Passphrase"))
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    instead = ("passphrase",)


class AddPasskeyForm(PasskeyForm):
    """A new passkey; the secrets are asked for again."""

    name = forms.CharField(
        label=_("A name for it"),
        max_length=60,
        help_text=_("So that you know it in a list: blue key, telephone."),
    )
    passphrase = passphrase_field(_("Passphrase"))
    code = code_field()

    def clean_assertion(self) -> str:
        """Only the script can ask the device."""
        answer: str = self.cleaned_data["assertion"]
        if not answer:
            raise forms.ValidationError(_("A passkey is made by a script of this page, and none ran here."))
        return answer


class AskRecoveryForm(WatchwordForm):
    """Who has lost their keys."""

    login = forms.CharField(label=_("Log-in"), max_length=64)


class ApproveRecoveryForm(ConfirmedForm):
    """The number that the person said, and the administrator's own confirmation."""

    number = forms.CharField(
        label=_("The number that the person told you"),
        max_length=12,
        help_text=_("Eight digits, heard from somebody whose face or voice you know."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    field_order = ("number", "one_time_code")

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_number(self) -> str:
        """Digits alone, for people say them in groups; looked at before a code is spent."""
        number = "".join(self.cleaned_data["number"].split())
        if number != self.expected:
            raise forms.ValidationError(
                _("This is not the number of this request. Ask the person once more.")
            )
        return number


class FinishRecoveryForm(WatchwordForm):
    """The phrase of the beginning, and a new passphrase."""

    login = forms.CharField(label=_("Log-in"), max_length=64)
    phrase = passphrase_field(_("The phrase that you were shown"), _("Forty digits; spaces do not matter."))
    passphrase = passphrase_field(_("A new passphrase"), _("At least 16 characters: four or five words."))
    again = passphrase_field(_("The passphrase once more"))

    def clean(self) -> dict[str, Any]:
        """Both are the same; the second is then of no further use."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.pop("again", None) != cleaned.get("passphrase"):
            self.add_error("again", _("The two passphrases are not the same. Type both again."))
        return cleaned
