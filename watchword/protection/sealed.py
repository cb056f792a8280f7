# SPDX-License-Identifier: AGPL-3.0-or-later
"""The forms in which call signs, questions and findings are sealed: canonical JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from watchword.core.ledger import canonical
from watchword.core.ledger.canonical import JSON
from watchword.core.procedure.text import Text


@dataclass(frozen=True)
class Question:
    """Who is asked for, and what was said. Everything but ``said`` may be empty.

    The names of the fields are those of the questionnaire, so that one reader makes a person out of both.
    """

    surname: str
    given: str
    patronymic: str
    birth_date: str
    birth_place: str
    said: str

    @property
    def names_somebody(self) -> bool:
        """Whether there is a name to look for."""
        return bool(self.surname or self.given)

    def answers(self) -> Mapping[str, str]:
        """As answers to the questionnaire: what is compared."""
        return {name: value for name, value in asdict(self).items() if name != "said"}

    def encode(self) -> bytes:
        """Undone by ``question``."""
        return canonical.encode(asdict(self))


@dataclass(frozen=True)
class Found:
    """A case that shares match-keys with whoever is asked for; ``shared``: of which kinds."""

    case: str
    likely: bool
    shared: tuple[str, ...]


def question(payload: bytes) -> Question:
    """What was sealed with ``Question.encode``."""
    return Question(**json.loads(payload))


def encode_found(found: Sequence[Found]) -> bytes:
    """Undone by ``found_in``."""
    return canonical.encode([{**asdict(one), "shared": list(one.shared)} for one in found])


def found_in(payload: bytes) -> tuple[Found, ...]:
    """What two custodians found."""
    return tuple(Found(one["case"], one["likely"], tuple(one["shared"])) for one in json.loads(payload))


def encode_sign(sign: Text, others: Sequence[tuple[Text, str]]) -> bytes:
    """A call sign, and why it was not one of the others; undone by ``sign_in``."""
    said: list[JSON] = [{"call_sign": asdict(other), "why_not": reason} for other, reason in others]
    return canonical.encode({"call_sign": asdict(sign), "others": said})


def sign_in(payload: bytes) -> Text:
    """The call sign."""
    return Text(**json.loads(payload)["call_sign"])


@dataclass(frozen=True)
class Step:
    """One thing said about a compromise. ``act``: one of ``ACTS``; ``code``: what is known, which rule, which
    measure; ``outcome``: of a measure.
    """

    act: str
    code: str
    words: str
    outcome: str = ""

    def encode(self) -> bytes:
        """Undone by ``step``."""
        return canonical.encode(asdict(self))


REPORT, RULE, MEASURE, END = ACTS = ("report", "rule", "measure", "end")


def step(payload: bytes) -> Step:
    """What was sealed with ``Step.encode``."""
    return Step(**json.loads(payload))
