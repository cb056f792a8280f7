# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people make of a link: the first judgement, and the second person's where one is needed."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from watchword.accounts.rules import Actor
from watchword.cases.rules import minute
from watchword.cases.rules.judged import Judging, Verdict, check_judgement
from watchword.cases.services.locking import locked
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.matching import rules, selectors
from watchword.matching.judgement import Judgement
from watchword.matching.models import Link, LinkJudgement
from watchword.matching.rules import COMPARTMENT
from watchword.matching.selectors import Pair
from watchword.vault import services as vault

RECORD_KIND = "match-judgement"


@transaction.atomic
def judge(
    *, link_uid: str, verdict: Verdict, reason: str, seen: str, actor: Actor, now: datetime
) -> LinkJudgement:
    """Say whether two cases are one person's. ``seen``: the newest that the page showed.

    Same and different wait for a second person: the one joins two files, the other keeps them apart.
    """
    now = minute(now)
    link, pair = _locked_link(link_uid, actor)
    rules.check_may_judge(actor, pair.standings, pair.readers, link.facts())
    check_judgement(reason, seen=seen, present=selectors.newest(link))
    rules.check_follows(verdict, selectors.judged(besides=link).between(link.one_id, link.other_id))
    made = _keep(link, pair, verdict, reason, actor=actor, now=now)
    unsure = verdict is Verdict.UNSURE
    link.state = Judging.JUDGED if unsure else Judging.SECOND
    link.outcome = verdict if unsure else ""
    link.judged_by_id, link.seconded_by = actor.id, None
    _save(link)
    _record(Event.MATCH_JUDGE, link, made.action_hash, actor, now)
    return made


@transaction.atomic
def second(
    *, link_uid: str, verdict: Verdict, reason: str, seen: str, actor: Actor, now: datetime
) -> LinkJudgement:
    """The second person's own judgement. Where both say the same it is judged; else it opens again."""
    now = minute(now)
    link, pair = _locked_link(link_uid, actor)
    rules.check_may_second(actor, pair.standings, pair.readers, link.facts())
    first = link.judgements.order_by("-number").first()
    if first is None or first.staff_id != link.judged_by_id:
        raise WrongState(sentence("No judgement waits here for a second person."))
    check_judgement(reason, seen=seen, present=first.uid)
    rules.check_follows(verdict, selectors.judged(besides=link).between(link.one_id, link.other_id))
    made = _keep(link, pair, verdict, reason, actor=actor, now=now, confirms=first)
    if verdict == first.verdict:
        link.state, link.outcome, link.seconded_by_id = Judging.JUDGED, verdict, actor.id
    else:
        link.state, link.outcome, link.judged_by = Judging.OPEN, "", None
    _save(link)
    _record(Event.MATCH_SECOND, link, first.action_hash, actor, now)
    return made


def _locked_link(link_uid: str, actor: Actor) -> tuple[Link, Pair]:
    """Both cases in the order in which everybody locks two, then the link."""
    pair = selectors.pair(link_uid, viewer=actor)
    for uid in pair.uids:
        locked(uid)
    return Link.objects.select_for_update().get(pk=link_uid), selectors.pair(link_uid, viewer=actor)


def _keep(
    link: Link,
    pair: Pair,
    verdict: Verdict,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
    confirms: LinkJudgement | None = None,
) -> LinkJudgement:
    said = Judgement(
        link=link.uid,
        one=link.one_id,
        other=link.other_id,
        verdict=verdict,
        reason=reason.strip(),
        salt=random_bytes(16).hex(),
    )
    sealed = vault.seal_record(
        case=link.one_id,
        compartment=COMPARTMENT,
        kind=RECORD_KIND,
        payload=said.encode(),
        signer=actor.signer,
        now=now,
        readers=sorted(pair.readers),
    )
    last = link.judgements.aggregate(last=Max("number"))["last"] or 0
    return LinkJudgement.objects.create(
        uid=random_bytes(16).hex(),
        link=link,
        staff_id=actor.id,
        verdict=verdict,
        record_id=sealed.uid,
        action_hash=said.hash,
        confirms=confirms,
        number=last + 1,
        at=now,
    )


def _save(link: Link) -> None:
    link.save(update_fields=["state", "outcome", "judged_by", "seconded_by"])


def _record(event: Event, link: Link, action: str, actor: Actor, now: datetime) -> None:
    """In both cases. The second person's entry carries the hash of the first one's judgement."""
    for case in (link.one_id, link.other_id):
        public = {"action": bytes.fromhex(action)}
        record(event, signer=actor.signer, case=case, payload={"link": link.uid}, at=now, public=public)
