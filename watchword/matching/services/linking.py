# SPDX-License-Identifier: AGPL-3.0-or-later
"""Gives the matcher the keys of a case, asks which others share one, and keeps which and in what kinds."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from watchword.accounts.rules import Actor
from watchword.cases import selectors as cases
from watchword.cases.rules import minute
from watchword.cases.rules.judged import Judging
from watchword.core import names
from watchword.core.linkage import Identity, Likeness, NameReader, likeness, match_keys
from watchword.core.refusals import Refused, Sentence, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.matcher.client import Sharing
from watchword.matching.models import Asking, Link
from watchword.matching.rules import IN_COMMON, MOST_LINKS
from watchword.matching.selectors.process import client

_RANK = {Likeness.LIKELY: 0, Likeness.POSSIBLE: 1, Likeness.NONE: 2}


def link_case(
    *, case_uid: str, person: Identity, identity: str, actor: Actor, now: datetime
) -> Sentence | None:
    """Look for other applications of this person; why it was not possible, if it was not.

    ``identity`` is the record in which the answers lie. Screening goes on without the matcher: what could not
    be looked for is looked for the next time, and the page says so. The entry is in the ledger before the
    matcher is asked.
    """
    matcher = client()
    if matcher is None:
        return sentence("No matcher is set up, so nobody looks for earlier applications.")
    with transaction.atomic():
        record(Event.MATCH_ASK, signer=actor.signer, case=case_uid, payload={}, at=minute(now))
    try:
        forget_erased()
        matcher.put(case_uid, match_keys(person, NameReader(names.lexicon())))
        found = matcher.ask(case_uid)
    except Refused as refused:
        return refused.reason
    _keep(case_uid, found, identity, actor=actor, now=minute(now))
    return None


def forget_erased() -> int:
    """Have the matcher forget every case whose answers were erased here; how many it has forgotten.

    While it is locked it forgets nothing: it is told again until it has.
    """
    matcher, done = client(), 0
    if matcher is None:
        return done
    with suppress(Refused):
        for asking in Asking.objects.filter(identity__header=b""):
            matcher.forget(asking.case_id)
            Link.objects.filter(Q(one=asking.case_id) | Q(other=asking.case_id)).delete()
            asking.delete()
            done += 1
    return done


@transaction.atomic
def _keep(case_uid: str, found: Sequence[Sharing], identity: str, *, actor: Actor, now: datetime) -> None:
    """What people have judged stays; what nobody has judged and is not found any more goes."""
    seen = [(likeness(one.shared, one.unshared), one) for one in found]
    worth = [(like, one) for like, one in seen if like is not Likeness.NONE or one.shared & IN_COMMON]
    known = cases.known_uids(one.case for _, one in worth)
    kept = sorted((_RANK[like], one.case, one) for like, one in worth if one.case in known)[:MOST_LINKS]
    likes = {one.case: like for like, one in worth}
    touched = [_put(case_uid, one, likes[one.case], now) for _, _, one in kept]
    mine = Link.objects.filter(Q(one=case_uid) | Q(other=case_uid), state=Judging.OPEN)
    mine.exclude(pk__in=touched).delete()
    Asking.objects.update_or_create(
        case_id=case_uid, defaults={"identity_id": identity, "by_id": actor.id, "at": now}
    )


def _put(case_uid: str, sharing: Sharing, like: Likeness, now: datetime) -> str:
    one, other = sorted((case_uid, sharing.case))
    found = {"shared": sorted(sharing.shared), "unshared": sorted(sharing.unshared), "likeness": like.value}
    first = {"uid": random_bytes(16).hex(), "found": now}
    link, _ = Link.objects.update_or_create(
        one_id=one, other_id=other, defaults=found, create_defaults=found | first
    )
    return link.uid
