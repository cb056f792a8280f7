# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures as the page writes them, those that are hidden among them."""

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext

from watchword.core.procedure.text import Text
from watchword.core.refusals import Sentence
from watchword.web.templatetags.words import figure, say

register = template.Library()


@register.filter
def shown(value: int | None) -> str:
    """The figure, or that it is not shown."""
    return gettext("not shown") if value is None else figure(value)


@register.filter
def labelled(parts: Sequence[int | None], titles: Sequence[Sentence | Text]) -> str:
    """Every part that is shown, with its title: what a legend would say. One word where none is shown."""
    pairs = zip(parts, titles, strict=True)
    said = [f"{say(title)}: {figure(part)}" for part, title in pairs if part is not None]
    if len(said) < len(titles):
        said.append(gettext("rest not shown") if said else gettext("not shown"))
    return " · ".join(said)
