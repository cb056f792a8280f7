# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keys that do what links do: a page to print, and a switch for whoever is hindered by them.

Somebody who speaks to the machine, or whose hand trembles, meets single keys by accident (WCAG 2.1.4).
"""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from watchword.accounts.http import StaffRequest, require

COOKIE, OFF = "shortcuts", "off"


@require(None)
@require_http_methods(["GET", "HEAD", "POST"])
def shortcuts(request: StaffRequest) -> HttpResponse:
    """Which keys there are; sent, it switches them off or on in this browser until that closes."""
    are_off = request.COOKIES.get(COOKIE) == OFF
    if request.method != "POST":
        return render(request, "desk/shortcuts.html", {"are_off": are_off})
    response = redirect("desk:shortcuts")
    if are_off:
        response.delete_cookie(COOKIE, samesite="Strict")
    else:
        response.set_cookie(COOKIE, OFF, httponly=True, samesite="Strict", secure=settings.SECURE_COOKIES)
    return response
