# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong with a profile: every fault at once, each with the file and the key where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from watchword.core.refusals import Refused, Sentence


@dataclass(frozen=True)
class Problem:
    """One fault of a profile: the file, the path of keys inside it, and a sentence."""

    file: str
    path: str
    what: Sentence

    def __str__(self) -> str:
        where = f"{self.file}, {self.path}" if self.path else self.file
        return f"{where}: {self.what}"


class ProfileError(Exception):
    """A profile cannot be used. ``problems`` lists every fault found, so that one reading mends them all."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class AnswersError(Refused):
    """Sealed answers were opened and are not what this version can read."""


class LetterError(Refused):
    """A letter cannot be written from its template with what was given."""
