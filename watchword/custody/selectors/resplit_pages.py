# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of a splitting anew: of administrators, who agree to it, and of custodians, who have it done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor, Permission
from watchword.accounts.selectors import holders
from watchword.core.procedure import Text
from watchword.core.refusals import Sentence, read_sentence
from watchword.custody import rules
from watchword.custody.models import Anew, AsItWas, Resplit
from watchword.custody.rules import STAGES, Stage
from watchword.custody.selectors.batches import BatchRow, batch_row, seat_words
from watchword.custody.selectors.resplits import (
    ceremony_at,
    facts_of,
    left_of_batch,
    resplit_batch,
    seats_now,
    splittable,
    still_as_it_was,
)

LOOKED_BACK = 5
"""Ceremonies that are over and still shown."""


@dataclass(frozen=True)
class CeremonyRow:
    """One ceremony. ``left`` and ``done`` count things that are lodged, whatever their case.

    ``old``: the distrusted seats whose new key the signed list does not name yet. ``kept``: why something
    stays as it was, with the codes of the cases for custodians, and for administrators how many.
    """

    uid: str
    seats: tuple[Text | str, ...]
    old: tuple[Text | str, ...]
    reason: str
    by: str
    at: datetime
    second: str
    stage: Stage
    stage_words: Sentence
    left: int
    done: int
    kept: Sequence[tuple[Sentence, tuple[str, ...], int]]
    why_not_confirm: Sentence | None
    why_not_drop: Sentence | None
    why_not_end: Sentence | None
    why_not_run: Sentence | None

    @property
    def all(self) -> int:
        """Everything that is in custody."""
        return self.left + self.done

    @property
    def goes_on(self) -> bool:
        """Whether two administrators have agreed, and it is not over."""
        return self.stage is Stage.CONFIRMED


@dataclass(frozen=True)
class DistrustPage:
    """For administrators. ``choices``: the seats by role, with who holds them."""

    proposed: CeremonyRow | None
    going: CeremonyRow | None
    before: tuple[CeremonyRow, ...]
    choices: tuple[tuple[str, Text | str, str], ...]


@dataclass(frozen=True)
class AnewPage:
    """For custodians. ``batch``: what they asked for and is not over, ``tried`` cases of it are behind.

    ``possible``: of how many cases they can ask now; ``not_now``: why others cannot be, and how many.
    """

    going: CeremonyRow | None
    batch: BatchRow | None
    tried: int
    possible: int
    not_now: Sequence[tuple[Sentence, int]]


def distrust_page(*, viewer: Actor, now: datetime) -> DistrustPage:
    """What is proposed or goes on, what came before, and the seats."""
    proposed, one = ceremony_at(Stage.PROPOSED), ceremony_at(Stage.CONFIRMED)
    over = Resplit.objects.filter(stage__in=(Stage.DROPPED, Stage.ENDED)).order_by("-proposed", "uid")
    return DistrustPage(
        proposed=_row(proposed, viewer, now) if proposed else None,
        going=_row(one, viewer, now) if one else None,
        before=tuple(_row(each, viewer, now) for each in over[:LOOKED_BACK]),
        choices=tuple(
            (seat, seat_words(seat), ", ".join(person.name for person in holders(seat)))
            for seat in seats_now()
        ),
    )


def anew_page(*, viewer: Actor, now: datetime) -> AnewPage:
    """How far it is, what this custodian asked for, and what they can ask for next."""
    one = ceremony_at(Stage.CONFIRMED)
    if one is None:
        return AnewPage(None, None, 0, 0, ())
    row = _row(one, viewer, now)
    batch = resplit_batch(one, viewer=viewer) if row.goes_on else None
    if batch is not None:
        asked = batch_row(batch, viewer=viewer, now=now)
        waiting, _ = left_of_batch(one, batch, viewer=viewer, now=now)
        return AnewPage(row, asked, len(asked.cases) - len(waiting), 0, ())
    inside, why_not = splittable(one, viewer=viewer, now=now) if row.why_not_run is None else ([], {})
    counted = Counter(str(reason) for reason in why_not.values())
    words = {str(reason): reason for reason in why_not.values()}
    return AnewPage(row, None, 0, len(inside), [(words[text], count) for text, count in counted.items()])


def splitting_left(*, viewer: Actor) -> tuple[Stage, int] | None:
    """Where a splitting stands and how much is left of it, for those who can do something about it."""
    proposed = ceremony_at(Stage.PROPOSED) if viewer.has(Permission.RESPLIT_PROPOSE) else None
    if proposed is not None:
        return Stage.PROPOSED, 0
    knows = viewer.has(Permission.RESPLIT_PROPOSE) or viewer.has(Permission.RESPLIT_RUN)
    one = ceremony_at(Stage.CONFIRMED) if knows else None
    return (Stage.CONFIRMED, sum(map(len, still_as_it_was(one).values()))) if one else None


def _row(one: Resplit, viewer: Actor, now: datetime) -> CeremonyRow:
    over = one.stage in (Stage.DROPPED, Stage.ENDED)
    facts = facts_of(one, left=0 if over else None)
    return CeremonyRow(
        uid=one.uid,
        seats=tuple(seat_words(seat) for seat in one.seats),
        old=tuple(seat_words(seat) for seat in sorted(facts.seats - facts.fresh)),
        reason=one.reason,
        by=one.proposed_by.name,
        at=one.proposed,
        second=one.settled_by.name if one.settled_by else "",
        stage=facts.stage,
        stage_words=STAGES[facts.stage],
        left=facts.left,
        done=Anew.objects.filter(resplit=one).count(),
        kept=_kept(one, viewer),
        why_not_confirm=rules.why_not_confirm(viewer, facts),
        why_not_drop=rules.why_not_drop(viewer, facts),
        why_not_end=rules.why_not_end_ceremony(viewer, facts, now),
        why_not_run=rules.why_not_run(viewer, facts),
    )


def _kept(one: Resplit, viewer: Actor) -> list[tuple[Sentence, tuple[str, ...], int]]:
    """By reason; whoever gives rights is not told about whom."""
    found: dict[str, tuple[Sentence, list[str]]] = {}
    for row in AsItWas.objects.filter(resplit=one).select_related("case").order_by("case__code"):
        reason = read_sentence(row.reason)
        found.setdefault(str(reason), (reason, []))[1].append(row.case.code)
    tells = viewer.has(Permission.RESPLIT_RUN)
    return [(reason, tuple(codes) if tells else (), len(codes)) for reason, codes in found.values()]
