# SPDX-License-Identifier: AGPL-3.0-or-later
"""A likeness that one person judges, and a second where it matters: a hit, or two cases of one person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from watchword.core.refusals import NotPermitted, Sentence, WrongState, sentence


class Verdict(StrEnum):
    """What a person makes of a likeness."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


VERDICTS: Mapping[Verdict, Sentence] = {
    Verdict.SAME: sentence("The same person"),
    Verdict.DIFFERENT: sentence("A different person"),
    Verdict.UNSURE: sentence("It cannot be told"),
}


class Judging(StrEnum):
    """Where a likeness stands. ``SECOND``: one person said what takes two, and another must look."""

    OPEN = "open"
    SECOND = "second"
    JUDGED = "judged"


JUDGING: Mapping[Judging, Sentence] = {
    Judging.OPEN: sentence("Waits for a judgement"),
    Judging.SECOND: sentence("Waits for a second person"),
    Judging.JUDGED: sentence("Judged"),
}


@dataclass(frozen=True)
class LikenessFacts:
    """What the rules ask. ``outcome``: what it was judged to be; ``judged_by``: by whom first."""

    state: Judging
    outcome: Verdict | None
    judged_by: str | None

    def waits_for_second(self, ties: Collection[str]) -> bool:
        """Whether a first judgement stands; that of somebody who declared a tie since does not (law 4)."""
        return self.state is Judging.SECOND and self.judged_by not in ties


def check_is_second(actor_id: str, judged: LikenessFacts, ties: Collection[str]) -> None:
    """Another person than who judged first, while that first judgement stands."""
    if not judged.waits_for_second(ties):
        raise WrongState(sentence("No judgement waits here for a second person."))
    if actor_id == judged.judged_by:
        raise NotPermitted(sentence("You judged this first; someone else must look at it."))


def check_judgement(reason: str, *, seen: str, present: str) -> None:
    """A reason is given, and what was judged is what the page showed."""
    if not reason.strip():
        raise WrongState(sentence("Write the reason for your judgement."))
    if seen != present:
        raise WrongState(
            sentence("This has changed since you opened it. Open it again and judge what it is now.")
        )
