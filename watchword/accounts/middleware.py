# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts ``actor`` on every request: the person behind the session cookie, or None while nobody is unlocked."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from watchword.accounts import services

COOKIE = "desk"


class DeskSessions:
    """Resumes the session of each request; a cookie that leads nowhere is taken back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        cookie, now = request.COOKIES.get(COOKIE), timezone.now()
        resumed = services.resume(cookie=cookie, now=now) if cookie else None
        locked = services.locked(cookie=cookie, now=now) if cookie and not resumed else None
        request.actor = resumed.actor if resumed else None  # type: ignore[attr-defined]  # a StaffRequest from here on
        request.desk_session = resumed  # type: ignore[attr-defined]  # a StaffRequest from here on
        request.locked = locked  # type: ignore[attr-defined]  # asked for by ``require`` alone
        response = self.get_response(request)
        if cookie and not (resumed or locked) and COOKIE not in response.cookies:
            forget(response)
        return response


def remember(response: HttpResponseBase, cookie: str) -> None:
    """Until the browser closes: not for scripts, not for other sites, and not in clear over a network."""
    response.set_cookie(COOKIE, cookie, httponly=True, samesite="Strict", secure=settings.SECURE_COOKIES)


def forget(response: HttpResponseBase) -> None:
    """Take the cookie back."""
    response.delete_cookie(COOKIE, samesite="Strict")
