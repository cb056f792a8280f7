# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every control is tied to its label, its hint and its error, for those who listen to a page."""

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import override

from tests.web.markup import Page, Tag
from watchword.web.forms import WatchwordForm
from watchword.web.gallery import EveryField

HOSTILE = "<script>alert(1)</script>"


class Hostile(WatchwordForm):
    named = forms.CharField(label=HOSTILE, help_text=HOSTILE, max_length=9)
    chosen = forms.ChoiceField(label="x", choices=[(HOSTILE, HOSTILE)], widget=forms.RadioSelect)


class Worded(WatchwordForm):
    town = forms.CharField(error_messages={"required": "Which town?"})
    kin = forms.ChoiceField(choices=[("a", "A")], error_messages={"invalid_choice": "Not that one."})

    def clean(self) -> None:
        raise forms.ValidationError("Nothing fits together.")


def wrong() -> Page:
    return Page(str(EveryField({"name": "typed & kept", "service": "other", "day": "32 May"})))


def controls(page: Page) -> list[Tag]:
    return [tag for tag in page.tags if tag.name in {"input", "select", "textarea"}]


def test_every_description_of_a_control_is_on_the_page() -> None:
    page = wrong()
    described = page.having("aria-describedby")
    assert described
    for tag in described:
        assert set(tag.get("aria-describedby").split()) <= set(page.ids), tag


def test_no_id_is_given_twice() -> None:
    page = wrong()
    assert len(page.ids) == len(set(page.ids))


def test_every_control_has_a_label() -> None:
    page = wrong()
    labelled = {label.get("for") for label in page.named("label")}
    for control in controls(page):
        assert control.get("id") in labelled, control


def test_a_wrong_control_is_marked_and_names_its_error_and_its_hint() -> None:
    story = next(tag for tag in controls(wrong()) if tag.get("name") == "story")
    assert story.get("aria-invalid") == "true"
    assert story.get("aria-describedby").split() == ["id_story_helptext", "id_story_error"]


def test_the_error_of_radios_is_tied_to_their_group_and_not_to_one_of_them() -> None:
    page = wrong()
    radios = [tag for tag in controls(page) if tag.get("type") == "radio"]
    assert len(radios) == 3
    assert not any(tag.get("aria-invalid") for tag in radios)
    assert "id_service_error" in [tag.get("aria-describedby") for tag in page.named("fieldset")]


def test_the_summary_leads_to_the_first_control_of_each_wrong_field() -> None:
    page = wrong()
    targets = [link.get("href").removeprefix("#") for link in page.named("a")]
    assert targets == ["id_story", "id_service_0", "id_country", "id_day", "id_agreed"]
    assert set(targets) <= {tag.get("id") for tag in controls(page)}


def test_a_form_without_errors_has_no_summary() -> None:
    page = Page(str(EveryField()))
    assert not page.having("role")
    assert not page.having("aria-invalid")


def test_what_was_typed_is_kept() -> None:
    name = next(tag for tag in controls(wrong()) if tag.get("name") == "name")
    assert name.get("value") == "typed & kept"


def test_nothing_in_a_label_a_hint_a_choice_or_an_answer_is_taken_for_markup() -> None:
    page = Page(str(Hostile({"named": HOSTILE, "chosen": "x"})))
    assert not page.named("script")
    assert HOSTILE in page.text


def test_a_wrong_choice_is_not_echoed() -> None:
    assert "other" not in str(EveryField({"service": "other"}).errors)


def test_an_error_says_what_to_do() -> None:
    errors = EveryField({}).errors
    assert errors["agreed"] == ["Tick this box to go on."]
    assert errors["service"] == errors["country"] == ["Nothing is chosen here yet. Choose an answer."]
    assert errors["story"] == ["Nothing is written here yet. Write an answer."]


def test_a_form_keeps_its_own_words() -> None:
    form = Worded({"kin": "b"})
    assert form.errors["town"] == ["Which town?"]
    assert form.errors["kin"] == ["Not that one."]


def test_our_words_replace_django_s_in_every_language() -> None:
    with override("uk"):
        errors = EveryField({}).errors
        assert errors["story"] != [str(forms.Field.default_error_messages["required"])]


def test_an_error_of_the_whole_form_stands_in_the_summary() -> None:
    assert "Nothing fits together." in Page(str(Worded({"town": "x", "kin": "a"}))).text


def test_the_browser_neither_judges_nor_remembers_the_answers() -> None:
    page = Page(render_to_string("web/_form.html", {"form": EveryField(), "button": "Send"}))
    form = page.named("form")[0]
    assert "novalidate" in form.attributes
    assert form.get("autocomplete") == "off"
    assert not page.having("required")


def test_a_form_with_a_file_is_sent_as_one() -> None:
    with_file = Page(render_to_string("web/_form.html", {"form": EveryField(), "button": "Send"}))
    without = Page(render_to_string("web/_form.html", {"form": Worded(), "button": "Send"}))
    assert with_file.named("form")[0].get("enctype") == "multipart/form-data"
    assert not without.named("form")[0].get("enctype")
