# SPDX-License-Identifier: AGPL-3.0-or-later
"""The law of changing the version under which a case runs: who may, and when a second person must agree."""

from collections.abc import Collection

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases.rules import Standing, check_acts_as
from watchword.core.procedure import APPLICANT
from watchword.core.procedure.newer import Preview
from watchword.core.procedure.stages import Stage
from watchword.core.refusals import NotPermitted, WrongState, sentence, why_not


def movers(stage: Stage) -> frozenset[str]:
    """The roles that may take some step out of a stage; they may change the version of a case there, too."""
    return frozenset[str]().union(*(way.by for way in stage.exits)) - {APPLICANT}


def check_may_change_version(actor: Actor, case: Standing, by: Collection[str], change: Preview) -> None:
    """Somebody who may move the case on, and a change that can be made at all; nobody must ever make it."""
    check_has(actor, Permission.CASE_STAGE)
    check_acts_as(actor, case, by)
    if change.refused:
        raise WrongState(change.refused)


why_not_change_version = why_not(check_may_change_version)


def check_may_confirm_version(
    actor: Actor, case: Standing, by: Collection[str], change: Preview, proposed_by: str
) -> None:
    """The same for a second person; neither of the two has a tie (law 4)."""
    check_may_change_version(actor, case, by, change)
    if actor.id == proposed_by:
        raise NotPermitted(sentence("You proposed this; somebody else must confirm it."))
    if proposed_by in case.ties:
        raise WrongState(
            sentence(
                "Whoever proposed this has declared a tie since. Drop it, so that somebody else proposes."
            )
        )


why_not_confirm_version = why_not(check_may_confirm_version)
