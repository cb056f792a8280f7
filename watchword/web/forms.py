# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a form is drawn: labels, hints and errors tied to their controls, for every form of both programs."""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import Template
from django.utils.translation import gettext_lazy as _

# Django's own templates wrap each choice in bare boxes; ours make the whole line a target.
OWN_WIDGETS = {
    "django/forms/widgets/radio.html": "web/forms/choices.html",
    "django/forms/widgets/checkbox_select.html": "web/forms/choices.html",
}
CHOOSING = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.Select, forms.CheckboxInput)


class Field(forms.BoundField):
    """A field on a page: knows its class, and where a link to it must lead."""

    @property
    def is_switch(self) -> bool:
        """One checkbox, whose label stands after it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def anchor(self) -> str:
        """The id of the first control, which for radios and checkboxes is the first choice."""
        if self.use_fieldset and self.subwidgets:
            return self.subwidgets[0].id_for_label or self.auto_id
        return self.id_for_label

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        if self.use_fieldset:
            # A single radio cannot be invalid; the error is tied to the whole group instead.
            attrs.pop("aria-invalid", None)
        elif not self.is_switch and not self.is_hidden:
            own = self.field.widget.attrs.get("class", "")
            attrs["class"] = f"control {own}".strip()
        return attrs


class Renderer(DjangoTemplates):
    """Named in settings.FORM_RENDERER."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
    bound_field_class = Field

    def get_template(self, template_name: str) -> Template:
        return super().get_template(OWN_WIDGETS.get(template_name, template_name))


class WatchwordForm(forms.Form):
    """The parent of every form: answers are checked here, and errors say what to do."""

    # The browser's own bubbles speak the browser's language, not the reader's.
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _say_what_to_do(field)


def _say_what_to_do(field: forms.Field) -> None:
    """Replace Django's bare "This field is required" wherever the form has no words of its own."""
    if field.error_messages.get("required") != forms.Field.default_error_messages["required"]:
        return
    choosing = isinstance(field.widget, CHOOSING)
    field.error_messages["required"] = (
        _("Nothing is chosen here yet. Choose an answer.")
        if choosing
        else _("Nothing is written here yet. Write an answer.")
    )
