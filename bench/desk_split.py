# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the time of one page goes: the middleware, the database, the templates, and all else.

Measured apart from the times that are compared, because the measuring itself takes some.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import Template

_spent = {"view": 0.0, "database": 0.0, "templates": 0.0}
_within = {"templates": 0}


class InsideOfAll:
    """The last middleware: what it sees pass is the view's; all around it is the middleware's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        try:
            return self.get_response(request)
        finally:
            _spent["view"] += time.perf_counter() - began


@dataclass(frozen=True)
class Split:
    """Milliseconds of one page, and how many questions it asks the database."""

    middleware: float
    database: float
    templates: float
    others: float
    questions: int

    def __str__(self) -> str:
        return (
            f"middleware and session {self.middleware:5.2f}   templates {self.templates:5.2f}"
            f"   database {self.database:5.2f} ({self.questions})   all else {self.others:5.2f}"
        )


def split(call: Callable[[], object], rounds: int) -> Split:
    """The median of so many; what the session asks counts as the database, not as the middleware."""
    pages = [_one(call) for _ in range(rounds)]

    def middle(name: str) -> float:
        return float(statistics.median(getattr(page, name) for page in pages))

    times = [middle(name) for name in ("middleware", "database", "templates", "others")]
    return Split(times[0], times[1], times[2], times[3], int(middle("questions")))


def _one(call: Callable[[], object]) -> Split:
    for name in _spent:
        _spent[name] = 0.0
    asked: list[float] = []

    def question(execute: Callable[..., Any], *rest: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*rest)
        finally:
            asked.append(time.perf_counter() - began)
            _spent["database"] += asked[-1]

    began = time.perf_counter()
    with connection.execute_wrapper(question), _templates():
        call()
    whole = time.perf_counter() - began
    # The two questions of the session are asked before the view.
    before = sum(asked[:2])
    around = whole - _spent["view"] - before
    others = _spent["view"] - _spent["templates"] - (_spent["database"] - before)
    return Split(around * 1e3, _spent["database"] * 1e3, _spent["templates"] * 1e3, others * 1e3, len(asked))


@contextmanager
def _templates() -> Iterator[None]:
    """Count the time of each template that is not part of another."""
    render = Template.render

    def timed(self: Template, *args: Any, **kwargs: Any) -> Any:
        _within["templates"] += 1
        began = time.perf_counter()
        try:
            return render(self, *args, **kwargs)
        finally:
            _within["templates"] -= 1
            if not _within["templates"]:
                _spent["templates"] += time.perf_counter() - began

    with patch.object(Template, "render", timed):
        yield
