# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hides small figures, and as many others as it takes that no subtraction gives a small one back.

Figures that are published together add up: stages to a total, weeks to an outcome. All of these sums are one
drawing of arrows between places, each arrow a figure, where as much leaves every place as comes to it. What
a reader can work out about a hidden arrow is how far it could be moved while all shown ones stay, and that
is the classic question of how much more can flow (Ford and Fulkerson; for tables, L. H. Cox, 1995).
"""

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

FEWEST = 5
"""The smallest figure that may be shown."""

Name = tuple[str, ...]


@dataclass(frozen=True)
class Arrow:
    """One figure: ``value`` people or things, counted from ``start`` to ``end``."""

    start: str
    end: str
    value: int


def hidden(arrows: Mapping[Name, Arrow], *, known: frozenset[Name] = frozenset()) -> frozenset[Name]:
    """The names of the figures not to be shown.

    As much must lead into every place as leads out of it. ``known``: what everybody can count anyhow, so that
    it is neither hidden nor of help in hiding. Every figure below FEWEST is hidden, nought as well: it would
    say that nobody is there. Of each of them a reader must hold it possible that it is FEWEST or more, or as
    much as the known figures allow.
    """
    small = [name for name in sorted(arrows) if arrows[name].value < FEWEST and name not in known]
    network = _Network(arrows, known, set(small))
    for name in small:
        network.hide_around(name)
    return frozenset(network.hidden)


@dataclass
class _Network:
    arrows: Mapping[Name, Arrow]
    known: frozenset[Name]
    hidden: set[Name]

    def hide_around(self, name: Name) -> None:
        """Hide what it takes that ``name`` could as well be FEWEST, or as much as can be without a way on."""
        flow = {one: arrow.value for one, arrow in self.arrows.items()}
        while flow[name] < FEWEST:
            way = self._cheapest_way(name, flow)
            if way is None:
                return
            flow[name] += 1
            for one, step in way:
                flow[one] += step
                self.hidden.add(one)

    def _cheapest_way(self, name: Name, flow: Mapping[Name, int]) -> list[tuple[Name, int]] | None:
        """One more along ``name``, made good by other arrows with the least shown on the way.

        Each arrow comes with the 1 that is added to it or the -1 that is taken from it.
        """
        begin, goal = self.arrows[name].end, self.arrows[name].start
        costs = {begin: 0}
        came: dict[str, tuple[str, Name, int]] = {}
        waiting = [(0, begin)]
        while waiting:
            cost, place = heapq.heappop(waiting)
            if place == goal:
                return _way_back(came, begin, goal)
            for one, step, following in self._steps(place, name, flow):
                longer = cost + (0 if one in self.hidden else 1 + self.arrows[one].value)
                if following not in costs or longer < costs[following]:
                    costs[following], came[following] = longer, (place, one, step)
                    heapq.heappush(waiting, (longer, following))
        return None

    def _steps(self, place: str, name: Name, flow: Mapping[Name, int]) -> Iterator[tuple[Name, int, str]]:
        for one, arrow in self.arrows.items():
            if one == name or one in self.known:
                continue
            if arrow.start == place:
                yield one, 1, arrow.end
            elif arrow.end == place and flow[one] > 0:
                yield one, -1, arrow.start


def _way_back(came: Mapping[str, tuple[str, Name, int]], begin: str, goal: str) -> list[tuple[Name, int]]:
    way, place = [], goal
    while place != begin:
        place, one, step = came[place]
        way.append((one, step))
    return way
