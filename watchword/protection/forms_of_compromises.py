# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of what is typed about a compromise."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watchword.core.refusals import Sentence
from watchword.protection.forms import LONGEST_WORDS, CodeForm
from watchword.protection.rules import KNOWN, MEASURES, OUTCOMES, PRESS
from watchword.web.forms import WatchwordForm
from watchword.web.sentences import translated

Choices = list[tuple[str, str]]


def _choices(words: Mapping[str, Sentence]) -> Choices:
    return [(code, translated(one)) for code, one in words.items()]


def _one_of(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, widget=forms.RadioSelect)


def _words(label: Any, hint: Any, *, required: bool = False) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(
        label=label, help_text=hint, max_length=LONGEST_WORDS, required=required, widget=area
    )


class ReportForm(CodeForm):
    """What is known outside, of whom, and which rule holds from now on."""

    known = _one_of(_("What is known outside"))
    words = _words(
        _("Where it stands or who said it, and since when"),
        _("Sealed: custodians read it. With “only the words”, write them here too."),
        required=True,
    )
    rule = _one_of(_("What may be said from now on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, known=_choices(KNOWN), rule=_choices(PRESS))


class RuleForm(WatchwordForm):
    """Another rule."""

    rule = _one_of(_("What may be said from now on"))
    words = _words(_("Why, and the words that this person agreed to"), _("Sealed: custodians read it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, rule=_choices(PRESS))


class MeasureForm(WatchwordForm):
    """A measure that was taken, or is not needed; those that are left stand first."""

    measure = _one_of(_("What"))
    outcome = _one_of(_("How it stands"))
    words = _words(_("How, or why not"), _("Sealed: custodians read it."))

    def __init__(self, *args: Any, left: Collection[str] = MEASURES, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measures = sorted(_choices(MEASURES), key=lambda one: one[0] not in left)
        _offer(self, measure=measures, outcome=_choices(OUTCOMES))


class EndForm(WatchwordForm):
    """What another custodian found."""

    words = _words(_("What you looked at"), _("Sealed: custodians read it."), required=True)


def _offer(form: forms.Form, **choices: Choices) -> None:
    for name, offered in choices.items():
        form.fields[name].choices = offered  # type: ignore[attr-defined]  # a choice field
