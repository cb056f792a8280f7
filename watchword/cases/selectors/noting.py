# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the pages need on which somebody notes something or sets a task."""

from dataclasses import dataclass

from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.selectors.notes import noting_places, why_not_note
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.tasks import task_hands
from watchword.cases.selectors.visibility import find
from watchword.core.procedure import Text
from watchword.core.refusals import Sentence


@dataclass(frozen=True)
class NotingPage:
    """Where this person can note something, to whom they can give a task, and why not now, if so."""

    uid: str
    code: str
    places: tuple[tuple[str, Text], ...]
    hands: tuple[tuple[str, str], ...]
    why_not_note: Sentence | None
    why_not_set_tasks: Sentence | None


def noting_page(code: str, *, viewer: Actor) -> NotingPage:
    """The page of a new note, or of a new task."""
    case = find(code, viewer=viewer)
    standing = case.standing()
    profile = profile_of(case)
    return NotingPage(
        uid=case.uid,
        code=case.code,
        places=tuple(noting_places(profile, standing, viewer=viewer)),
        hands=tuple(task_hands(standing, viewer=viewer)),
        why_not_note=why_not_note(profile, standing, viewer=viewer),
        why_not_set_tasks=rules.why_not_set_tasks(viewer, standing),
    )
