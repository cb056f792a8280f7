# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Desk's addresses and one more: the frame of the Desk with nothing in it, for whoever is logged in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from watchword.accounts.http import StaffRequest, require


@require(None)
def empty(request: StaffRequest) -> HttpResponse:
    """What every page of the Desk costs before it says anything."""
    return render(request, "web/base_desk.html")


urlpatterns = [
    path("empty/", empty),
    path("", include("watchword.config.urls_desk")),
]
