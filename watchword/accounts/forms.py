# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shapes of what is typed into the accounts pages; a secret is never sent back to the page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.accounts import role_titles
from watchword.accounts.forms_of_secrets import passphrase_field
from watchword.accounts.rules import MANDATES
from watchword.web.forms import DayField, WatchwordForm

LONGEST_REASON = 300


def _reason(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_REASON,
        help_text=_("Auditors read it. No names, nothing about applicants."),
    )


class EnrolForm(WatchwordForm):
    """A new member of staff, who sits at this screen and types the passphrase."""

    name = forms.CharField(
        label=_("Name at the Desk"), max_length=120, help_text=_("What colleagues call them.")
    )
    login = forms.RegexField(
        r"^[a-z][a-z0-9.-]{1,40}$",
        label=_("Log-in"),
        help_text=_("Lower-case letters, digits, dots and hyphens."),
        error_messages={"invalid": _("Use lower-case letters, digits, dots and hyphens, a letter first.")},
    )
    language = forms.ChoiceField(label=_("Language"))
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "They are proposed: another administrator confirms each. Whoever administers, audits, screens"
            " or is a custodian holds no other role."
        ),
    )
    passphrase = passphrase_field(
        _("Passphrase"), _("Typed by the new member of staff: at least 16 characters.")
    )
    again = passphrase_field(_("The passphrase once more"))

    def __init__(self, *args: Any, languages: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = role_titles.choices()  # type: ignore[attr-defined]  # a field of choices
        self.fields["language"].choices = languages  # type: ignore[attr-defined]  # a field of choices

    def clean(self) -> dict[str, Any]:
        """Both passphrases are the same; the second is then of no further use."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.pop("again", None) != cleaned.get("passphrase"):
            self.add_error("again", _("The two passphrases are not the same. Type both again."))
        return cleaned


class GrantForm(WatchwordForm):
    """A role for somebody, and why."""

    role = forms.ChoiceField(label=_("Role"))
    until = DayField(
        label=_("Ends on, for an auditor"),
        required=False,
        help_text=_(
            "A mandate ends by itself as this day begins, in ninety days at the latest. Empty: in ninety."
        ),
    )
    reason = _reason(_("Why"))

    def __init__(self, *args: Any, held: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A mandate can be issued anew before it ends.
        lasting = held - set(MANDATES)
        choices = [(role, title) for role, title in role_titles.choices() if role not in lasting]
        self.fields["role"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]  # a field of choices


class RevokeForm(WatchwordForm):
    """Why a role is taken back, and whether that can wait for another administrator."""

    reason = _reason(_("Why"))
    at_once = forms.BooleanField(
        label=_("At once: this is an emergency"),
        required=False,
        help_text=_("Another administrator has to look at it afterwards, and is reminded until then."),
    )


class EndServiceForm(WatchwordForm):
    """Why somebody leaves; the log-in is typed so that nobody ends the wrong person's service."""

    reason = _reason(_("Why"))
    login = forms.CharField(label=_("Type the person's log-in to confirm"), max_length=64)

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_login(self) -> str:
        """The very log-in."""
        if self.cleaned_data["login"] != self.expected:
            raise forms.ValidationError(_("This is not the log-in of the person on this page."))
        return self.expected
