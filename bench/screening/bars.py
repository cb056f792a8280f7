# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table of bars: what was wanted, what a peer reached in the same run, what we did."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Bar:
    """One line: ``wanted`` is a floor, or a ceiling when ``at_most``."""

    what: str
    ours: float
    wanted: float
    at_most: bool = False
    peers: dict[str, float] = field(default_factory=dict)

    @property
    def reached(self) -> bool:
        return self.ours <= self.wanted if self.at_most else self.ours >= self.wanted

    def line(self) -> str:
        sign = "<=" if self.at_most else ">="
        peers = "; ".join(f"{name} {figure(value)}" for name, value in self.peers.items()) or "-"
        verdict = "reached" if self.reached else "NOT REACHED"
        return f"| {self.what} | {peers} | {figure(self.ours)} | {sign} {figure(self.wanted)} | {verdict} |"


@dataclass
class Report:
    """The bars of one run, printed as each is known and again as a table."""

    bars: list[Bar] = field(default_factory=list)

    def add(self, bar: Bar) -> None:
        self.bars.append(bar)
        print(bar.line(), flush=True)

    def table(self) -> None:
        print("\n| what | peers in this run | ours | bar | |\n|---|---|---|---|---|")
        for bar in self.bars:
            print(bar.line())


def figure(value: float) -> str:
    """As many digits as a reader needs."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
