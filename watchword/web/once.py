# SPDX-License-Identifier: AGPL-3.0-or-later
"""What several parts of one page ask is asked once: answers are kept while that page is made, and no longer.

Only while a page is read. What changes something asks anew each time, and so does everything outside of a
request: nothing is remembered from one request to the next, nor for anybody but who asked.
"""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from django.http import HttpRequest, HttpResponseBase

P = ParamSpec("P")
Answer = TypeVar("Answer")
READING = ("GET", "HEAD")
_answers: ContextVar[dict[Hashable, object] | None] = ContextVar("answers", default=None)


class OncePerPage:
    """The middleware that begins with no answers, and forgets them when the page is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        before = _answers.set({} if request.method in READING else None)
        try:
            return self.get_response(request)
        finally:
            _answers.reset(before)


def once_a_page(ask: Callable[P, Answer]) -> Callable[P, Answer]:
    """Ask only the first time that a page asks this with these arguments, all of which can be hashed."""

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> Answer:
        answers = _answers.get()
        if answers is None:
            return ask(*args, **kwargs)
        question = (ask, args, tuple(sorted(kwargs.items())))
        if question not in answers:
            answers[question] = ask(*args, **kwargs)
        return cast("Answer", answers[question])

    return asked
