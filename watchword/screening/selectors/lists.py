# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lists and who was compared with them: how many open cases know the lists of today, and which do not."""

from dataclasses import dataclass

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases import selectors as cases
from watchword.cases.selectors.lists import ORDER
from watchword.screening import shelf
from watchword.screening.selectors.matter import Matter, matters
from watchword.screening.shelf import ListRow


@dataclass(frozen=True)
class ListsPage:
    """The lists, and how many of the cases compared before are ``current`` and how many ``behind``."""

    lists: tuple[ListRow, ...]
    current: int
    behind: int

    @property
    def compared(self) -> int:
        """All open cases that were ever compared."""
        return self.current + self.behind


def lists_page(*, viewer: Actor) -> ListsPage:
    """The page of lists."""
    check_has(viewer, Permission.SCREENING_RUN)
    compared = _compared(viewer)
    late = sum(not one.progress.current for one in compared)
    return ListsPage(tuple(shelf.lists()), len(compared) - late, late)


def _compared(viewer: Actor) -> list[Matter]:
    seen = cases.visible_cases(viewer).filter(closed_at=None).order_by(*ORDER)
    return [
        one for one in matters(seen) if one.run is not None and one.progress.compared == one.progress.identity
    ]
