# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeps what a comparison found: sealed, counted and in the ledger, and not a word of whom it is about.

The names were opened before the transaction begins, because an opening has a committed entry of its own;
that nobody else compared the case in between is checked again inside, with the case locked.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases.rules import minute
from watchword.cases.rules.judged import Judging
from watchword.cases.services.locking import locked
from watchword.core.ledger.canonical import JSON
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.screening import rules, selectors, sheet, shelf
from watchword.screening.comparison import Comparison
from watchword.screening.models import Hit, ScreeningRun, Stayed
from watchword.screening.rules import COMPARTMENT, MOST_HITS
from watchword.screening.selectors import Matter
from watchword.screening.tags import Tags
from watchword.vault import services as vault

RECORD_KIND = "screening-hit"


@dataclass(frozen=True)
class Found:
    """What one comparison gave. ``batch``: with which custodians let it be made; ``lists``: which versions.

    ``tags``: how hits are recognised.
    """

    batch: str
    comparisons: tuple[Comparison, ...]
    lists: shelf.Versions
    tags: Tags


@transaction.atomic
def keep(one: Matter, found: Found, *, actor: Actor, now: datetime) -> ScreeningRun:
    """Record a comparison that was made of ``one``. WrongState when the case is no longer as it was then."""
    now = minute(now)
    locked(one.uid)
    present = selectors.matter(one.uid, viewer=actor)
    rules.check_may_screen(actor, present.standing, present.readers, present.progress.identity)
    if _number(present) != _number(one) or present.progress.identity != one.progress.identity:
        raise WrongState(
            sentence("Somebody compared this case, or the applicant wrote again, in this minute. Look again.")
        )
    run = ScreeningRun.objects.create(
        uid=random_bytes(16).hex(),
        case_id=one.uid,
        batch=found.batch,
        number=_number(one) + 1,
        identity_id=present.progress.identity or "",
        reason="delta" if one.knows else "new",
        lists=dict(found.lists),
        table_version=shelf.table_version(),
        cut_off=len(found.comparisons) == MOST_HITS,
        by_id=actor.id,
        at=now,
    )
    news = sum(_keep_hit(run, present, each, found.tags, actor=actor, now=now) for each in found.comparisons)
    Stayed.objects.filter(case=one.uid).delete()
    _record(run, news=news, actor=actor, now=now)
    return run


def _keep_hit(
    run: ScreeningRun, one: Matter, each: Comparison, tags: Tags, *, actor: Actor, now: datetime
) -> bool:
    """Whether this is news: a new hit, or one whose words changed; that opens again, its judgements stay."""
    tag = tags.whom(each.list_id, each.listed.key)
    words = tags.words(each.applicant, each.listed)
    known = Hit.objects.filter(case=one.uid, list_id=each.list_id, tag=tag).first()
    if known and known.words == words:
        return False
    sealed = vault.seal_record(
        case=one.uid,
        compartment=COMPARTMENT,
        kind=RECORD_KIND,
        payload=sheet.encode(each.sheet(tag)),
        signer=actor.signer,
        now=now,
        readers=sorted(one.readers),
    )
    fresh = {
        "list_version": each.version,
        "record_id": sealed.uid,
        "last_run": run,
        "words": words,
        "state": Judging.OPEN.value,
        "outcome": "",
        "judged_by": None,
        "seconded_by": None,
    }
    if known:
        Hit.objects.filter(pk=known.pk).update(**fresh)
    else:
        uid = random_bytes(16).hex()
        Hit.objects.create(uid=uid, case_id=one.uid, list_id=each.list_id, tag=tag, first_run=run, **fresh)
    return True


def _number(one: Matter) -> int:
    return one.run.number if one.run else 0


def _record(run: ScreeningRun, *, news: int, actor: Actor, now: datetime) -> None:
    """The entry says which lists in which version, and how many hits are new; never a word of whom."""
    payload: dict[str, JSON] = {
        "run": run.uid,
        "batch": run.batch,
        "reason": run.reason,
        "lists": [f"{name}:{version}" for name, version in sorted(run.lists.items())],
        "hits": news,
    }
    record(Event.SCREENING_RUN, signer=actor.signer, case=run.case_id, payload=payload, at=now)
