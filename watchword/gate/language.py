# SPDX-License-Identifier: AGPL-3.0-or-later
"""The language of this page, as one of those that every profile speaks, and changing it in mid-sentence."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.utils.translation import activate, get_language

from watchword.core.procedure.text import LANGUAGES
from watchword.web.questions import ROWS
from watchword.web.views import keep_language

P = ParamSpec("P")


def language() -> str:
    """One of LANGUAGES; English when the browser wants another."""
    code = (get_language() or "en").split("-")[0]
    return code if code in LANGUAGES else "en"


def asked_language(typed: Mapping[str, str]) -> str:
    """The language whose button sent this form; empty when it was another button."""
    verb, _, code = typed.get(ROWS, "").partition(" ")
    return code if verb == "language" and code in LANGUAGES else ""


def speaking(
    page: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The page, whose buttons of languages send the form: what is typed comes back, unjudged and not stored.

    To the form such a button is one of those that change a list, only that it changes none.
    """

    @wraps(page)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        code = asked_language(request.POST)
        if not code:
            return page(request, *args, **kwargs)
        activate(code)
        return keep_language(page(request, *args, **kwargs), code)

    return answer
