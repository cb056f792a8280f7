# SPDX-License-Identifier: AGPL-3.0-or-later
"""When somebody last read a proposal, so that its page can say what came into the case since."""

from datetime import datetime, timedelta

from watchword.accounts.rules import Actor
from watchword.cases.selectors import LastLook
from watchword.decisions.models import Proposal
from watchword.journal.events import Event
from watchword.journal.selectors import timeline

VISIT = timedelta(minutes=30)
"""Whoever comes back sooner is still at the same reading, and what was marked stays marked."""


def last_read(proposal_uid: str, *, viewer: Actor, now: datetime) -> LastLook:
    """The reading before the present one: each is an opening, so the ledger knows it already."""
    proposal = Proposal.objects.get(pk=proposal_uid)
    mine = [
        moment
        for moment in timeline(proposal.case_id)
        if moment.event is Event.COMPARTMENT_OPEN
        and moment.actor == viewer.id
        and moment.payload.get("record") == proposal.record_id
        and now - moment.at >= VISIT
    ]
    return LastLook(viewer.id, mine[-1].at, mine[-1].number) if mine else LastLook(viewer.id)
