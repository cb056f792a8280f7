# SPDX-License-Identifier: AGPL-3.0-or-later
"""Stands before every page: nothing is taken that cannot be sealed, and what is overdue is forgotten."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from watchword.gate import checks
from watchword.intake import services

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]


def guarded(page: Page[P]) -> Page[P]:
    """The page, or a plain answer 503 while there is no key to seal to."""

    @wraps(page)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if checks.unprotected():
            return render(request, "gate/closed.html", status=503)
        services.purge_once_a_day(today=timezone.now().date())
        return page(request, *args, **kwargs)

    return answer
