# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases that are offered to somebody: what they may know of one before they accept it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import names
from watchword.cases import rules
from watchword.cases.models import Offer
from watchword.cases.rules.several import HANDED
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.waits import Waiting, Waits, first_few
from watchword.core.procedure import Stage
from watchword.core.refusals import NotFound, Sentence, sentence

OTHERS = sentence("cases that are offered to you")


@dataclass(frozen=True)
class OfferPage:
    """One offer: where the case stands and who offers it, and nothing of what is in it."""

    uid: str
    code: str
    by: str
    at: datetime
    stage: Stage
    since: datetime
    due: date | None
    tasks: int
    letters: int
    reason: Sentence | None
    why_not_accept: Sentence | None


def find_offer(offer_uid: str, *, viewer: Actor) -> Offer:
    """An open offer to this person; to everybody else, and once it was answered, there is none."""
    offers = Offer.objects.select_related("case").filter(to=viewer.id, outcome="", case__closed_at=None)
    offer = offers.filter(pk=offer_uid).first()
    if offer is None or viewer.id in offer.case.standing().ties:
        raise NotFound(sentence("There is no such offer."))
    return offer


def offer_page(offer_uid: str, *, viewer: Actor) -> OfferPage:
    """The page on which an offer is answered."""
    offer = find_offer(offer_uid, viewer=viewer)
    case = offer.case
    stage = profile_of(case).stage(case.stage)
    return OfferPage(
        uid=offer.uid,
        code=case.code,
        by=names([offer.by_id]).get(offer.by_id, ""),
        at=offer.at,
        stage=stage,
        since=case.stage_since,
        due=stage.deadline(case.stage_since.date()),
        tasks=case.tasks.filter(outcome="").count(),
        letters=case.letters.filter(direction="in", read_at=None).count(),
        reason=HANDED.get(offer.reason),
        why_not_accept=rules.why_not_accept(viewer, case.standing(), offered_by=offer.by_id),
    )


def offers_waiting_for(viewer: Actor) -> Waits:
    """The cases that others offer to this person, the longest waiting first."""
    offers = Offer.objects.filter(to=viewer.id, outcome="", case__closed_at=None).exclude(
        case__ties__staff=viewer.id
    )
    rows, more = first_few(offers.select_related("case").order_by("at", "uid"))
    staff = names(offer.by_id for offer in rows)
    return Waits(tuple(_waiting(offer, staff.get(offer.by_id, "")) for offer in rows), more, OTHERS)


def _waiting(offer: Offer, by: str) -> Waiting:
    case = offer.case
    stage = profile_of(case).stage(case.stage)
    what = sentence("%(name)s asks you to take this case over: accept or decline.", name=by)
    due = stage.deadline(case.stage_since.date())
    return Waiting(case.code, stage.title, what, offer.at, due, reverse("cases:offer", args=[offer.uid]))
