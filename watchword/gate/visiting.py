# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is here: the cookie, the visit behind it, and what a page does when there is none."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from watchword.intake import selectors, services
from watchword.intake.selectors import MailboxView
from watchword.intake.services import Visit

COOKIE = "visit"
KEY_DIGITS = 64
# The value of a ticked answer, which nobody typed; four digits are a year, which somebody did.
CHOICE = re.compile("(?![0-9]{4}$)[a-z0-9_]+")
# Controls of a form that hold no answer: its tokens, and the buttons of lists.
NO_ANSWERS = {"csrfmiddlewaretoken", "ticket", "rows", "looked"}

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, Visit, P], HttpResponse]


def key_of(request: HttpRequest) -> bytes | None:
    """The visitor's key, if the browser sent one that can be one."""
    try:
        key = bytes.fromhex(request.COOKIES.get(COOKIE, ""))
    except ValueError:
        return None
    return key if len(key) * 2 == KEY_DIGITS else None


def visit_of(request: HttpRequest) -> Visit | None:
    """The visit that is going on, or None."""
    key = key_of(request)
    return services.resume(key, timezone.now()) if key else None


def give_key(response: HttpResponse, key: bytes) -> HttpResponse:
    """Hand the visitor a key, for as long as the browser stays open."""
    response.set_cookie(COOKIE, key.hex(), secure=settings.SECURE_COOKIES, httponly=True, samesite="Strict")
    return response


def visiting(page: Page[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give the page its visit. Without one, a reader is asked to sign in, and a writer loses no word."""

    @wraps(page)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        visit = visit_of(request)
        if visit is not None:
            return page(request, visit, *args, **kwargs)
        if request.method == "POST":
            return _ended(request)
        return redirect("gate:sign_in")

    return answer


def confirmed(page: Page[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Like ``visiting``, and only after the receipt is known to be written down."""

    @visiting
    @wraps(page)
    def answer(request: HttpRequest, visit: Visit, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if visit.unwritten:
            return redirect("gate:receipt")
        return page(request, visit, *args, **kwargs)

    return answer


def drafting(
    page: Callable[Concatenate[HttpRequest, Visit, MailboxView, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Like ``confirmed``, with the mailbox of a draft; what was sent already is not written on."""

    @confirmed
    @wraps(page)
    def answer(request: HttpRequest, visit: Visit, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        mailbox = selectors.mailbox(visit.mailbox)
        if mailbox is None or mailbox.facts.sent:
            # A second click on "send" comes here, and wants to read that it was sent.
            return redirect("gate:sent" if request.method == "POST" else "gate:mailbox")
        return page(request, visit, mailbox, *args, **kwargs)

    return answer


def _ended(request: HttpRequest) -> HttpResponse:
    """The visit ended while a form was being filled in: show what was typed, so that it can be copied."""
    typed = [
        text
        for name, texts in request.POST.lists()
        if name not in NO_ANSWERS
        for text in texts
        if text.strip() and not CHOICE.fullmatch(text)
    ]
    return render(request, "gate/ended.html", {"typed": typed}, status=409)
