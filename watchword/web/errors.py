# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers refusals and failures with a page in plain words, and with nothing else."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from watchword.core.refusals import NotFound, NotPermitted, Refused, WrongState
from watchword.web.context import house
from watchword.web.sentences import translated

STATUS: dict[type[Refused], int] = {NotPermitted: 403, NotFound: 404, WrongState: 409}


class Refusals:
    """The one place where a refusal becomes an answer of HTTP."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        return _page(request, status_of(exception), reason=translated(exception.reason))


def status_of(refused: Refused) -> int:
    """The code of HTTP that says what kind of refusal this is."""
    return next((STATUS[kind] for kind in type(refused).__mro__ if kind in STATUS), 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Also where Django sends a form that is longer than it reads."""
    return _page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The exception's own words were not written for this reader."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Says the same of a page that never was and of a case that is not theirs."""
    return _page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The browser did not send the form's mark; usually the page was open for too long."""
    return render(request, "web/stale.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Rendered without the request: whatever failed (a database, a session) must not fail here again."""
    return HttpResponse(render_to_string("web/broken.html", house()), status=500)


def _page(request: HttpRequest, status: int, reason: str = "") -> HttpResponse:
    return render(request, "web/refused.html", {"status": status, "reason": reason}, status=status)
