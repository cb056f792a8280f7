# SPDX-License-Identifier: AGPL-3.0-or-later
"""The peer of the submission benchmark: what any Django site does with a form, and nothing more."""

import json
from collections.abc import Callable

from django import forms
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, path

TABLE = "CREATE TABLE IF NOT EXISTS bench_bare (id INTEGER PRIMARY KEY, body TEXT NOT NULL)"
ADDRESS = "bench/bare/"


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
    """A call that posts a form of ``size`` characters to this site, with its token and all middleware."""
    from watchword.config import urls_gate

    _make_table()
    routes: list[URLResolver | URLPattern] = urls_gate.urlpatterns  # type: ignore[assignment]  # it has all
    routes.append(path(ADDRESS, view))
    client, fields = Client(enforce_csrf_checks=True), _fields(size)
    client.get("/contact/")
    headers = {"x-csrftoken": client.cookies["csrftoken"].value}

    def post() -> None:
        if client.post(f"/{ADDRESS}", fields, headers=headers).status_code != 200:
            raise SystemExit("the bare post was refused")

    return post


def caller(size: int) -> Callable[[], object]:
    """The same without a site around it: the view is called with a request."""
    _make_table()
    factory, fields = RequestFactory(), _fields(size)

    def call() -> None:
        if view(factory.post("/", fields)).status_code != 200:
            raise SystemExit("the bare post was refused")

    return call


def _make_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(TABLE)


def _fields(size: int) -> dict[str, str]:
    return {"text": "x" * size, "choice": "a"}
