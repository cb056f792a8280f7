# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who works on a case, who could, who was asked to take it over, and who must keep out of it."""

from dataclasses import dataclass
from datetime import datetime

from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor, Permission
from watchword.cases import rules
from watchword.cases.models import Case
from watchword.cases.rules import Standing
from watchword.core.refusals import Sentence


@dataclass(frozen=True)
class RecusedRow:
    """Somebody who declared a tie; ``void``: how many items of their evidence count no longer."""

    name: str
    at: datetime
    void: int


@dataclass(frozen=True)
class OpenOffer:
    """To whom the case is offered; ``why_not_take_back``: why this person cannot take the offer back."""

    to: str
    at: datetime
    why_not_take_back: Sentence | None


@dataclass(frozen=True)
class People:
    """The people of one case. A ``why_not`` of None: this person may do it."""

    keeper: str
    colleagues: tuple[str, ...]
    recused: tuple[RecusedRow, ...]
    offer: OpenOffer | None
    candidates: tuple[tuple[str, str], ...]
    why_not_assign: Sentence | None
    why_not_offer: Sentence | None
    why_not_ask: Sentence | None


def people_of(case: Case, standing: Standing, *, viewer: Actor) -> People:
    """Everybody in this case, with what ``viewer`` may do about it."""
    offer = case.offers.filter(outcome="").first()
    ties = sorted(case.ties.all(), key=lambda tie: (tie.at, tie.pk))
    named = {standing.keeper or "", offer.to_id if offer else "", *standing.colleagues}
    staff = accounts.names({*named, *(tie.staff_id for tie in ties)})
    marks = [mark.staff_id for mark in case.marks.all()]
    open_offer = None
    if offer:
        why_not = rules.why_not_take_back(viewer, standing)
        open_offer = OpenOffer(staff.get(offer.to_id, ""), offer.at, why_not)
    return People(
        keeper=staff.get(standing.keeper or "", ""),
        colleagues=tuple(sorted(staff[one] for one in standing.colleagues if one in staff)),
        recused=tuple(
            RecusedRow(staff.get(tie.staff_id, ""), tie.at, marks.count(tie.staff_id)) for tie in ties
        ),
        offer=open_offer,
        candidates=tuple(_candidates(standing, viewer)),
        why_not_assign=rules.why_not_assign(viewer, standing),
        why_not_offer=rules.why_not_offer(viewer, standing, offered=offer is not None),
        why_not_ask=rules.why_not_ask(viewer, standing),
    )


def _candidates(standing: Standing, viewer: Actor) -> list[tuple[str, str]]:
    """Who could keep the case or help with it, for whoever may choose: vetting without a tie, self first."""
    if not viewer.has(Permission.CASE_ASSIGN) or standing.closed:
        return []
    staff = accounts.holders(rules.KEEPING_ROLE).values_list("pk", "name")
    others = [(pk, name) for pk, name in staff if pk not in standing.ties and pk != standing.keeper]
    return sorted(others, key=lambda one: (one[0] != viewer.id, one[1]))
