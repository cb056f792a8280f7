# SPDX-License-Identifier: AGPL-3.0-or-later
"""What both programs answer: choosing a language, leaving quickly, and whether they work."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from watchword.core.refusals import NotFound, sentence
from watchword.web import health


@require_safe
def set_language(request: HttpRequest, code: str) -> HttpResponse:
    """A link, so that it works without scripts; it changes nothing but a cookie of this browser session."""
    if code not in dict(settings.LANGUAGES):
        raise NotFound(sentence("There is no such language here."))
    return keep_language(HttpResponseRedirect(safe_next(request)), code)


def keep_language(response: HttpResponse, code: str) -> HttpResponse:
    """Let the browser remember the language, for as long as it stays open."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def safe_next(request: HttpRequest) -> str:
    """The path to go back to; anything but a path of this site becomes the start page."""
    path = request.GET.get("next", "")
    local = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if local else "/"


# No token: leaving must work when the session is gone, and a stranger who forces it harms nobody.
@csrf_exempt
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget this browser's session and go to a page that says nothing."""
    response = redirect("left")
    forget(request, response)
    return response


def forget(request: HttpRequest, response: HttpResponse) -> None:
    """Delete every cookie that this browser sent."""
    for name in request.COOKIES:
        response.delete_cookie(name)


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """An empty page, which goes on to the neutral address if there is one.

    Browsers apply ``form-action`` to redirects too, so the form itself cannot lead to another site.
    """
    return render(request, "web/left.html", {"address": settings.WATCHWORD_LEAVE_ADDRESS})


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """For a watching machine: 200 or 503 and nothing else, for anybody may ask."""
    return HttpResponse(status=200 if health.works() else 503)
