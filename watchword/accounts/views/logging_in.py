# SPDX-License-Identifier: AGPL-3.0-or-later
"""Logging in and out, and the list of one's own sessions."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watchword.accounts import demo, selectors, services
from watchword.accounts.forms import LogInForm
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.middleware import COOKIE, forget, remember
from watchword.core.refusals import Refused
from watchword.web.sentences import translated


@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Unlock one's keys; what was typed stays on the page, secrets do not."""
    form = LogInForm(request.POST or None)
    now = timezone.now()
    if form.is_valid():
        try:
            cookie = services.log_in(now=now, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, translated(refused.reason))
        else:
            return _welcome(request, cookie, form.cleaned_data["login"])
    status = 422 if form.is_bound else 200
    return render(request, "accounts/log_in.html", {"form": form, "cast": demo.prompts(now)}, status=status)


def _welcome(request: HttpRequest, cookie: str, login: str) -> HttpResponse:
    response = redirect("desk:home")
    remember(response, cookie)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            selectors.language_of(login),
            httponly=True,
            samesite="Strict",
            secure=settings.SECURE_COOKIES,
        )
    return response


@require(None)
@require_POST
def log_out(request: StaffRequest) -> HttpResponse:
    """Destroy the session's keys."""
    services.log_out(cookie=request.COOKIES[COOKIE], actor=request.actor, now=timezone.now())
    response = redirect("accounts:log_in")
    forget(response)
    return response


@require(None)
@require_safe
def sessions(request: StaffRequest) -> HttpResponse:
    """Where I am logged in."""
    rows = selectors.sessions_of(request.actor)
    return render(request, "accounts/sessions.html", {"sessions": rows, "here": request.desk_session.handle})


@require(None)
@require_POST
def close_session(request: StaffRequest, handle: str) -> HttpResponseBase:
    """End one of my sessions; this one is ended by logging out."""
    if handle == request.desk_session.handle:
        return log_out(request)
    services.close_session(handle=handle, actor=request.actor)
    return redirect("accounts:sessions")
