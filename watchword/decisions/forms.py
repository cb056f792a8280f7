# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of what is typed on the pages of the board; whether it may be is asked of the services."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from watchword.accounts.forms_of_secrets import ConfirmedForm
from watchword.decisions.action import Choice
from watchword.decisions.grounds import Ground
from watchword.web.forms import DayField, WatchwordForm

LONGEST_TEXT = 10_000
FIRST_GROUNDS, MOST_GROUNDS = 2, 12
Choices = Sequence[tuple[str, str]]


def _text(label: Any, hint: Any = "", *, rows: int = 6, required: bool = True) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=hint, max_length=LONGEST_TEXT, required=required, widget=area
    )


class ProposalForm(WatchwordForm):
    """What is proposed, beside its grounds. ``count`` is how many grounds the page has room for."""

    count = forms.IntegerField(min_value=1, max_value=MOST_GROUNDS, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    open_reasons = _text(
        _("Reasons that the applicant reads"),
        _("Write to the applicant, in the language of the application. Name no source and no other person."),
    )
    closed_reasons = _text(
        _("Closed reasons"), _("For the board alone: what would expose a source."), required=False
    )
    conditions = _text(
        _("Conditions"),
        _("Only with an acceptance on conditions. The applicant reads them."),
        rows=3,
        required=False,
    )
    until = DayField(
        label=_("Looked at again on"),
        help_text=_("For conditions and for a deferral, which lasts 90 days at most."),
        required=False,
    )

    def __init__(self, *args: Any, outcomes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = list(outcomes)  # type: ignore[attr-defined]  # a choice field


class GroundForm(WatchwordForm):
    """One ground; an empty one is left out, and the page says so once for all of its fields."""

    guideline = forms.ChoiceField(label=_("Guideline"))
    source = forms.ChoiceField(label=_("Where the facts come from"))
    facts = _text(_("Facts"), rows=4)
    mitigation = _text(_("What speaks for the applicant, and how it was weighed"), rows=3)

    def __init__(self, *args: Any, guidelines: Choices, sources: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("guideline", guidelines), ("source", sources)):
            self.fields[name].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]  # a choice field
        # A ground that was begun is finished: each field left empty says so itself.
        self.empty_permitted, self.use_required_attribute = True, False
        for field in self.fields.values():
            field.error_messages["required"] = _("Finish this ground, or empty all of it.")

    @property
    def ground(self) -> Ground | None:
        """The ground that was written, or None for an empty form."""
        return Ground(**self.cleaned_data) if self.has_changed() else None


@dataclass(frozen=True)
class Draft:
    """A whole proposal on its page: one form, and one more for each ground."""

    form: ProposalForm
    grounds: list[GroundForm]

    @classmethod
    def sent(cls, typed: QueryDict, words: "Words") -> "Draft":
        """Bound to what was sent."""
        form = ProposalForm(typed, outcomes=words.outcomes)
        grounds = [
            GroundForm(typed, prefix=_prefix(number), guidelines=words.guidelines, sources=words.sources)
            for number in range(1, _room(typed) + 1)
        ]
        return cls(form, grounds)

    @classmethod
    def open(cls, typed: QueryDict, words: "Words") -> "Draft":
        """Not yet sent: empty, or with all that was typed so far and room for one ground more."""
        room = min(_room(typed) + ("more" in typed), MOST_GROUNDS)
        form = ProposalForm(initial={**typed.dict(), "count": room}, outcomes=words.outcomes)
        grounds = [
            GroundForm(
                prefix=_prefix(number),
                initial={name: typed.get(f"{_prefix(number)}-{name}", "") for name in GroundForm.base_fields},
                guidelines=words.guidelines,
                sources=words.sources,
            )
            for number in range(1, room + 1)
        ]
        return cls(form, grounds)

    def is_valid(self) -> bool:
        """Asks every form, and says on top of the page which ground to look at."""
        unfinished = [ground for ground in self.grounds if not ground.is_valid()]
        self.form.is_valid()
        for ground in unfinished:
            number = self.grounds.index(ground) + 1
            self.form.add_error(None, _("Ground %(number)s is not finished.") % {"number": number})
        return not self.form.errors

    @property
    def written(self) -> dict[str, Any]:
        """What the service takes."""
        fields = {name: value for name, value in self.form.cleaned_data.items() if name != "count"}
        return fields | {"grounds": [form.ground for form in self.grounds if form.ground is not None]}


@dataclass(frozen=True)
class Words:
    """The choices of a proposal in the reader's language."""

    outcomes: Choices
    guidelines: Choices
    sources: Choices


def _prefix(number: int) -> str:
    return f"ground-{number}"


def _room(typed: QueryDict) -> int:
    count = typed.get("count", "")
    return min(int(count), MOST_GROUNDS) if count.isdecimal() and int(count) else FIRST_GROUNDS


class VoteForm(WatchwordForm):
    """One member's vote on what the page shows; ``seen`` is its hash."""

    seen = forms.CharField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(
        label=_("Your vote"),
        choices=[
            (Choice.AGREE.value, _("I agree to the proposal")),
            (Choice.DISAGREE.value, _("I do not agree")),
        ],
        widget=forms.RadioSelect,
    )
    reason = _text(_("Your reason"), _("Nobody reads it before all votes are in."), rows=4)
    dissent = _text(
        _("Dissent"),
        _("What should stay in the file beside the decision, whatever it is."),
        rows=3,
        required=False,
    )


class SecondForm(ConfirmedForm):
    """The second signature under what the page shows, confirmed by the code of the case."""

    seen = forms.CharField(widget=forms.HiddenInput)
    code = forms.CharField(label=_("Type the code of the case to sign"), max_length=16)
    field_order = ("code", "one_time_code")

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_code(self) -> str:
        """Nobody signs by a slip of the hand."""
        typed: str = self.cleaned_data["code"].strip().upper()
        if typed != self.expected:
            raise forms.ValidationError(
                _("This is not the code of this case. Type %(code)s."), params={"code": self.expected}
            )
        return typed


class ReturnForm(WatchwordForm):
    """Why the second person does not sign."""

    reason = _text(_("Why you return it"), _("Whoever works on the case reads this."), rows=4)
