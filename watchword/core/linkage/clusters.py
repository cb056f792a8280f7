# SPDX-License-Identifier: AGPL-3.0-or-later
"""What follows from judgements about pairs: the same as the same is the same, unless it is barred."""

from collections.abc import Iterable

Pair = tuple[str, str]


class Judged:
    """The judgements of pairs. Who is one person is a group; two groups may be known to be different."""

    def __init__(self, same: Iterable[Pair], different: Iterable[Pair]) -> None:
        self._leader: dict[str, str] = {}
        for one, other in same:
            self._leader[self._of(one)] = self._of(other)
        self._apart = {frozenset((self._of(one), self._of(other))) for one, other in different}

    def between(self, one: str, other: str) -> bool | None:
        """True: the same person. False: different people. None: neither follows."""
        groups = frozenset((self._of(one), self._of(other)))
        if len(groups) == 1:
            return True
        return False if groups in self._apart else None

    def with_same(self, one: str) -> str:
        """A name for the whole group of ``one``: equal for all who are the same person."""
        return self._of(one)

    def _of(self, one: str) -> str:
        while (leader := self._leader.get(one, one)) != one:
            one = leader
        return one
