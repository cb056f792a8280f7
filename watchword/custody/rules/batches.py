# SPDX-License-Identifier: AGPL-3.0-or-later
"""The law of batches: many cases released at once to a run, a program that opens in memory and shows nobody.

Custodians agree to what the program does, to how many cases, and to who starts it; there is no reason in
words, because for a run it is always the same.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from watchword.accounts.rules import ROLE_PERMISSIONS, Actor, Permission, check_has
from watchword.cases.rules import Standing, check_may_work
from watchword.core.refusals import NotPermitted, Sentence, WrongState, sentence, why_not
from watchword.core.sealing.asked_batch import MOST_CASES
from watchword.custody.rules.releases import LONGEST_DAYS, ReleaseFacts, check_may_answer, check_may_open
from watchword.custody.rules.resplits import RESPLIT

SCREENING_RUN = "screening-run"
RUNS: Mapping[str, Sentence] = {
    RESPLIT: sentence("Split anew, because a seat is distrusted: sealed again in memory, nobody reads it"),
    SCREENING_RUN: sentence("Compare with the lists, in memory: nobody reads it"),
}
"""What a batch may be released to; its code is the purpose of each opening, one of ``vault.rules.UNREAD``."""

_PERMISSIONS: Mapping[str, Permission] = {
    RESPLIT: Permission.RESPLIT_RUN,
    SCREENING_RUN: Permission.SCREENING_RUN,
}


def roles_that_run(run: str) -> frozenset[str]:
    """The roles that may ask for this run, and read why custodians refused it."""
    return frozenset(role for role, allowed in ROLE_PERMISSIONS.items() if _PERMISSIONS[run] in allowed)


def check_runs(actor: Actor, run: str) -> None:
    """There is such a run, and this person may start it."""
    if run not in RUNS:
        raise WrongState(sentence("There is no such run."))
    check_has(actor, _PERMISSIONS[run])


def check_in_it(actor: Actor, case: Standing, *, lodged: bool) -> None:
    """An open case without a tie to whoever asks, of which there is something to open."""
    check_may_work(actor, case)
    if not lodged:
        raise WrongState(sentence("Of this case not everything that is asked for was lodged."))


def check_may_ask_batch(actor: Actor, run: str, *, cases: int, until: datetime, now: datetime) -> None:
    """A run that there is, of some cases and not of everybody, until a near end."""
    check_runs(actor, run)
    if not cases:
        raise WrongState(sentence("None of these cases can be asked for."))
    if cases > MOST_CASES:
        raise WrongState(
            sentence("Custodians are asked for %(most)s cases at most at once.", most=MOST_CASES)
        )
    if not now < until <= now + timedelta(days=LONGEST_DAYS):
        raise WrongState(sentence("A release ends after %(days)s days at the latest.", days=LONGEST_DAYS))


def check_none_going(going: bool) -> None:
    """One batch of one person at a time."""
    if going:
        raise WrongState(sentence("What you asked for before waits, or is open: end that one first."))


def check_may_answer_batch(
    actor: Actor, batch: ReleaseFacts, ties: Collection[str], *, seat: str | None, now: datetime
) -> None:
    """As any request is answered; whoever has a tie to one of the applicants is not told to which."""
    if actor.id in ties:
        raise NotPermitted(
            sentence("You declared a tie with somebody among these, so other custodians must answer.")
        )
    check_may_answer(actor, batch, (), seat=seat, now=now)


def check_may_open_batch(actor: Actor, run: str, batch: ReleaseFacts, now: datetime) -> None:
    """Whoever asked, while they may still start this run, once enough shares are given, until the end."""
    check_runs(actor, run)
    check_may_open(actor, batch, (), now)


def check_among(asked: Collection[str], batch: Collection[str]) -> None:
    """Nothing but what custodians were asked for."""
    if not set(asked) <= set(batch):
        raise NotPermitted(sentence("This case was not among those that custodians were asked for."))


def check_as_asked(here: Mapping[str, str], asked: Mapping[str, str]) -> None:
    """The records of a case, with the hashes of their bodies, are those that custodians were asked for."""
    if here != asked:
        raise WrongState(
            sentence(
                "What lies in this case is not what custodians were asked for: the applicant wrote anew, or a"
                " record was altered. Ask for it again."
            )
        )


why_not_answer_batch = why_not(check_may_answer_batch)
why_not_open_batch = why_not(check_may_open_batch)
