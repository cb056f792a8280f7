# SPDX-License-Identifier: AGPL-3.0-or-later
"""The questions of a profile as a form: drawn here, judged by the procedure."""

from typing import Any

from django import forms
from django.utils.translation import gettext

from watchword.core.procedure.answers import validate
from watchword.core.procedure.conditions import Chosen
from watchword.core.procedure.questionnaire import Question, QuestionType, Section
from watchword.core.procedure.readable import YES_NO_WORDS
from watchword.web.forms import WatchwordForm
from watchword.web.sentences import translated


class Written(forms.CharField):
    """Written words, as they came: the section judges all its answers together."""

    def clean(self, value: Any) -> Any:
        return value


class OneOf(forms.ChoiceField):
    """One chosen answer, as it came."""

    widget = forms.RadioSelect

    def clean(self, value: Any) -> Any:
        return value


class SomeOf(forms.MultipleChoiceField):
    """Several chosen answers, as they came."""

    widget = forms.CheckboxSelectMultiple

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


class TicketedForm(SectionForm):
    """A section that is sent by itself, the first contact or what the Desk asked for: with its ticket."""

    ticket = forms.CharField(widget=forms.HiddenInput, max_length=200)

    def __init__(self, section: Section, language: str, data: Any = None, ticket: str = "") -> None:
        super().__init__(section, language, data)
        self.initial["ticket"] = ticket

    def clean(self) -> dict[str, Any]:
        ticket = self.cleaned_data.get("ticket", "")
        return super().clean() | {"ticket": ticket}

    @property
    def answers(self) -> dict[str, Any]:
        """The clean answers without the ticket."""
        return {name: answer for name, answer in self.cleaned_data.items() if name != "ticket"}


def field_of(question: Question, section: Section, language: str) -> forms.Field:
    """The field in which a question is answered."""
    field = _bare_field(question, language)
    hints = (_condition(question, section, language), question.hint.in_language(language))
    field.label = question.label.in_language(language)
    field.help_text = " ".join(hint for hint in hints if hint)
    field.required = question.required
    return field


def _bare_field(question: Question, language: str) -> forms.Field:
    if question.type is QuestionType.SEVERAL:
        return SomeOf(choices=_choices(question, language))
    if question.values:
        return OneOf(choices=_choices(question, language))
    if question.type is QuestionType.LONG_TEXT:
        return Written(widget=forms.Textarea(attrs={"rows": 8}))
    return Written()


def _choices(question: Question, language: str) -> list[tuple[str, str]]:
    if question.type is QuestionType.YES_NO:
        return [(value, words.in_language(language)) for value, words in YES_NO_WORDS.items()]
    return [(choice.id, choice.title.in_language(language)) for choice in question.choices]


def _condition(question: Question, section: Section, language: str) -> str:
    """Without scripts every question is shown; this says which of them may be passed over."""
    condition = question.show_if
    if condition is None:
        return ""
    if len(condition.of) == 1:
        return _one_condition(condition.of[0], section, language)
    joint = gettext(" and ") if condition.every else gettext(" or ")
    told = joint.join(_chosen(one, section, language) for one in condition.of)
    return gettext("Only if you chose %(choices)s.") % {"choices": told}


def _one_condition(chosen: Chosen, section: Section, language: str) -> str:
    """The shorter way to say it: after which answers it is asked, or after which it is not."""
    earlier = _earlier(chosen, section)
    passed_at = [title for value, title in _choices(earlier, language) if value not in chosen.answers]
    if len(passed_at) >= len(chosen.answers):
        told = _told(chosen, section, language)
        return gettext("Only if you chose “%(answer)s” at “%(question)s”.") % told
    told = {"answer": " / ".join(passed_at), "question": earlier.label.in_language(language)}
    return gettext("Leave this empty if you chose “%(answer)s” at “%(question)s”.") % told


def _chosen(chosen: Chosen, section: Section, language: str) -> str:
    return gettext("“%(answer)s” at “%(question)s”") % _told(chosen, section, language)


def _told(chosen: Chosen, section: Section, language: str) -> dict[str, str]:
    earlier = _earlier(chosen, section)
    asked_at = [title for value, title in _choices(earlier, language) if value in chosen.answers]
    return {"answer": " / ".join(asked_at), "question": earlier.label.in_language(language)}


def _earlier(chosen: Chosen, section: Section) -> Question:
    return next(question for question in section.questions if question.id == chosen.question)
