# SPDX-License-Identifier: AGPL-3.0-or-later
"""Locking one's session when one leaves the desk, and unlocking it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from watchword.accounts import asking, services, unlocking
from watchword.accounts.forms_of_secrets import UnlockForm
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.middleware import COOKIE
from watchword.core.refusals import Refused
from watchword.web.sentences import translated


@require(None)
@require_POST
def lock(request: StaffRequest) -> HttpResponse:
    """The keys leave the server; the cookie alone opens nothing from here on."""
    services.lock(cookie=request.COOKIES[COOKIE], actor=request.actor, now=timezone.now())
    return redirect("accounts:unlock")


@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Go on where the session locked; a form that was being sent then is shown again, to be sent."""
    if getattr(request, "locked", None) is None:
        return redirect("desk:home")
    form = unlocking.unlock_form(request)
    if form.is_valid() and _is_unlocked(request, form):
        return _go_on(request, form.cleaned_data["next"], form.cleaned_data["kept"])
    return unlocking.unlock_page(request, form, status=422 if form.is_bound else 200)


def _is_unlocked(request: HttpRequest, form: UnlockForm) -> bool:
    typed, now, cookie = form.cleaned_data, timezone.now(), request.COOKIES[COOKIE]
    try:
        if typed["passphrase"]:
            services.unlock_with_passphrase(cookie=cookie, passphrase=typed["passphrase"], now=now)
        else:
            services.unlock_with_passkey(
                cookie=cookie,
                assertion=typed["assertion"],
                ticket=typed["ticket"],
                site=asking.site_of(request),
                now=now,
            )
    except Refused as refused:
        form.add_error(None, translated(refused.reason))
        return False
    return True


def _go_on(request: HttpRequest, path: str, kept: str) -> HttpResponse:
    path = unlocking.inside(path)
    if not kept:
        return redirect(path)
    # Sent by a press of its own: nobody acts by unlocking.
    return render(request, "accounts/unlocked.html", {"path": path, "fields": unlocking.fields(kept)})
