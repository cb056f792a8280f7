# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages with a script: ours, from this address, with what it needs; all other pages forbid every script."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from watchword.web.headers import allow

P = ParamSpec("P")
NEEDED = ("script-src 'self'", "worker-src 'self'", "connect-src 'self'")


def scripted(
    page: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The page, allowed to load our script and its worker, and to let them speak with this Gate alone."""

    @wraps(page)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return allow(page(request, *args, **kwargs), *NEEDED)

    return answer
