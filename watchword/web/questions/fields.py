# SPDX-License-Identifier: AGPL-3.0-or-later
"""The field in which one question is answered; what it holds is judged with the whole section."""

from collections.abc import Sequence
from typing import Any

from django import forms

from watchword.core.procedure.parts import parts_of
from watchword.core.procedure.questionnaire import Question, QuestionType
from watchword.core.procedure.readable import choice_words
from watchword.web.questions.controls import Compound
from watchword.web.questions.hints import condition_hint


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


class AsItCame(forms.Field):
    """An answer of several controls, as it came."""

    def clean(self, value: Any) -> Any:
        return value


def field_of(question: Question, beside: Sequence[Question], language: str) -> forms.Field:
    """The field for ``question``, which stands among the questions ``beside`` it."""
    return labelled(_bare_field(question, language), question, beside, language)


def labelled(
    field: forms.Field, question: Question, beside: Sequence[Question], language: str
) -> forms.Field:
    """Give ``field`` the words of its question, and say when it is asked: without scripts all are shown."""
    hints = (condition_hint(question, beside, language), question.hint.in_language(language))
    field.label = question.label.in_language(language)
    field.help_text = " ".join(hint for hint in hints if hint)
    field.required = question.required
    return field


def _bare_field(question: Question, language: str) -> forms.Field:
    if parts_of(question):
        return AsItCame(widget=Compound(question, language))
    if question.type is QuestionType.SEVERAL:
        return SomeOf(choices=_choices(question, language))
    if question.values:
        return OneOf(choices=_choices(question, language))
    if question.type is QuestionType.LONG_TEXT:
        return Written(widget=forms.Textarea(attrs={"rows": 8}))
    return Written()


def _choices(question: Question, language: str) -> list[tuple[str, str]]:
    return [(value, words.in_language(language)) for value, words in choice_words(question)]
