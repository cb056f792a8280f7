# SPDX-License-Identifier: AGPL-3.0-or-later
"""The plain controls written in one go: through templates, a choice of twenty would be forty of them.

What comes out is what Django's own templates say, character by character; a test holds the two together.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

Widget = Mapping[str, Any]


def select(widget: Widget) -> SafeString:
    """A list to choose from."""
    groups = "".join(_group(name, options) for name, options, _ in widget["optgroups"])
    return _safe(f'<select name="{_escaped(widget["name"])}"{_attributes(widget)}>{groups}\n</select>')


def control(widget: Widget) -> SafeString:
    """An ``input`` of whichever type."""
    kind, name, value = _escaped(widget["type"]), _escaped(widget["name"]), widget["value"]
    filled = "" if value is None else f' value="{_escaped(value)}"'
    return _safe(f'<input type="{kind}" name="{name}"{filled}{_attributes(widget)}>')


INPUTS = ("checkbox", "date", "email", "hidden", "input", "number", "password", "text")
WRITTEN: Mapping[str, Callable[[Widget], SafeString]] = {
    "django/forms/widgets/select.html": select,
    **{f"django/forms/widgets/{kind}.html": control for kind in INPUTS},
}
"""The templates that are not used, and what writes the same instead."""


def _group(name: str | None, options: list[Widget]) -> str:
    inside = "".join(f"\n  {_option(one)}" for one in options)
    return f'\n  <optgroup label="{_escaped(name)}">{inside}\n  </optgroup>' if name else inside


def _option(widget: Widget) -> str:
    value, label = _escaped(widget["value"]), _escaped(widget["label"])
    return f'<option value="{value}"{_attributes(widget)}>{label}</option>\n'


def _attributes(widget: Widget) -> str:
    """An attribute that is True stands alone, one that is False not at all."""
    return "".join(
        f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_escaped(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _escaped(value: Any) -> str:
    """What was marked as safe stays, as in a template."""
    said = str(value) if isinstance(value, Promise) else value
    return str(said.__html__()) if hasattr(said, "__html__") else escape(str(said))


def _safe(written: str) -> SafeString:
    return mark_safe(written)  # noqa: S308 - every part of it was escaped above
