# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finds batches, for whoever asked, for custodians and for the pages of a case, and says how they stand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import F, QuerySet

from watchword import profiles
from watchword.accounts.rules import Actor, Permission
from watchword.accounts.selectors import names
from watchword.cases import selectors as cases
from watchword.core.procedure import Text
from watchword.core.procedure.custody import SEATS
from watchword.core.refusals import NotFound, Sentence, sentence
from watchword.custody import rules
from watchword.custody.models import Batch, BatchBody
from watchword.custody.rules import LOOKED_BACK, RUNS, STATES, State, seat_of
from watchword.custody.selectors.rows import AnswerRow
from watchword.vault import selectors as vault


@dataclass(frozen=True)
class BatchRow:
    """One batch as one person may see it. ``cases``: their uids; no name and no code is in it."""

    uid: str
    run: str
    run_words: Sentence | str
    elements: tuple[Text | str, ...]
    cases: tuple[str, ...]
    by: str
    mine: bool
    at: datetime
    until: datetime
    state: State
    state_words: Sentence
    given: int
    needed: int
    seats: int
    answers: tuple[AnswerRow, ...]
    action_hash: str
    why_not_answer: Sentence | None
    why_not_open: Sentence | None
    why_not_end: Sentence | None

    @property
    def refusals(self) -> int:
        """How many custodians refused."""
        return sum(not answer.gave for answer in self.answers)

    @property
    def waits(self) -> bool:
        """Whether custodians can still answer."""
        return self.state in (State.WAITING, State.OPEN)


def own_batch(batch_uid: str, *, viewer: Actor) -> Batch:
    """A batch that this very person asked for."""
    return _one(_all().filter(pk=batch_uid, asked_by=viewer.id))


def batch_to_answer(batch_uid: str, *, viewer: Actor) -> Batch:
    """A batch, for a custodian."""
    found = _all().filter(pk=batch_uid)
    return _one(found if viewer.has(Permission.RELEASE_ANSWER) else found.none())


def lately(now: datetime) -> list[Batch]:
    """What was asked for lately, newest first."""
    return list(_all().filter(at__gt=now - LOOKED_BACK).order_by("-at", "uid"))


def going(staff_id: str, run: str) -> QuerySet[Batch]:
    """What this person asked for and what is not over, or past its end and not destroyed yet."""
    return Batch.objects.filter(asked_by=staff_id, run=run, ended_at=None)


def newest_batch(viewer: Actor, run: str, now: datetime) -> BatchRow | None:
    """What this person asked for last, however it stands; what is not over comes before what is."""
    mine = _all().filter(asked_by=viewer.id, run=run)
    found = mine.order_by(F("ended_at").desc(nulls_first=True), "-at").first()
    return batch_row(found, viewer=viewer, now=now) if found else None


def batch_of(viewer: Actor, run: str, now: datetime) -> BatchRow | None:
    """This person's batch that waits or is open; there is one at a time."""
    row = newest_batch(viewer, run, now)
    return row if row and row.waits else None


def was_asked(recipient: str, *, viewer: Actor) -> bool:
    """Whether this person asked with the draft of this one-time key, for instance by a double click."""
    return Batch.objects.filter(recipient=recipient, asked_by=viewer.id).exists()


def batches_in(case_uid: str, *, viewer: Actor, now: datetime) -> tuple[BatchRow, ...]:
    """The batches that this case was in, newest first; the caller has asked who may know of the case."""
    found = _all().filter(bodies__case=case_uid).distinct().order_by("-at", "uid")
    return tuple(batch_row(one, viewer=viewer, now=now) for one in found)


def cases_asked_for(run: str, now: datetime) -> frozenset[str]:
    """The cases of everybody's batches for this run that are not over: nobody is asked for one twice."""
    going_on = BatchBody.objects.filter(batch__run=run, batch__ended_at=None, batch__until__gt=now)
    return frozenset(going_on.values_list("case", flat=True).distinct())


