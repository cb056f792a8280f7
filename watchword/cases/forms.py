# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of what is typed on the pages of a case."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.web.forms import WatchwordForm

LONGEST_GAP = 10_000

GAP_LABELS = {
    "conditions": _("Conditions"),
    "days": _("Days to answer"),
    "message": _("Your message"),
    "question": _("Your question"),
    "reasons": _("Reasons, in words the applicant can understand"),
}

TIES = [
    ("family", _("We are related, or close")),
    ("home-town", _("We come from the same town")),
    ("former-unit", _("We served or worked in the same place")),
    ("earlier-decision", _("I took part in an earlier decision about this person")),
    ("money", _("There is money or property between us")),
    ("complaint", _("One of us has complained about the other")),
    ("other", _("Another tie")),
]


class FilterForm(WatchwordForm):
    """Which cases the list shows."""

    stage = forms.ChoiceField(label=_("Stage"), required=False)
    mine = forms.BooleanField(label=_("Only cases that I keep"), required=False)
    closed = forms.BooleanField(label=_("Closed cases"), required=False)

    def __init__(self, *args: Any, stages: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [("", _("All stages")), *stages]  # type: ignore[attr-defined]  # a choice field


class LetterForm(WatchwordForm):
    """One field for each gap of a letter."""

    def __init__(self, *args: Any, gaps: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for gap in gaps:
            self.fields[gap] = forms.CharField(
                label=GAP_LABELS.get(gap, gap),
                max_length=LONGEST_GAP,
                widget=forms.Textarea(attrs={"rows": 8}),
            )

    @property
    def words(self) -> dict[str, str]:
        """What is in the gaps: what was typed, and the name of the gap in brackets where nothing was."""
        typed = getattr(self, "cleaned_data", {})
        return {gap: typed.get(gap) or f"[{field.label}]" for gap, field in self.fields.items()}


class MoveForm(WatchwordForm):
    """Confirms a step. One that ends the case asks for its code: no file is closed by a slip of the hand."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    code = forms.CharField(label=_("Type the code of the case to confirm"), max_length=16, required=False)

    def __init__(self, *args: Any, ends: bool, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected
        if not ends:
            del self.fields["code"]

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"].strip().upper()
        if typed != self.expected:
            raise forms.ValidationError(
                _("This is not the code of this case. Type %(code)s."), params={"code": self.expected}
            )
        return typed


class EraseForm(MoveForm):
    """Confirms that what is sealed in a case is destroyed."""

    def __init__(self, *args: Any, expected: str) -> None:
        super().__init__(*args, ends=True, expected=expected)
        del self.fields["version"]


class StaffForm(WatchwordForm):
    """Chooses one member of staff."""

    staff = forms.ChoiceField(label=_("Person"))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = list(people)  # type: ignore[attr-defined]  # a choice field


class TieForm(WatchwordForm):
    """Declares a tie."""

    kind = forms.ChoiceField(
        label=_("What ties you to this applicant?"), choices=TIES, widget=forms.RadioSelect
    )
