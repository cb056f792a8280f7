# SPDX-License-Identifier: AGPL-3.0-or-later
"""Questions that take several controls: each part with a label of its own, and lists entry by entry."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from watchword.core.procedure.parts import Part, parts_of
from watchword.core.procedure.questionnaire import Question
from watchword.core.procedure.typed import Given, spread


class Compound(forms.Widget):
    """The parts of one question, each a control ``question.part``."""

    template_name = "web/forms/parts.html"
    use_fieldset = True

    def __init__(self, question: Question, language: str) -> None:
        super().__init__()
        self._question, self._language = question, language

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:  # noqa: ARG002 - Django's signature
        return {part.name: data.get(f"{name}.{part.name}", "") for part in parts_of(self._question)}

    def id_for_label(self, id_: str, index: str | None = None) -> str:  # noqa: ARG002
        return f"{id_}.{parts_of(self._question)[0].name}"

    def get_context(self, name: str, value: Given | None, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, None, attrs)
        given = spread(self._question, value or "")
        context["parts"] = list(self._drawn(name, context["widget"]["attrs"], given))
        context["widget"]["attrs"]["id"] = context["parts"][0]["id"]
        return context

    def _drawn(
        self, name: str, attrs: Mapping[str, Any], given: Mapping[str, Given]
    ) -> Iterator[dict[str, Any]]:
        id_ = attrs.get("id", f"id_{name}")
        for number, part in enumerate(parts_of(self._question)):
            yield {
                "name": f"{name}.{part.name}",
                "id": f"{id_}.{part.name}",
                "label": part.label.in_language(self._language),
                "value": given.get(part.name, ""),
                "choices": self._choices(part),
                "written": part.written,
                "digits": part.digits,
                "first": number == 0 and "autofocus" in attrs,
            }

    def _choices(self, part: Part) -> list[tuple[str, str]]:
        return [(value, words.in_language(self._language)) for value, words in part.choices]


class Entries(forms.Widget):
    """The entries of a list, drawn by forms of their own, with buttons that work without scripts."""

    template_name = "web/forms/entries.html"
    use_fieldset = True

    def __init__(self, entries: Sequence[Any], about: Mapping[str, Any]) -> None:
        super().__init__()
        self.entries, self._about = entries, dict(about)

    def take_focus(self, *, new_entry: bool) -> None:
        """Let the page begin at the last entry, which is new, or else at the buttons below."""
        if new_entry and self.entries:
            self.entries[-1].take_focus()
        else:
            self._about["focus"] = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> None:  # noqa: ARG002 - the whole form is gathered at once
        return None

    def id_for_label(self, id_: str, index: str | None = None) -> str:  # noqa: ARG002
        return str(self._wrong() or id_)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["id"] = self._wrong() or context["widget"]["attrs"].get("id")
        return context | {"entries": self.entries, **self._about}

    def _wrong(self) -> str | None:
        """Where a link in the list of faults leads: to the first control that has one."""
        return next((field.anchor for entry in self.entries for field in entry if field.errors), None)