def batches_ended(now: datetime) -> Sequence[str]:
    """Those that are past their end and still have what they opened with."""
    due = Batch.objects.filter(until__lte=now, ended_at=None).order_by("until")
    return list(due.values_list("uid", flat=True))


def cases_of(batch: Batch) -> tuple[str, ...]:
    """The uids of its cases, in order."""
    return tuple(sorted({body.case_id for body in batch.bodies.all()}))


def ties_of(batch: Batch) -> frozenset[str]:
    """Everybody who declared a tie to one of its applicants; of one that is over nobody asks."""
    return cases.ties_among(cases_of(batch)) if batch.ended_at is None else frozenset()


def shares_of(bodies: Collection[BatchBody], seat: str) -> dict[int, str]:
    """For each body, by its key, the uid of what this seat was handed for it; those without are left out."""
    of = {body.record_id: body for body in bodies}
    sent = vault.records_by_id(of).values_list("uid", "case", "kind", "revision")
    here = vault.records_of({body.case_id for body in bodies}, {seat})
    rows = here.values_list("uid", "case", "kind", "revision")
    handed = {(case, kind, revision): uid for uid, case, kind, revision in rows}
    return {
        of[uid].pk: handed[place]
        for uid, *place_ in sent
        if (place := (place_[0], place_[1], place_[2])) in handed
    }


def seat_in(batch: Batch, actor: Actor) -> str | None:
    """The seat from which this person answers it."""
    held = seat_of(actor)
    return held if held in SEATS[: batch.seats] else None


def for_seat(*, viewer: Actor, now: datetime) -> tuple[BatchRow, ...]:
    """What was asked for lately, for a custodian; the newest first."""
    return tuple(batch_row(one, viewer=viewer, now=now) for one in lately(now))


def seat_words(seat: str) -> Text | str:
    """What the holder of a seat is called today."""
    custody = profiles.load(settings.WATCHWORD_PROFILE).custody
    return custody.seat_title(seat) if custody and seat in custody.seats else seat


def batch_row(batch: Batch, *, viewer: Actor, now: datetime) -> BatchRow:
    """The row; the caller has asked who may see it."""
    facts = batch.facts()
    state = facts.state(now)
    known = profiles.load(settings.WATCHWORD_PROFILE)
    answers = sorted(batch.answers.all(), key=lambda answer: answer.number)
    staff = names(answer.staff_id for answer in answers)
    titles = {seat: known.custody.seat_title(seat) for seat in known.custody.seats} if known.custody else {}
    return BatchRow(
        uid=batch.uid,
        run=batch.run,
        run_words=RUNS.get(batch.run, batch.run),
        elements=tuple(
            known.compartments[name].title if name in known.compartments else name for name in batch.elements
        ),
        cases=cases_of(batch),
        by=batch.asked_by.name,
        mine=batch.asked_by_id == viewer.id,
        at=batch.at,
        until=batch.until,
        state=state,
        state_words=STATES[state],
        given=len(facts.given),
        needed=batch.needed,
        seats=batch.seats,
        answers=tuple(
            AnswerRow(
                titles.get(answer.seat, answer.seat), staff.get(answer.staff_id, ""), answer.gave, answer.at
            )
            for answer in answers
        ),
        action_hash=batch.action_hash,
        why_not_answer=rules.why_not_answer_batch(
            viewer, facts, ties_of(batch), seat=seat_in(batch, viewer), now=now
        ),
        why_not_open=rules.why_not_open_batch(viewer, batch.run, facts, now),
        why_not_end=rules.why_not_end(viewer, facts, now),
    )


def _all() -> QuerySet[Batch]:
    return Batch.objects.select_related("asked_by", "ceremony").prefetch_related("answers", "bodies")


def _one(rows: QuerySet[Batch]) -> Batch:
    found = rows.first()
    if found is None:
        raise NotFound(sentence("There is no such batch."))
    return found
