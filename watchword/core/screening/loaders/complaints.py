# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a loader did not understand of a file, so that nothing is dropped in silence."""

from collections import Counter
from dataclasses import dataclass, field

from watchword.core.refusals import Sentence, WrongState

# A hostile file could invent a new element name in every line; the counts stay as small as this.
DISTINCT = 2000
THE_REST = "..."


class Unreadable(WrongState):
    """The file is not what it was said to be, or is cut off; nothing of it may be used."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One place of the source that was not understood; whatever else the entry says is used all the same.

    ``where`` names file and row or element; ``quote`` is the beginning of what stands there.
    """

    where: str
    reason: Sentence
    quote: str = ""

    def __str__(self) -> str:
        said = f" [{self.quote}]" if self.quote else ""
        return f"{self.where}: {self.reason}{said}".encode("utf-8", "replace").decode()


@dataclass(slots=True)
class Tally:
    """Counts of what a file holds beside persons, filled while it is read.

    ``others``: entries that are not persons, by the source's own word. ``unread``: columns and elements that
    held something which no part of a person's record has room for. ``countries``: countries not recognised.
    """

    others: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)

    def other(self, kind: str) -> None:
        """One more entry that is not a person."""
        _count(self.others, kind)

    def unread_part(self, name: str) -> None:
        """One more filled column or element that nobody reads."""
        _count(self.unread, name)

    def unknown_country(self, name: str) -> None:
        """One more country whose name is in no table of ours."""
        _count(self.countries, name)


def _count(counter: Counter[str], key: str) -> None:
    # Half a character, which JSON can hold, cannot be written to a file.
    short = key[:80].encode("utf-8", "replace").decode()
    counter[short if short in counter or len(counter) < DISTINCT else THE_REST] += 1
