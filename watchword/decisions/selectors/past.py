# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people did in a case before a decision, from the timeline and the proposals: nobody declares it."""

from collections.abc import Sequence

from watchword.core.procedure import Profile
from watchword.core.procedure.decision import Panel
from watchword.core.refusals import Sentence
from watchword.decisions import panels
from watchword.decisions.models import Decision
from watchword.decisions.panels import Done, Past
from watchword.journal.events import Event
from watchword.journal.selectors import Moment, timeline


def past_of(case_uids: Sequence[str], stage: str, profile: Profile) -> Past:
    """Who decided before, and in an appeal who had any part at all, in this case and those joined with it."""
    parts: dict[str, Sentence] = {}
    if profile.decision.appeal and profile.decision.is_appeal(stage):
        parts = panels.parts(_acts(case_uids, profile.decision.appeal.open_stage))
    here = profile.decision.outcomes_at(stage)
    confirmed = any(outcome.panel is Panel.OTHERS for outcome in here)
    return Past(_decided(case_uids[0]) if confirmed else frozenset(), parts)


def _decided(case_uid: str) -> frozenset[str]:
    """Who proposed, voted on and countersigned the newest decision of the case."""
    last = Decision.objects.filter(case=case_uid).order_by("proposal__round").last()
    if last is None:
        return frozenset()
    voters = last.proposal.votes.values_list("staff_id", flat=True)
    return frozenset({last.proposed_by_id, last.countersigned_by_id, *voters})


def _acts(case_uids: Sequence[str], open_stage: str) -> list[Done]:
    moments = sorted((one for uid in case_uids for one in timeline(uid)), key=lambda one: one.number)
    refused = max((one.number for one in moments if _begins(one, open_stage)), default=moments[-1].number)
    return [
        Done(
            one.event,
            one.actor,
            given_to=str(one.payload.get("keeper") or one.payload.get("colleague") or ""),
            after_refusal=one.number > refused,
        )
        for one in moments
    ]


def _begins(moment: Moment, stage: str) -> bool:
    return moment.event is Event.CASE_STAGE and moment.payload["to"] == stage
