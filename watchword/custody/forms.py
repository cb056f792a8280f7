# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of what is typed on the pages of releases; whether it may be is asked of the services."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from watchword.accounts.forms_of_secrets import ConfirmedForm
from watchword.accounts.passkeys import LIFE
from watchword.core.refusals import WrongState, sentence
from watchword.custody.action import Words
from watchword.custody.rules import GLASS, GLASS_LASTS, LONGEST_DAYS, Wanted
from watchword.custody.services import Draft
from watchword.web.forms import DayField, WatchwordForm

LONGEST_WORDS = 2000
_SALT = "watchword/release-draft"
Choices = Sequence[tuple[str, str]]


def _words(label: Any, hint: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=hint, max_length=LONGEST_WORDS, widget=area)


def _elements() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("What is asked for"),
        help_text=_("No more than it needs: nothing else will be opened."),
        widget=forms.CheckboxSelectMultiple,
    )


def _told() -> forms.DateField:
    return DayField(
        label=_("Tell the applicant not before"),
        help_text=_(
            "Leave it empty, and the applicant’s mailbox says on the next day how often this was opened, and"
            " for what kind of check. Only where that would endanger somebody name a later day, which the"
            " custodians see."
        ),
        required=False,
    )


class AskForm(WatchwordForm):
    """What somebody asks for who keeps a case, or screens it."""

    elements = _elements()
    serves = forms.ChoiceField(label=_("The check that this serves"), widget=forms.RadioSelect)
    words = _words(
        _("What it is needed for"),
        _("Custodians decide by this. Sealed: they and your own role read it. Write no name."),
    )
    days = forms.IntegerField(
        label=_("For how many days"),
        help_text=_("When they are over nothing opens, and the shares are destroyed."),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=2,
    )
    told = _told()

    def __init__(self, *args: Any, elements: Choices, checks: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["elements"].choices = list(elements)  # type: ignore[attr-defined]  # a choice field
        self.fields["serves"].choices = list(checks)  # type: ignore[attr-defined]  # a choice field

    def wanted(self, now: datetime) -> Wanted:
        """What was typed, once the form is valid."""
        typed = self.cleaned_data
        until = now + timedelta(days=typed["days"])
        return Wanted(tuple(typed["elements"]), typed["serves"], typed["words"], until, typed["told"])


class BreakForm(WatchwordForm):
    """What the first of two custodians types."""

    code = forms.CharField(label=_("The code of the case"), max_length=16)
    elements = _elements()
    words = _words(
        _("Who is in danger, and why nobody else can be asked first"),
        _("Sealed: custodians and vetting read it. Somebody else will look at it afterwards."),
    )
    told = _told()
    field_order = ("code", "elements", "words", "told")

    def __init__(self, *args: Any, elements: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["elements"].choices = list(elements)  # type: ignore[attr-defined]  # a choice field

    def clean_code(self) -> str:
        """As codes are written."""
        return str(self.cleaned_data["code"]).strip().upper()

    def wanted(self, now: datetime) -> Wanted:
        """What was typed, once the form is valid."""
        typed = self.cleaned_data
        return Wanted(tuple(typed["elements"]), GLASS, typed["words"], now + GLASS_LASTS, typed["told"])


class DraftForm(ConfirmedForm):
    """The same as it was shown, carried along unseen and signed: what is confirmed is what was read."""

    draft = forms.CharField(widget=forms.HiddenInput, max_length=40_000)
    code = forms.CharField(widget=forms.HiddenInput, max_length=16, required=False)


def packed(draft: Draft) -> str:
    """A draft as the page carries it."""
    wanted = draft.wanted
    return signing.dumps(
        {
            "elements": wanted.elements,
            "serves": wanted.serves,
            "text": draft.words.text,
            "salt": draft.words.salt,
            "until": wanted.until.isoformat(),
            "told": wanted.told.isoformat() if wanted.told else "",
            "recipient": draft.recipient,
            "key": draft.sealed_key.hex(),
        },
        salt=_SALT,
        compress=True,
    )


def unpacked(text: str) -> Draft:
    """The draft that a page carried; WrongState when it is not one of ours, or too old."""
    try:
        said = signing.loads(text, salt=_SALT, max_age=LIFE)
    except signing.BadSignature:
        raise WrongState(sentence("This page was open for too long. Begin once more.")) from None
    return Draft(
        wanted=Wanted(
            elements=tuple(said["elements"]),
            serves=said["serves"],
            words=said["text"],
            until=datetime.fromisoformat(said["until"]),
            told=date.fromisoformat(said["told"]) if said["told"] else None,
        ),
        words=Words(said["text"], said["salt"]),
        recipient=said["recipient"],
        sealed_key=bytes.fromhex(said["key"]),
    )


class GiveForm(ConfirmedForm):
    """This seat's share, for what the page showed; ``seen`` is its hash."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class RefuseForm(ConfirmedForm):
    """A refusal, with its reason."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = _words(
        _("Why you refuse"),
        _("Sealed: custodians and the role that asked read it. A refusal cannot be taken back."),
    )
    field_order = ("reason", "one_time_code")


class ReviewForm(ConfirmedForm):
    """What somebody finds of a broken glass."""

    words = _words(_("What you find of it"), _("Sealed: custodians and vetting read it."))
    field_order = ("words", "one_time_code")
