# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which cases wait for a run, what custodians answered, and how far a run is."""

from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases import selectors as cases
from watchword.cases.selectors.lists import ORDER
from watchword.core.refusals import Sentence, WrongState, read_sentence, sentence, why_not
from watchword.custody import selectors as custody
from watchword.custody.rules import State
from watchword.custody.selectors import BatchRow
from watchword.matching import selectors as matching
from watchword.screening import rules
from watchword.screening.models import ScreeningRun, Stayed
from watchword.screening.rules import MOST_IN_A_RUN, RUN, TO_TELL_APART
from watchword.screening.selectors.matter import Matter, matter_by_code, matters


@dataclass(frozen=True)
class StayedRow:
    """A case that a run could not compare, and why."""

    code: str
    reason: Sentence
    at: datetime


@dataclass(frozen=True)
class LastRun:
    """What this person asked for last and what is over without all of it compared; ``done``: so many."""

    batch: BatchRow
    done: int


@dataclass(frozen=True)
class RunPanel:
    """What there is to run. ``batch``: what this person asked for and what is going on; ``left`` of it.

    ``last``: what came of the one before, where it came to nothing or to little. ``waiting``: the cases that
    could be asked for, and ``asked`` how many of them at once; ``elsewhere``: in what colleagues asked for.
    """

    batch: BatchRow | None
    last: LastRun | None
    left: int
    waiting: int
    elsewhere: int
    stayed: tuple[StayedRow, ...]

    @property
    def done(self) -> int:
        """The cases of the batch that the run has come to."""
        return len(self.batch.cases) - self.left if self.batch else 0

    @property
    def asked(self) -> int:
        """How many are asked for at once."""
        return min(self.waiting, MOST_IN_A_RUN)


def panel(*, viewer: Actor, now: datetime) -> RunPanel:
    """The part of the queue that is about the run."""
    check_has(viewer, Permission.SCREENING_RUN)
    newest = custody.newest_batch(viewer, RUN, now)
    batch = newest if newest and newest.waits else None
    seen = cases.visible_cases(viewer).filter(closed_at=None).order_by().values("pk")
    others = custody.cases_asked_for(RUN, now) - set(batch.cases if batch else ())
    stayed = Stayed.objects.filter(case__in=seen).select_related("case").order_by("at", "case__code")
    return RunPanel(
        batch=batch,
        last=_unfinished(newest) if newest and not newest.waits else None,
        left=len(left_of(batch, viewer=viewer)) if batch else 0,
        waiting=len(wait_for_run(viewer=viewer, now=now)),
        elsewhere=seen.filter(pk__in=others).count(),
        stayed=tuple(
            StayedRow(one.case.code, read_sentence(one.reason), one.at)
            for one in stayed.select_related("case")
        ),
    )


def wait_for_run(*, viewer: Actor, now: datetime) -> list[Matter]:
    """Open cases that were never compared as they are now, in their order; nobody asked for them yet."""
    seen = cases.visible_cases(viewer).filter(closed_at=None).order_by(*ORDER)
    asked = custody.cases_asked_for(RUN, now)
    return [one for one in matters(seen) if one.waits_for_run and one.uid not in asked]


def run_to_start(*, viewer: Actor, now: datetime) -> BatchRow | None:
    """What custodians have released to this person for a run, for the home page."""
    batch = custody.batch_of(viewer, RUN, now) if viewer.has(Permission.SCREENING_RUN) else None
    return batch if batch and batch.state is State.OPEN else None


def for_run(code: str, *, viewer: Actor) -> Matter:
    """This case, if there is something to compare; WrongState otherwise."""
    one = matter_by_code(code, viewer=viewer)
    check_for_run(viewer, one)
    return one


def check_for_run(viewer: Actor, one: Matter) -> None:
    """An open case with a name that was not compared, or not looked for among others, as it is now."""
    rules.check_may_screen(viewer, one.standing, one.readers, one.progress.identity)
    if not one.waits_for_run and matching.looked_at(one.uid, one.progress.identity or ""):
        raise WrongState(sentence("This case knows the lists of today, and nothing is left to look for."))


def why_not_run(viewer: Actor, one: Matter, now: datetime) -> Sentence | None:
    """Why this person cannot ask for this case alone, if they cannot: one thing is asked for at a time."""
    if custody.batch_of(viewer, RUN, now):
        return sentence("What you asked for before waits, or is open: run it or end it first.")
    return why_not(check_for_run)(viewer, one)


def batch_to_run(*, viewer: Actor, now: datetime) -> BatchRow:
    """What custodians released to this person; WrongState unless it is open."""
    check_has(viewer, Permission.SCREENING_RUN)
    batch = custody.batch_of(viewer, RUN, now)
    if batch is None:
        raise WrongState(sentence("Custodians have released nothing to you: ask them for a run first."))
    if batch.state is not State.OPEN:
        raise WrongState(sentence("Too few custodians have given their shares."))
    return batch


def left_of(batch: BatchRow, *, viewer: Actor) -> list[Matter]:
    """The cases of a batch to which its run has not come yet, of those that this person may know of."""
    done = compared_in(batch.uid) | set(Stayed.objects.filter(batch=batch.uid).values_list("case", flat=True))
    seen = cases.visible_cases(viewer).filter(pk__in=set(batch.cases) - done, closed_at=None)
    return matters(seen.order_by(*ORDER))


def compared_in(batch_uid: str) -> set[str]:
    """The cases that the run of a batch compared."""
    return set(ScreeningRun.objects.filter(batch=batch_uid).values_list("case", flat=True))


def names_asked_for(case_uid: str, *, viewer: Actor, now: datetime) -> State | None:
    """Where this person's request for names and birth of a case stands, if one waits or is open."""
    for one in custody.of_case(case_uid):
        mine = one.asked_by_id == viewer.id and not one.glass
        if mine and set(TO_TELL_APART) <= set(one.elements) and one.facts().state(now) in _GOING:
            return one.facts().state(now)
    return None


def _unfinished(last: BatchRow) -> LastRun | None:
    done = len(compared_in(last.uid))
    return LastRun(last, done) if last.state is State.REFUSED or done < len(last.cases) else None


_GOING = (State.WAITING, State.OPEN)
