# SPDX-License-Identifier: AGPL-3.0-or-later
"""A date of which a part may be unknown, as lists and people give it."""

from dataclasses import dataclass
from datetime import date

from watchword.core.refusals import WrongState, sentence


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, perhaps with its month, perhaps with its day; ``circa`` when the source says "about".

    ``year`` 1..9999; ``month`` and ``day`` are None when unknown, and a day never stands without its month.
    Raises ``WrongState`` for what no calendar holds.
    """

    year: int
    month: int | None = None
    day: int | None = None
    circa: bool = False

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise WrongState(sentence("A day without its month is not a date."))
        try:
            date(self.year, self.month or 1, self.day or 1)
        except (ValueError, OverflowError):
            raise WrongState(sentence("There is no such date.")) from None

    def __str__(self) -> str:
        """``1970``, ``1970-02`` or ``1970-02-28``, with ``~`` before it when the source is not sure."""
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
        return ("~" if self.circa else "") + "-".join(parts)


def from_iso(text: str) -> PartialDate:
    """The date that ``str()`` of one gives; raises ``WrongState`` for anything else."""
    parts = text.removeprefix("~").split("-")
    if len(parts) > 3 or not all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in parts):
        raise WrongState(sentence("A date is written as 1970, 1970-02 or 1970-02-28."))
    year, rest = int(parts[0]), [int(part) for part in parts[1:]]
    month = rest[0] if rest else None
    day = rest[1] if len(rest) > 1 else None
    return PartialDate(year, month, day, circa=text.startswith("~"))
