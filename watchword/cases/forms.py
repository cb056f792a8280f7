# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of what is typed on the pages of a case."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.accounts.forms_of_secrets import ConfirmedForm
from watchword.cases import rules
from watchword.core.procedure.sealed_files import kind_of, safe_name
from watchword.core.refusals import Refused
from watchword.trust.enclosed import Enclosed
from watchword.web.forms import DayField, WatchwordForm
from watchword.web.sentences import translated

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


class SeenForm(WatchwordForm):
    """A form that remembers how the case stood when the writing began."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class LetterForm(SeenForm):
    """One field for each gap of a letter."""

    def __init__(self, *args: Any, gaps: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for gap in gaps:
            self.fields[gap] = forms.CharField(
                label=GAP_LABELS.get(gap, gap),
                max_length=LONGEST_GAP,
                widget=forms.Textarea(attrs={"rows": 8}),
            )
        self.gaps = tuple(gaps)
        self.fields["file"] = forms.FileField(
            label=_("A file to go with it"),
            help_text=_("At most 150 kB. Choose it last: looking at the letter first forgets it."),
            required=False,
        )

    def clean_file(self) -> tuple[Enclosed, ...]:
        file = self.cleaned_data["file"]
        if file is None:
            return ()
        content = file.read()
        try:
            rules.check_enclosed([content])
        except Refused as refused:
            raise forms.ValidationError(translated(refused.reason)) from None
        kind = kind_of(content)
        assert kind is not None  # the rule above refuses what has none
        return (Enclosed(safe_name(file.name, kind.extension), content),)

    @property
    def filled(self) -> dict[str, str]:
        """What was typed into the gaps, once the form is valid."""
        return {gap: self.cleaned_data[gap] for gap in self.gaps}

    @property
    def words(self) -> dict[str, str]:
        """What is in the gaps: what was typed, and the name of the gap in brackets where nothing was."""
        typed = getattr(self, "cleaned_data", {})
        return {gap: typed.get(gap) or f"[{self.fields[gap].label}]" for gap in self.gaps}


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


class VersionForm(WatchwordForm):
    """Says which case and which procedure somebody has read about, before the one goes over to the other."""

    case_version = forms.IntegerField(widget=forms.HiddenInput)
    to_version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def seen(self) -> tuple[int, int]:
        """The version of the case and that of the procedure on the page."""
        return self.cleaned_data["case_version"], self.cleaned_data["to_version"]


class AskErasureForm(MoveForm):
    """Asks for the second person who destroys what is sealed in a case."""

    def __init__(self, *args: Any, expected: str) -> None:
        super().__init__(*args, ends=True, expected=expected)
        self.fields["code"].required = True
        del self.fields["version"]


class EraseForm(ConfirmedForm):
    """Destroys what is sealed in a case: confirmed by its code, and by what only this person has."""

    code = forms.CharField(label=_("Type the code of the case to confirm"), max_length=16)
    field_order = ("code", "one_time_code")

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    clean_code = MoveForm.clean_code


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


class SeatTieForm(TieForm):
    """Declares a tie as a custodian, who has no list of cases."""

    code = forms.CharField(label=_("The code of the case"), max_length=16)
    field_order = ("code", "kind")

    def clean_code(self) -> str:
        """As codes are written."""
        return str(self.cleaned_data["code"]).strip().upper()


class NoteForm(WatchwordForm):
    """One note, and which compartment's readers may read it."""

    words = forms.CharField(
        label=_("Note"),
        help_text=_("Sealed. It cannot be changed afterwards; write another one instead."),
        max_length=LONGEST_GAP,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    compartment = forms.ChoiceField(label=_("For those who read"))

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["compartment"].choices = list(places)  # type: ignore[attr-defined]  # a choice field


class DueForm(WatchwordForm):
    """By when something is to be done."""

    due = DayField(label=_("By which day"))
    remind = DayField(
        label=_("Reminder from"),
        help_text=_(
            "From this day on it stands on the home page of who has it. Left empty: on the day itself."
        ),
        required=False,
    )


class TaskForm(DueForm, NoteForm):
    """One task: what, by whom, by when; and a note to it if there is more to say."""

    kind = forms.ChoiceField(
        label=_("What is to be done"),
        choices=lambda: [(one, translated(said)) for one, said in rules.TASKS.items()],
    )
    staff = forms.ChoiceField(label=_("By whom"))

    field_order = ("kind", "staff", "due", "remind", "words", "compartment")

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = list(people)  # type: ignore[attr-defined]  # a choice field
        self.fields["words"].required = False
        if not self.fields["compartment"].choices:  # type: ignore[attr-defined]  # a choice field
            del self.fields["words"], self.fields["compartment"]


class DeclineForm(WatchwordForm):
    """Says why a case is not taken over."""

    reason = forms.ChoiceField(
        label=_("Why do you decline?"),
        help_text=_("Whoever may know the applicant is kept out of the case for good by saying so here."),
        choices=lambda: [(one, translated(said)) for one, said in rules.DECLINED.items()],
        widget=forms.RadioSelect,
    )


class JoinForm(WatchwordForm):
    """Names the case in which this one goes on."""

    leading = forms.CharField(label=_("Code of the case in which it goes on"), max_length=16)

    def clean_leading(self) -> str:
        typed: str = self.cleaned_data["leading"].strip().upper()
        return typed
