# SPDX-License-Identifier: AGPL-3.0-or-later
"""What nobody opens alone: one person asks, custodians answer one by one, and only enough let it open.

Whoever asks says in the open how many shares it takes, so that a stranger counts them without knowing the
case. Breaking the glass is asked by a custodian, whose own share is in the asking. A batch is asked of many
cases at once by an entry of none; each opening is of one of them, and a stranger counts those too. One that
splits anew names its ceremony: custodians whose seats are trusted ask and give, and who asks may give too.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from watchword.core.ledger.acts import Act
from watchword.core.ledger.entry import Statement
from watchword.core.ledger.findings import Fault
from watchword.core.ledger.resplits import Resplits

ACTS = frozenset(
    {
        Act.IDENTITY_BATCH,
        Act.IDENTITY_BREAK,
        Act.IDENTITY_END,
        Act.IDENTITY_OPEN,
        Act.IDENTITY_REFUSE,
        Act.IDENTITY_REQUEST,
        Act.IDENTITY_REVIEW,
        Act.IDENTITY_SHARE,
    }
)
_ASKING = frozenset({Act.IDENTITY_BATCH, Act.IDENTITY_BREAK, Act.IDENTITY_REQUEST})
_ANSWERING = frozenset({Act.IDENTITY_REFUSE, Act.IDENTITY_SHARE})


@dataclass(slots=True)
class Release:
    """One request: how many of how many shares it takes, who gave one in their order, who refused.

    ``cases``: how many a batch may open, ``until`` which minute; None is a request of one case, whose end
    is told to custodians alone. ``opened``: those of the batch that were. ``ceremony``: by which it splits
    anew, empty of all others.
    """

    asked_by: str
    needed: int
    seats: int
    glass: bool
    cases: int | None = None
    until: int | None = None
    ceremony: str = ""
    opened: set[bytes] = field(default_factory=set)
    given: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    ended: bool = False

    @property
    def enough(self) -> bool:
        """Whether the shares restore the key. Of a broken glass one is the asker's, and one never enough."""
        if self.glass:
            return len(self.given) >= max(1, self.needed - 1)
        return len(self.given) >= self.needed

    @property
    def over(self) -> bool:
        """Nothing opens any more: it was ended, or too few are left who have not refused."""
        return self.ended or self.seats - len(self.refused) < self.needed


@dataclass(slots=True)
class Releases:
    """Every request that was ever made, by its case and the hash of what was asked for."""

    known: dict[tuple[bytes, str], Release] = field(default_factory=dict)
    resplits: Resplits = field(default_factory=Resplits)

    def objections(self, statement: Statement, roles: Collection[str]) -> Iterator[tuple[Fault, str]]:
        """What is wrong with this step of somebody who holds these roles."""
        who, release = statement.actor, self._asked(statement)
        if statement.act in _ASKING:
            if release is not None:
                yield Fault.RELEASE_TWICE, "this very request was made before"
            elif statement.act is Act.IDENTITY_BATCH and statement.case:
                yield Fault.RELEASE_UNASKED, "a batch is asked for of no single case"
            yield from self._by_ceremony(statement, roles)
        elif release is None:
            yield Fault.RELEASE_UNASKED, "nobody asked for this on this case before"
        elif statement.act is Act.IDENTITY_REVIEW:
            yield from _review(who, release)
        elif statement.act is not Act.IDENTITY_END and self._is_over(release):
            yield Fault.RELEASE_OVER, "this request was refused for good, or has ended"
        elif statement.act in _ANSWERING:
            yield from _answer(who, release)
            if release.ceremony:
                yield from self.resplits.of_others(who, roles, release.ceremony)
        elif statement.act is Act.IDENTITY_OPEN:
            yield from _opening(who, release)
            yield from _of_a_batch(statement, release)

    def apply(self, statement: Statement) -> None:
        """Let it take effect; other acts have none here."""
        self.resplits.apply(statement)
        if statement.act not in ACTS:
            return
        about = _about(statement)
        match statement.act:
            case Act.IDENTITY_REQUEST | Act.IDENTITY_BREAK | Act.IDENTITY_BATCH:
                self.known[about] = _asking(statement)
            case Act.IDENTITY_OPEN:
                if release := self._asked(statement):
                    release.opened.add(statement.case)
            case Act.IDENTITY_SHARE:
                self.known[about].given.append(statement.actor)
            case Act.IDENTITY_REFUSE:
                self.known[about].refused.append(statement.actor)
            case Act.IDENTITY_END:
                self.known[about].ended = True
            case _:
                pass

    def _by_ceremony(self, statement: Statement, roles: Collection[str]) -> Iterator[tuple[Fault, str]]:
        if ceremony := cast("str", statement.public.get("ceremony", "")):
            if not self.resplits.is_on(ceremony):
                yield Fault.RELEASE_UNASKED, "no two administrators let this be split anew, or it is over"
            yield from self.resplits.of_others(statement.actor, roles, ceremony)

    def _is_over(self, release: Release) -> bool:
        return release.over or (bool(release.ceremony) and not self.resplits.is_on(release.ceremony))

    def _asked(self, statement: Statement) -> Release | None:
        """What this step is about; an opening of one case may be of a batch, which was asked for of none."""
        found = self.known.get(_about(statement))
        if found is None and statement.act is Act.IDENTITY_OPEN:
            found = self.known.get((b"", _about(statement)[1]))
        return found


def _asking(statement: Statement) -> Release:
    public = cast("Mapping[str, int]", statement.public)
    return Release(
        statement.actor,
        public["needed"],
        public["seats"],
        statement.act is Act.IDENTITY_BREAK,
        public.get("cases"),
        public.get("until"),
        cast("str", statement.public.get("ceremony", "")),
    )


def _answer(who: str, release: Release) -> Iterator[tuple[Fault, str]]:
    if who == release.asked_by and not release.ceremony:
        yield Fault.RELEASE_SELF, f"{who} asked for this and must not answer it"
    elif who in release.given + release.refused:
        yield Fault.RELEASE_TWICE, f"{who} answered this request before"


def _opening(who: str, release: Release) -> Iterator[tuple[Fault, str]]:
    if who != release.asked_by:
        yield Fault.RELEASE_ANOTHER, f"{who} opened what was released to somebody else"
    elif not release.enough:
        yield Fault.RELEASE_FEW, "too few custodians had given their shares"


def _of_a_batch(statement: Statement, release: Release) -> Iterator[tuple[Fault, str]]:
    if release.cases is None or release.until is None:
        return
    if not statement.case:
        yield Fault.RELEASE_UNASKED, "a batch opens cases, and this opening names none"
    elif statement.case not in release.opened and len(release.opened) >= release.cases:
        yield Fault.RELEASE_MANY, f"a batch of {release.cases} cases opened one more"
    if statement.at >= release.until:
        yield Fault.RELEASE_OVER, "this batch was opened after the end that custodians agreed to"


def _review(who: str, release: Release) -> Iterator[tuple[Fault, str]]:
    if not release.glass:
        yield Fault.RELEASE_UNASKED, "no glass was broken here"
    elif who in {release.asked_by, *release.given[:1]}:
        yield Fault.RELEASE_SELF, f"{who} broke the glass and must not be the one who looks at it"


def _about(statement: Statement) -> tuple[bytes, str]:
    """The case and the hash of what was asked for."""
    return statement.case, cast("str", statement.public["action"])
