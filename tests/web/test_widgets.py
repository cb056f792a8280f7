# SPDX-License-Identifier: AGPL-3.0-or-later
"""Controls that are written in one go are the same, to the character, as those of Django's templates."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st

from watchword.web.forms import Renderer
from watchword.web.widgets import WRITTEN

words = st.one_of(
    st.text("<>&\"' aж\n", max_size=6),
    st.sampled_from([mark_safe("<b>"), gettext_lazy("Stage")]),
)
values = st.one_of(words, st.integers(0, 9999), st.none())
attributes = st.dictionaries(
    st.sampled_from(["id", "class", "data-x", 'on"x']), st.one_of(words, st.booleans()), max_size=3
)
choices = st.lists(
    st.one_of(st.tuples(values, words), st.tuples(words, st.lists(st.tuples(values, words), max_size=2))),
    max_size=4,
)


def the_same(widget: forms.Widget, name: str, value: Any, attrs: dict[str, Any]) -> None:
    theirs = widget.render(name, value, attrs, renderer=DjangoTemplates())
    assert widget.render(name, value, attrs, renderer=Renderer()) == theirs


@settings(max_examples=60, deadline=None)
@given(choices, values, attributes)
def test_a_list_to_choose_from(choices: list[Any], value: Any, attrs: dict[str, Any]) -> None:
    the_same(forms.Select(choices=choices), 'a<b"', value, attrs)


@settings(max_examples=20, deadline=None)
@given(values, attributes)
@pytest.mark.parametrize(
    "kind",
    [forms.TextInput, forms.CheckboxInput, forms.DateInput, forms.HiddenInput, forms.NumberInput],
)
def test_an_input(kind: type[forms.Widget], value: Any, attrs: dict[str, Any]) -> None:
    the_same(kind(), 'a<b"', value, attrs)


def test_every_template_that_is_not_used_is_one_of_djangos() -> None:
    for template in WRITTEN:
        assert DjangoTemplates().get_template(template)
