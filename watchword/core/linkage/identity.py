# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who somebody says to be, as far as a second application by the same person can be told by it."""

from dataclasses import dataclass
from typing import NamedTuple


class Born(NamedTuple):
    """A birth date; month and day are 0 where they are not known."""

    year: int
    month: int = 0
    day: int = 0


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name as it was written; the parts are filled where the person themselves separated them."""

    text: str
    surname: str = ""
    given: str = ""
    patronymic: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Everything may be empty. Names are as written; all else is in the form in which it is compared.

    ``places``: skeletons of the words that tell the birth place; ``passports``, ``phones``, ``mails`` and
    ``handles``: without the spaces, case and prefixes that people change; ``referrer``: whoever sent them.
    """

    names: tuple[WrittenName, ...] = ()
    births: tuple[Born, ...] = ()
    places: tuple[str, ...] = ()
    passports: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    referrer: str = ""
