# SPDX-License-Identifier: AGPL-3.0-or-later
"""A site of a few bad pages, to see what the frame around them makes of each."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from watchword.core.refusals import NotFound, NotPermitted, Refused, WrongState, sentence

CANARY = "canary-7Q2"

handler400 = "watchword.web.errors.bad_request"
handler403 = "watchword.web.errors.forbidden"
handler404 = "watchword.web.errors.not_found"
handler500 = "watchword.web.errors.broken"


class Recused(NotPermitted):
    """A narrower refusal than the middleware was told of."""


REFUSALS: dict[str, Refused] = {
    "not-permitted": NotPermitted(
        sentence("You proposed this; %(who)s must countersign it.", who="<b>Ben</b>")
    ),
    "recused": Recused(sentence("You know this person.")),
    "not-found": NotFound(sentence("There is no such case.")),
    "wrong-state": WrongState(sentence("This proposal is already closed.")),
    "refused": Refused(sentence("No.")),
}
FAILURES: dict[str, Exception] = {
    "bug": RuntimeError(CANARY),
    "suspicious": SuspiciousOperation(CANARY),
    "denied": PermissionDenied(CANARY),
}


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "tried/page.html")


def saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Sealed <now>.")
    return render(request, "tried/page.html")


def refuse(request: HttpRequest, kind: str) -> HttpResponse:
    raise REFUSALS[kind]


def fail(request: HttpRequest, kind: str) -> HttpResponse:
    raise FAILURES[kind]


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


def careless(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("x", headers={"Cache-Control": "public, max-age=9999", "Server": "Acme/1.0"})
    response["Content-Security-Policy"] = "default-src *"
    response.set_cookie("remember", "me", max_age=10**7)
    response.set_cookie("until", "then", expires="Wed, 01 Jan 2098 00:00:00 GMT")
    response.delete_cookie("gone")
    return response


urlpatterns = [
    path("", include("watchword.web.urls")),
    path("", home),
    path("saved/", saved),
    path("refuse/<str:kind>/", refuse),
    path("fail/<str:kind>/", fail),
    path("form/", form),
    path("careless/", careless),
]
