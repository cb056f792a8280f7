# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers to scripts: JSON in, JSON out, and a refusal as ``{"reason": a sentence}`` instead of a page."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, JsonResponse

from watchword.core.refusals import Refused, WrongState, sentence
from watchword.web.errors import status_of
from watchword.web.sentences import translated

P = ParamSpec("P")
LONGEST_QUESTION = 8 * 1024
LARGEST = 1 << 40


def answered(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The view, whose refusals are said in JSON."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return JsonResponse({"reason": translated(refused.reason)}, status=status_of(refused))

    return answer


def fields_of(request: HttpRequest, longest: int = LONGEST_QUESTION) -> dict[str, object]:
    """The object that a script sent, of at most ``longest`` bytes."""
    try:
        found = json.loads(request.read(longest))
    except (ValueError, RecursionError):
        raise not_understood() from None
    if not isinstance(found, dict):
        raise not_understood()
    return found


def text_of(fields: dict[str, object], name: str) -> str:
    """A member that must be words."""
    value = fields.get(name)
    if not isinstance(value, str):
        raise not_understood()
    return value


def number_of(fields: dict[str, object], name: str) -> int:
    """A member that must be a number of something."""
    value = fields.get(name)
    # True is an int in Python and no number of anything. None of ours has more digits than a letter's bytes.
    if type(value) is not int or not 0 <= value < LARGEST:
        raise not_understood()
    return value


def not_understood() -> WrongState:
    return WrongState(sentence("This question is not in the form that it must have."))
