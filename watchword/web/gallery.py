# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every part of the look in every state, on two pages of a demo's Desk, for eyes and for tests."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from watchword.core.refusals import NotFound, sentence
from watchword.web.forms import WatchwordForm

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 2
YEARS = [("none", "None"), ("some", "Less than a year"), ("more", "A year or more, also with breaks between")]


class EveryField(WatchwordForm):
    """One field of each kind, with the longest label that a profile may hold."""

    name = forms.CharField(
        label="What shall we call you?",
        help_text="Any name that you answer to. Not the one in your passport.",
    )
    story = forms.CharField(
        label="Where have you lived in the last ten years?",
        widget=forms.Textarea,
        help_text="Towns and years are enough. Only vetting officers can read this.",
    )
    service = forms.ChoiceField(label="Military service", choices=YEARS, widget=forms.RadioSelect)
    skills = forms.MultipleChoiceField(
        label="Which of these can you do, also if you have never been paid for it or shown a paper for it?",
        choices=[("drive", "Drive a lorry"), ("nurse", "Nurse"), ("long", LONG)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Choose all that apply.",
    )
    country = forms.ChoiceField(label="Where are you now?", choices=[("", "Choose"), ("safe", "Abroad")])
    day = forms.DateField(label="From which day?", widget=forms.DateInput(attrs={"type": "date"}))
    paper = forms.FileField(label="One paper", required=False, help_text="PDF or picture, at most 20 MB.")
    agreed = forms.BooleanField(label="I have read the safety advice")


def gate(request: HttpRequest) -> HttpResponse:
    """The Gate's parts, in its frame and its styles."""
    return _page(request, "web/look/gate.html", {})


def desk(request: HttpRequest) -> HttpResponse:
    """The Desk's parts."""
    rows = Paginator(range(1, 981), 5)
    return _page(request, "web/look/desk.html", {"rows": rows.get_page(request.GET.get("page", 7))})


def _page(request: HttpRequest, template: str, more: dict[str, Any]) -> HttpResponse:
    if not (settings.WATCHWORD_DEMO and settings.WATCHWORD_PROGRAM == "desk"):
        raise NotFound(sentence("There is nothing here."))
    now = timezone.now()
    wrong = EveryField({"name": "x" * 90, "service": "other", "day": "32 May"})
    page = {
        "empty_form": EveryField(auto_id="id_empty_%s"),
        "wrong_form": wrong,
        "reason": sentence("The reply to question %(number)s is still open.", number=2),
        "long": LONG,
        "now": now,
        "soon": now.date() + timedelta(days=4),
        "past": now.date() - timedelta(days=2),
    }
    return render(request, template, page | more)
