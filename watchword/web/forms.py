# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a form is drawn: labels, hints and errors tied to their controls, for every form of both programs."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.template.backends.django import Template
from django.utils.translation import gettext_lazy as _

from watchword.web.widgets import WRITTEN

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Django's own templates wrap each choice in bare boxes; ours make the whole line a target.
OWN_WIDGETS = {
    "django/forms/widgets/radio.html": "web/forms/choices.html",
    "django/forms/widgets/checkbox_select.html": "web/forms/choices.html",
}
DJANGO_SAYS = forms.ChoiceField.default_error_messages | forms.Field.default_error_messages


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

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
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

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        by_hand = WRITTEN.get(template_name)
        return by_hand(context["widget"]) if by_hand else super().render(template_name, context, request)

    def get_template(self, template_name: str) -> Template:
        template: Template = super().get_template(OWN_WIDGETS.get(template_name, template_name))
        return template


class DayField(forms.DateField):
    """A day, which the browser lets one choose; the value is written as browsers ask for it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


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
    """Put our words in place of Django's "This field is required" and of its echo of a wrong choice."""
    ours = {"required": _required(field.widget), "invalid_choice": _("Choose one of these answers.")}
    for code, words in ours.items():
        # A form that has words of its own for this keeps them.
        if field.error_messages.get(code) is DJANGO_SAYS[code]:
            field.error_messages[code] = words


def _required(widget: forms.Widget) -> "_StrPromise":
    if isinstance(widget, forms.CheckboxInput):
        return _("Tick this box to go on.")
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.Select):
        return _("Nothing is chosen here yet. Choose an answer.")
    if isinstance(widget, forms.FileInput):
        return _("No file is chosen yet. Choose one.")
    return _("Nothing is written here yet. Write an answer.")
