# SPDX-License-Identifier: AGPL-3.0-or-later
"""The peer of the submission benchmark: what any Django site does with a form, and nothing more."""

import json
from collections.abc import Callable

from django import forms
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

TABLE = "CREATE TABLE IF NOT EXISTS bench_bare (id INTEGER PRIMARY KEY, body TEXT NOT NULL)"


class BareForm(forms.Form):
    text = forms.CharField(max_length=100_000)
    choice = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])


def view(request: HttpRequest) -> HttpResponse:
    """Validate, write one row durably, answer."""
    form = BareForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare (body) VALUES (%s)", [json.dumps(form.cleaned_data)])
    return HttpResponse("ok")


def poster(size: int) -> Callable[[], object]:
    """A call that posts a form of ``size`` characters and expects it to be taken."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    factory, fields = RequestFactory(), {"text": "x" * size, "choice": "a"}

    def post() -> None:
        if view(factory.post("/", fields)).status_code != 200:
            raise SystemExit("the bare post was refused")

    return post
