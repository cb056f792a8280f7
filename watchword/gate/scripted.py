# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages with a script: ours, from this address, with what it needs; all other pages forbid every script."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
ALLOWED = "script-src 'self'; worker-src 'self'; connect-src 'self'"


def scripted(
    page: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The page, allowed to load our script and its worker, and to let them speak with this Gate alone."""

    @wraps(page)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = page(request, *args, **kwargs)
        response["Content-Security-Policy"] = f"{settings.SECURE_CSP}; {ALLOWED}"
        return response

    return answer
