# SPDX-License-Identifier: AGPL-3.0-or-later
"""Logging in and out."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from watchword.accounts import asking, demo, selectors, services
from watchword.accounts.forms_of_secrets import LogInForm
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.middleware import COOKIE, forget, remember
from watchword.core.refusals import Refused
from watchword.web.sentences import translated


@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Unlock one's keys; what was typed stays on the page, secrets do not."""
    now = timezone.now()
    form = LogInForm(request.POST or None, asked=asking.to_log_in(request, now))
    if form.is_valid():
        try:
            cookie, login = _opened(request, form.cleaned_data, now)
        except Refused as refused:
            form.add_error(None, translated(refused.reason))
        else:
            return _welcome(request, cookie, login)
    context = {"form": form, "cast": demo.prompts(now), "has_a_name": asking.site_of(request) is not None}
    return render(request, "accounts/log_in.html", context, status=422 if form.is_bound else 200)


def _opened(request: HttpRequest, typed: dict[str, str], now: datetime) -> tuple[str, str]:
    """The cookie of a new session, and whose it is: by passkey where one has answered."""
    login, passphrase = typed["login"], typed["passphrase"]
    if typed["assertion"]:
        return services.log_in_with_passkey(
            assertion=typed["assertion"],
            ticket=typed["ticket"],
            site=asking.site_of(request),
            login=login,
            passphrase=passphrase,
            now=now,
        )
    return services.log_in(login=login, passphrase=passphrase, code=typed["code"], now=now), login


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
