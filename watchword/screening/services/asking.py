# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asks custodians to let a run compare the cases that wait for it."""

from collections.abc import Sequence
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.core.refusals import WrongState, sentence
from watchword.custody import services as custody
from watchword.custody.services import BatchDraft
from watchword.screening import selectors
from watchword.screening.rules import MOST_IN_A_RUN, RUN, SECTION
from watchword.screening.selectors import Matter


def drawn_up(*, code: str = "", until: datetime, actor: Actor, now: datetime) -> BatchDraft:
    """A draft for the cases that wait, the longest first, or for the one of this code; nothing is stored."""
    asked = [selectors.for_run(code, viewer=actor)] if code else selectors.wait_for_run(viewer=actor, now=now)
    if not asked:
        raise WrongState(sentence("No case waits for a comparison."))
    some = asked[:MOST_IN_A_RUN]
    return custody.draw_up_batch(
        case_uids=[one.uid for one in some],
        elements=_elements(some),
        run=RUN,
        until=until,
        actor=actor,
        now=now,
    )


def _elements(some: Sequence[Matter]) -> tuple[str, ...]:
    """Everything that the page about who somebody is seals."""
    return some[0].profile.questionnaire.section(SECTION).compartments
