# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whose turn it is in a case: the next step, a letter to be read, a task. Home and list ask the same."""

from collections.abc import Callable, Collection, Mapping

from django.db.models import Q

from watchword.accounts.rules import Actor
from watchword.cases.models import Letter, Task
from watchword.cases.rules import KEEPING_ROLE
from watchword.cases.selectors.open_letters import UNREAD, having_letters
from watchword.cases.selectors.visibility import procedures, under_each
from watchword.core.procedure import Exit, Profile


def way_on(profile: Profile, stage: str) -> Exit | None:
    """The first exit is the way on; before the board and for appeals a list of its own says what waits."""
    if profile.decision.has_own_list(stage):
        return None
    return next(iter(profile.stage(stage).exits), None)


def only_keeping(roles: Collection[str]) -> bool:
    """Whether these roles act only in cases that were given to them."""
    return set(roles) == {KEEPING_ROLE}


def _step(viewer: Actor) -> Q:
    """The next step is this person's, and no letter is to be read before it."""
    free = Q(keeper=None) | Q(keeper=viewer.id)

    def ours(profile: Profile) -> Q:
        roles = {stage.id: _roles_of_next_step(profile, stage.id) & viewer.roles for stage in profile.stages}
        kept = [stage for stage, held in roles.items() if held and only_keeping(held)]
        others = [stage for stage, held in roles.items() if held and not only_keeping(held)]
        return Q(stage__in=others) | Q(stage__in=kept) & free

    return under_each(procedures(), ours) & ~_letter(viewer)


def _letter(viewer: Actor) -> Q:
    """A letter to a case that goes on in another is for the keeper of that one."""
    elsewhere = Letter.objects.filter(UNREAD, case__continued_in__isnull=False).values("case__continued_in")
    return Q(keeper=viewer.id) & (having_letters(UNREAD) | Q(pk__in=elsewhere))


def _task(viewer: Actor) -> Q:
    return Q(pk__in=Task.objects.filter(given_to=viewer.id, outcome="").values("case"))


def _roles_of_next_step(profile: Profile, stage: str) -> frozenset[str]:
    step = way_on(profile, stage)
    return step.by if step else frozenset()


STEP, LETTER, TASK = "step", "letter", "task"
TURNS: Mapping[str, Callable[[Actor], Q]] = {STEP: _step, LETTER: _letter, TASK: _task}
"""What of a case waits for one person: its next step, a letter to be read, a task."""
