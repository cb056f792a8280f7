# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads of what is proposed about roles: what waits for another administrator, and why not for the viewer."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from watchword.accounts.models import RoleProposal
from watchword.accounts.rules import (
    ADMINISTRATOR,
    Actor,
    Change,
    Permission,
    RoleChange,
    State,
    check_may_confirm,
    check_may_drop,
)
from watchword.accounts.selectors import holders, roles_of
from watchword.core.refusals import NotFound, Sentence, sentence, why_not


def open_proposals() -> QuerySet[RoleProposal]:
    """What waits for another administrator, the longest waiting first."""
    waiting = RoleProposal.objects.filter(state=State.OPEN).select_related("staff", "proposed_by")
    return waiting.order_by("proposed", "uid")


def facts(proposal: RoleProposal) -> RoleChange:
    """What the law asks about a proposal, as matters stand now."""
    return RoleChange(
        Change(proposal.change),
        proposal.staff_id,
        proposal.role,
        roles_of(proposal.staff_id),
        proposal.proposed_by_id,
        ADMINISTRATOR in roles_of(proposal.proposed_by_id),
        State(proposal.state),
        proposal.staff.is_service,
        holders(proposal.role).exclude(pk=proposal.staff_id).count(),
    )


def public_facts(staff_id: str, role: str, until: datetime | None) -> dict[str, str | int]:
    """What the ledger says in public about a role that is proposed or given."""
    ending = {} if until is None else {"until": int(until.timestamp()) // 60}
    return {"staff": staff_id, "role": role, **ending}


def to_confirm(uid: str, *, viewer: Actor) -> RoleProposal:
    """A proposal that this viewer may confirm now; refused, and said why, otherwise."""
    proposal = RoleProposal.objects.filter(pk=uid).select_related("staff", "proposed_by").first()
    if proposal is None:
        raise NotFound(sentence("There is no such proposal."))
    check_may_confirm(viewer, facts(proposal))
    return proposal


@dataclass(frozen=True)
class Waiting:
    """A change of a role that waits for another administrator, and why that may not be the viewer."""

    proposal: RoleProposal
    why_no_confirm: Sentence | None
    why_no_drop: Sentence | None

    @property
    def at_once(self) -> bool:
        """It happened already, and somebody has to look at it."""
        return self.proposal.change == Change.REVOKED

    @property
    def takes_away(self) -> bool:
        """It is a withdrawal, done or asked for."""
        return self.proposal.change != Change.GRANT


def proposals_for(viewer: Actor, staff_id: str | None = None) -> list[Waiting]:
    """What waits, of everybody or of one person; what was taken away at once comes first."""
    rows = open_proposals() if staff_id is None else open_proposals().filter(staff=staff_id)
    waiting = [
        Waiting(
            row,
            why_not(check_may_confirm)(viewer, facts(row)),
            why_not(check_may_drop)(viewer, facts(row)),
        )
        for row in (rows if viewer.has(Permission.STAFF_LIST) else ())
    ]
    return sorted(waiting, key=lambda one: not one.at_once)


def pressing(viewer: Actor) -> list[Waiting]:
    """What this administrator can settle now; what was taken away at once, whoever may look at it."""
    return [one for one in proposals_for(viewer) if one.at_once or one.why_no_confirm is None]


def settled_proposals(staff_id: str) -> QuerySet[RoleProposal]:
    """What was settled about one person's roles, the newest first."""
    rows = RoleProposal.objects.filter(staff_id=staff_id).exclude(state=State.OPEN)
    return rows.select_related("proposed_by", "settled_by").order_by("-settled", "-proposed", "uid")
