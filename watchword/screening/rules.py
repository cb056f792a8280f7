# SPDX-License-Identifier: AGPL-3.0-or-later
"""The law of screening: who compares, who judges a hit, when a second person must, and what vetting is told.

A hit is a likeness between two records and nothing more. It refuses nobody and ranks nobody; it waits until
a person has judged it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases.rules import Standing, check_may_open, check_may_work
from watchword.cases.rules.judged import Judging, LikenessFacts, Verdict, check_is_second
from watchword.core.refusals import Sentence, WrongState, sentence, why_not

COMPARTMENT = "screening"
"""Where hits and judgements are sealed: what was found, without a word of either side."""

SECTION = NAMES = "identity"
"""The page that asks who somebody is, and the part of it that holds the names; all of it is in custody."""

TO_TELL_APART = (NAMES, "birth")
"""What is released to one person where a blind comparison does not tell two people apart."""

RUN = "screening-run"
"""What custodians release a batch of cases to: a program, which shows nobody what it opens."""

MOST_IN_A_RUN = 200
"""Cases in one batch: as many as custodians can be asked to picture, and some minutes of work."""

LONGEST_DAYS = 14
EVIDENCE_KIND = "screening"

AT_LEAST = 0.3
"""The probability from which a likeness is laid before a person.

Well below one half on purpose: a look costs an officer a minute, a miss may cost lives, and what is judged to
be somebody else is not found again until the list changes.
"""

MOST_HITS = 50
"""The hits that one comparison keeps, the likeliest; where there are as many, the page says so."""


class Step(StrEnum):
    """What a case waits for in screening."""

    LODGE = "lodge"
    COMPARE = "compare"
    JUDGE = "judge"
    SECOND = "second"
    CATCH_UP = "catch-up"
    TELL = "tell"
    NOTHING = "nothing"


STEPS: Mapping[Step, Sentence] = {
    Step.LODGE: sentence("The applicant has not given the legal name yet."),
    Step.COMPARE: sentence("Compare the applicant with the lists."),
    Step.JUDGE: sentence("Judge what was found."),
    Step.SECOND: sentence("A second person must look at a hit."),
    Step.CATCH_UP: sentence("The lists have changed: compare with what is new."),
    Step.TELL: sentence("Hand the result over to vetting."),
    Step.NOTHING: sentence("Nothing waits here."),
}


@dataclass(frozen=True)
class Progress:
    """What is known of a case: codes alone.

    ``identity``: the newest answers, if they came. ``compared``: the answers of the last comparison, if there
    was one. ``current``: whether it knew the lists of today. ``told``: whether vetting was told all of this.
    """

    identity: str | None
    compared: str | None
    current: bool
    told: bool
    hits: tuple[LikenessFacts, ...]


def next_step(case: Progress, ties: Collection[str]) -> Step:
    """What comes next. What was found is judged before new lists are looked at: one thing after the other."""
    if case.identity is None:
        return Step.LODGE
    if case.compared != case.identity:
        return Step.COMPARE
    waiting = [hit for hit in case.hits if hit.state is not Judging.JUDGED]
    if any(not hit.waits_for_second(ties) for hit in waiting):
        return Step.JUDGE
    if waiting:
        return Step.SECOND
    if not case.current:
        return Step.CATCH_UP
    return Step.NOTHING if case.told else Step.TELL


def result(outcomes: Collection[Verdict]) -> str:
    """The code that vetting reads: the least certain thing that people found."""
    if not outcomes:
        return "no_hit"
    if Verdict.SAME in outcomes:
        return "hit_same"
    return "unsure" if Verdict.UNSURE in outcomes else "hit_cleared"


def check_may_look(actor: Actor, case: Standing, readers: Collection[str]) -> None:
    """A role that reads what was found, held by somebody without a tie."""
    check_has(actor, Permission.SCREENING_RUN)
    check_may_open(actor, case, readers)


def check_may_screen(actor: Actor, case: Standing, readers: Collection[str], identity: str | None) -> None:
    """As ``check_may_look``, in an open case whose applicant has given the legal name."""
    check_may_look(actor, case, readers)
    check_may_work(actor, case)
    if identity is None:
        raise WrongState(STEPS[Step.LODGE])


def check_may_judge(actor: Actor, case: Standing, readers: Collection[str], hit: LikenessFacts) -> None:
    """A hit that waits for a judgement, or one judged by a single person, who may have been wrong."""
    check_has(actor, Permission.SCREENING_JUDGE)
    check_may_look(actor, case, readers)
    check_may_work(actor, case)
    if hit.waits_for_second(case.ties):
        raise WrongState(sentence("This hit waits for a second person to look at it."))
    if hit.outcome is Verdict.SAME:
        raise WrongState(
            sentence(
                "Two people found this to be the same person. It is judged again when the list or the"
                " applicant’s answers change."
            )
        )


def check_may_second(actor: Actor, case: Standing, readers: Collection[str], hit: LikenessFacts) -> None:
    """Another person than who judged first, without a tie, while the first judgement stands."""
    check_has(actor, Permission.SCREENING_JUDGE)
    check_may_look(actor, case, readers)
    check_may_work(actor, case)
    check_is_second(actor.id, hit, case.ties)


def check_may_tell(actor: Actor, case: Standing, readers: Collection[str], step: Step) -> None:
    """Vetting is told once every hit is judged and no list has changed since."""
    check_may_look(actor, case, readers)
    check_may_work(actor, case)
    if step is not Step.TELL:
        raise WrongState(STEPS[step])


why_not_look = why_not(check_may_look)
why_not_screen = why_not(check_may_screen)
why_not_judge = why_not(check_may_judge)
why_not_second = why_not(check_may_second)
why_not_tell = why_not(check_may_tell)
