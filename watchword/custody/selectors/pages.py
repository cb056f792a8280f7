# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of releases: of a case for whoever asks, and of a seat for its holder."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.cases.rules import check_not_recused
from watchword.core.procedure import Text
from watchword.core.refusals import Refused, Sentence
from watchword.custody import rules
from watchword.custody.models import Release
from watchword.custody.rules import State, seat_of
from watchword.custody.selectors.batches import BatchRow, batches_in, for_seat
from watchword.custody.selectors.finding import broken, for_custodians, of_case, of_person, waits_for
from watchword.custody.selectors.matter import Matter, matter_by_code
from watchword.custody.selectors.rows import ReleaseRow, row_of


@dataclass(frozen=True)
class CasePage:
    """What was asked of custodians in one case, also for a program, and why this person cannot ask, if so."""

    uid: str
    code: str
    elements: Mapping[str, Text]
    releases: tuple[ReleaseRow, ...]
    batches: tuple[BatchRow, ...]
    why_not_ask: Sentence | None


@dataclass(frozen=True)
class SeatPage:
    """What waits for this custodian, the broken glasses that nobody has looked at, and what came before.

    ``batches``: many cases for a program, those that wait and then ``batches_before``.
    """

    seat: str | None
    waiting: tuple[ReleaseRow, ...]
    glasses: tuple[ReleaseRow, ...]
    others: tuple[ReleaseRow, ...]
    batches: tuple[BatchRow, ...]
    batches_before: tuple[BatchRow, ...]


@dataclass(frozen=True)
class Before:
    """Something else that the same person asked for. ``same``: of the same case, and some of the same."""

    release: Release
    row: ReleaseRow
    same: bool


def case_page(code: str, *, viewer: Actor, now: datetime) -> CasePage:
    """The page; NotFound for whoever may not know of the case."""
    one = matter_by_code(code, viewer=viewer)
    rows = tuple(row_of(release, viewer=viewer, now=now) for release in of_case(one.uid))
    why_not = rules.why_not_ask(viewer, one.standing, waiting=waits_for(one.uid, viewer.id, now))
    batches = batches_in(one.uid, viewer=viewer, now=now)
    return CasePage(one.uid, one.code, one.elements, rows, batches, why_not)


def seat_page(*, viewer: Actor, now: datetime) -> SeatPage:
    """Everything that concerns this custodian, without the cases in which they have a tie."""
    mine = [release for release in for_custodians(now) if not _tied(viewer, release)]
    rows = [row_of(release, viewer=viewer, now=now) for release in mine]
    unseen = [release for release in broken() if not _tied(viewer, release)]
    # What can be opened already needs no more shares, though one more may help where one was wrong.
    waiting = [row for row in rows if row.why_not_answer is None and row.state is State.WAITING]
    batches = for_seat(viewer=viewer, now=now)
    asked = tuple(row for row in batches if row.why_not_answer is None and row.state is State.WAITING)
    return SeatPage(
        seat=seat_of(viewer),
        waiting=tuple(waiting),
        glasses=tuple(row_of(release, viewer=viewer, now=now) for release in unseen),
        others=tuple(row for row in rows if row not in waiting),
        batches=asked,
        batches_before=tuple(row for row in batches if row not in asked),
    )


def before(release: Release, *, viewer: Actor, now: datetime) -> tuple[Before, ...]:
    """What the same person asked for lately, with its fate; newest first."""
    others = [one for one in of_person(release.asked_by_id, now) if one.pk != release.pk]
    return tuple(Before(one, row_of(one, viewer=viewer, now=now), is_same(one, release)) for one in others)


def is_same(one: Release, other: Release) -> bool:
    """Whether the same person asks for some of the same once more."""
    asked = one.asked_by_id == other.asked_by_id and one.case_id == other.case_id
    return asked and bool(set(one.elements) & set(other.elements))


def _tied(viewer: Actor, release: Release) -> bool:
    try:
        check_not_recused(viewer, release.case.standing().ties)
    except Refused:
        return True
    return False


__all__ = ["Before", "CasePage", "Matter", "SeatPage", "before", "case_page", "is_same", "seat_page"]
