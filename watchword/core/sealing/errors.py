# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can go wrong with something sealed, told apart by what the caller should do next.

SealingError
├── Malformed       this is not in the one accepted form: give it back to whoever sent it
├── NoMatchingKey   well formed, and for somebody else: try another key
└── Tampered        it was ours and has been changed, cut or swapped: stop, and say so
    └── WrongShare  the share of a custodian is: ask the others
"""

from collections.abc import Iterable

from watchword.core.refusals import Sentence, sentence


class SealingError(Exception):
    """Something sealed was refused; ``reason`` is a sentence and never holds a key, a secret or plaintext."""

    def __init__(self, reason: Sentence | str) -> None:
        self.reason = reason if isinstance(reason, Sentence) else Sentence(reason)
        super().__init__(str(self.reason))


class Malformed(SealingError):
    """The input is not in the one form that the specification allows."""


class NoMatchingKey(SealingError):
    """The envelope is in order, but none of the given keys opens it."""


class Tampered(SealingError):
    """An authenticity check failed: the record was changed, cut short, or put in another's place."""


class WrongShare(Tampered):
    """What the seats ``numbers`` handed over is not what they were given; without them it may still go."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self.numbers = tuple(sorted(set(numbers)))
        seats = ", ".join(map(str, self.numbers))
        super().__init__(
            sentence("The share of seat %(seats)s is not the one that was handed out.", seats=seats)
        )
