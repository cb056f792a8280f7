# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the house says when it refuses: a sentence that can be translated, and the kind of refusal.

Refused
├── NotPermitted   this person may not do it            (403)
├── NotFound       nothing here, or nothing for them    (404)
└── WrongState     not now, whoever asks                (409)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec


@dataclass(frozen=True)
class Sentence:
    """An English sentence with named gaps, kept apart from its parameters so that it can be translated.

    ``text`` uses ``%(name)s`` gaps. A parameter may itself be a Sentence or any value with ``str()``.
    A sentence about a number has ``many`` too, its form for any number but one, and the number in ``count``.
    """

    text: str
    params: Mapping[str, object] = field(default_factory=dict)
    many: str = ""
    count: int = 1

    def __str__(self) -> str:
        form = self.many if self.many and self.count != 1 else self.text
        return form % self.params if self.params else form


def sentence(text: str, **params: object) -> Sentence:
    """Mark ``text`` for translation; the extractor of messages looks for calls of this name."""
    return Sentence(text, params)


def counted(one: str, many: str, count: int, /, **params: object) -> Sentence:
    """Mark a sentence whose form depends on ``count``; many languages have more forms than English's two."""
    return Sentence(one, params, many, count)


def plain_sentence(words: Sentence) -> dict[str, Any]:
    """The English sentence and its gaps as JSON, so that each reader gets it in a language of their own."""
    gaps = {
        name: plain_sentence(one) if isinstance(one, Sentence) else one for name, one in words.params.items()
    }
    plain = {
        name: one if isinstance(one, dict | str | int | float) else str(one) for name, one in gaps.items()
    }
    return {"text": words.text, "gaps": plain, "many": words.many, "count": words.count}


def read_sentence(found: Mapping[str, Any]) -> Sentence:
    """What ``plain_sentence`` wrote."""
    gaps = {name: read_sentence(one) if isinstance(one, dict) else one for name, one in found["gaps"].items()}
    return Sentence(str(found["text"]), gaps, str(found["many"]), int(found["count"]))


class Refused(Exception):
    """Something was asked that will not be done, and the reason can be shown to whoever asked."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(str(reason))
        self.reason = reason


class NotPermitted(Refused):
    """This person may not do this."""


class NotFound(Refused):
    """There is no such thing, or this person must not learn whether there is."""


class WrongState(Refused):
    """Nobody can do this now, because of where the matter stands."""


P = ParamSpec("P")


def permitted(check: Callable[P, None]) -> Callable[P, bool]:
    """Turn a ``check_`` that refuses into a ``may_`` that answers."""

    @wraps(check)
    def may(*args: P.args, **kwargs: P.kwargs) -> bool:
        try:
            check(*args, **kwargs)
        except Refused:
            return False
        return True

    return may


def why_not(check: Callable[P, None]) -> Callable[P, Sentence | None]:
    """Turn a ``check_`` that refuses into a question: the reason, or None when nothing stands in the way."""

    @wraps(check)
    def reason(*args: P.args, **kwargs: P.kwargs) -> Sentence | None:
        try:
            check(*args, **kwargs)
        except Refused as refused:
            return refused.reason
        return None

    return reason
