# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Desk's addresses and two more: what a page costs before it says anything, with the Desk and without.

*A bare page* is Django's alone: its own middleware as a new project has it, less what needs a database
(sessions and log-in), and a template of three lines. *An empty page* is the frame of the Desk with nothing in
it, for whoever is logged in: behind the same middleware, session and keys as every page of the Desk.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Context, Template
from django.urls import include, path

from watchword.accounts.http import StaffRequest, require

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
"""Of a bare page."""

THREE_LINES = Template("<!doctype html>\n<title>{{ title }}</title>\n<p>{{ title }}</p>\n")


def bare(_: HttpRequest) -> HttpResponse:
    return HttpResponse(THREE_LINES.render(Context({"title": "A page"})))


@require(None)
def empty(request: StaffRequest) -> HttpResponse:
    """What every page of the Desk costs before it says anything."""
    return render(request, "web/base_desk.html")


urlpatterns = [
    path("bare/", bare),
    path("empty/", empty),
    path("", include("watchword.config.urls_desk")),
]
