# SPDX-License-Identifier: AGPL-3.0-or-later
"""Both records of a hit beside each other, for the one person to whom custodians released the names for it.

Nothing of it is stored: the applicant comes out of the shares, the listed person off the shelf by the tag.
"""

from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.core.refusals import WrongState, sentence
from watchword.core.screening.record import Person
from watchword.custody import blind
from watchword.screening import rules, selectors, shelf
from watchword.screening.comparison import Comparison, compared
from watchword.screening.models import Hit
from watchword.screening.selectors import HitRow, Matter
from watchword.screening.services.unlocking import Known, known

NOT_RELEASED = sentence("Custodians have released no name of this case to you: ask them first.")
_WRITTEN_ANEW = sentence(
    "The applicant has written anew since this was found, so the two records cannot be laid side by side."
    " Ask for another comparison."
)
_GONE = sentence(
    "Whoever this was is not on the list any more, so the two records cannot be laid side by side."
)


@dataclass(frozen=True)
class OpenedSides:
    """Two records; lives as long as one answer. ``changed``: the list has, since this was found."""

    row: HitRow
    comparison: Comparison
    changed: bool


def open_sides(hit_uid: str, *, actor: Actor, now: datetime) -> OpenedSides:
    """Open the names that were released to this person, recorded first, and find the listed record again."""
    row, one = selectors.hit_row(hit_uid, viewer=actor, now=now)
    hit = Hit.objects.select_related("last_run").get(pk=hit_uid)
    applicant = released(one, actor=actor, now=now)
    if applicant.identity != hit.last_run.identity_id:
        raise WrongState(_WRITTEN_ANEW)
    found = shelf.tagged(hit.list_id, lambda key: applicant.tags.whom(hit.list_id, key) == hit.tag)
    if found is None:
        raise WrongState(_GONE)
    listed, version = found
    return OpenedSides(
        row, beside(applicant.person, listed, row.list_id, version), version != row.list_version
    )


def released(one: Matter, *, actor: Actor, now: datetime) -> Known:
    """Who the applicant says to be, as far as custodians released it to this person."""
    rules.check_may_look(actor, one.standing, one.readers)
    bodies = blind.released_to(one.uid, rules.TO_TELL_APART, actor=actor, now=now)
    if bodies is None:
        raise WrongState(NOT_RELEASED)
    return known(one, bodies)


def beside(left: Person, right: Person, list_id: str = "", version: int = 0) -> Comparison:
    """What our comparison says of each of their words."""
    # Numbers and kernels load in seconds; the Desk starts without them.
    from watchword.core.screening import compare

    return compared(left, right, compare.explain(left, right), list_id=list_id, version=version)
