# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks that the appeal of a profile is one: nobody is refused past it, and no letter is passed over."""

from collections.abc import Iterator

from watchword.core.procedure.decision import Appeal, DecisionDef, Panel
from watchword.core.procedure.errors import Problem
from watchword.core.procedure.needs import Days
from watchword.core.procedure.needs_of_appeals import NoReply, Replied
from watchword.core.procedure.roles import APPLICANT
from watchword.core.procedure.stages import Exit, Stage
from watchword.core.refusals import sentence


def appeal_problems(place: str, decision: DecisionDef, stages: tuple[Stage, ...]) -> Iterator[Problem]:
    """Yield a problem for each way in which an appeal would be none, in the files under ``place``."""
    if decision.appeal is None:
        return
    yield from _outcome_problems(f"{place}/decision.toml", decision, decision.appeal)
    here = next(one for one in stages if one.id == decision.appeal.open_stage)
    yield from _time_problems(f"{place}/stages.toml", here, decision.appeal)


def _outcome_problems(file: str, decision: DecisionDef, appeal: Appeal) -> Iterator[Problem]:
    answered = {outcome.to_stage for outcome in decision.outcomes if outcome.needs_reply}
    for outcome in decision.outcomes:
        row = f"decision.outcomes[{outcome.id}]"
        if (outcome.at_stage == appeal.stage) is not (outcome.panel is Panel.NEW):
            what = sentence("an appeal, and nothing else, is decided by a panel that is “new”")
            yield Problem(file, f"{row}.panel", what)
        if outcome.adverse and outcome.at_stage in answered and outcome.to_stage != appeal.open_stage:
            what = sentence(
                "a refusal leads to “%(stage)s”, where it can be appealed", stage=appeal.open_stage
            )
            yield Problem(file, f"{row}.to_stage", what)
    if {one.adverse for one in decision.outcomes_at(appeal.stage)} != {True, False}:
        what = sentence("an appeal can be granted and refused: give an outcome for each")
        yield Problem(file, "decision.appeal.stage", what)


def _time_problems(file: str, here: Stage, appeal: Appeal) -> Iterator[Problem]:
    """What the applicant writes in time is an appeal; no other exit opens before that, or past a letter."""
    row = f"stages[{here.id}]"
    ours = [way for way in here.exits if way.by != {APPLICANT}]
    if not any(way.to == appeal.stage and Replied() in way.needs for way in ours):
        what = sentence("an exit to “%(stage)s” that needs “replied” is missing", stage=appeal.stage)
        yield Problem(file, f"{row}.exits", what)
    for way in ours:
        if way.to != appeal.stage and not _waits(way, here.clock_days or 0):
            what = sentence("needs “days:%(days)s” and “no-reply”", days=here.clock_days or 0)
            yield Problem(file, f"{row}.exits[{way.action}].needs", what)


def _waits(way: Exit, days: int) -> bool:
    waited = max((need.days for need in way.needs if isinstance(need, Days)), default=0)
    return NoReply() in way.needs and waited >= days
