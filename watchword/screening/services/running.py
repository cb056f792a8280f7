# SPDX-License-Identifier: AGPL-3.0-or-later
"""Compares one applicant with the lists, and keeps what was found: sealed, counted and in the ledger.

What is sealed is opened before the transaction begins, because an opening has a committed entry of its own;
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
from watchword.core.refusals import Sentence, WrongState, sentence
from watchword.core.screening.record import Person
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.matching.services import link_case
from watchword.screening import rules, selectors, sheet, shelf
from watchword.screening.applicant import identity_of
from watchword.screening.models import Hit, ScreeningRun
from watchword.screening.rules import COMPARTMENT, MOST_HITS
from watchword.screening.selectors import Matter
from watchword.screening.services import reading
from watchword.screening.sheet import Sheet
from watchword.vault import services as vault

RECORD_KIND = "screening-hit"


@dataclass(frozen=True)
class Comparison:
    """What one comparison gave. ``lists``: the versions looked at; ``known``: earlier hits by their uids."""

    sheets: tuple[Sheet, ...]
    lists: shelf.Versions
    known: dict[str, Sheet]

    def earlier(self, found: Sheet) -> str | None:
        """The uid of the hit that this one was before."""
        return next((uid for uid, known in self.known.items() if known.about == found.about), None)

    def is_news(self, found: Sheet) -> bool:
        """Whether nobody can have judged this yet: a new hit, or one that says something else now."""
        earlier = self.earlier(found)
        return earlier is None or not found.says_the_same(self.known[earlier])


def screen_case(*, case_uid: str, actor: Actor, now: datetime) -> ScreeningRun:
    """Compare with everything, or with what has changed where the same answers were compared before."""
    one = selectors.matter(case_uid, viewer=actor)
    rules.check_may_screen(actor, one.standing, one.readers, one.progress.identity)
    applicant = reading.open_applicant(one, actor=actor, now=now)
    # Read before the search: a list that is swapped in meanwhile is then looked at once more, never skipped.
    lists = shelf.versions()
    (sheets,) = shelf.search([applicant], one.knows)
    run = keep(one, compared(one, sheets, lists, actor=actor, now=now), actor=actor, now=now)
    look_for_others(run, applicant, actor=actor, now=now)
    return run


def look_for_others(run: ScreeningRun, applicant: Person, *, actor: Actor, now: datetime) -> None:
    """While the names are in memory anyway; what the matcher could not do stands on the page of the case."""
    link_case(
        case_uid=run.case_id,
        person=identity_of(applicant),
        identity=run.identity_id,
        actor=actor,
        now=now,
    )


def look_again(*, case_uid: str, actor: Actor, now: datetime) -> Sentence | None:
    """Look for other applications alone, where the run could not; why not, if it cannot now either."""
    one = selectors.matter(case_uid, viewer=actor)
    applicant = reading.open_applicant(one, actor=actor, now=now)
    return link_case(
        case_uid=one.uid,
        person=identity_of(applicant),
        identity=one.progress.identity or "",
        actor=actor,
        now=now,
    )


def compared(
    one: Matter, sheets: tuple[Sheet, ...], lists: shelf.Versions, *, actor: Actor, now: datetime
) -> Comparison:
    """What was found, beside the hits that the case has already on the same lists."""
    known = reading.open_sheets(one, {found.list_id for found in sheets}, actor=actor, now=now)
    return Comparison(sheets, lists, known)


@transaction.atomic
def keep(one: Matter, found: Comparison, *, actor: Actor, now: datetime) -> ScreeningRun:
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
        number=_number(one) + 1,
        identity_id=present.progress.identity or "",
        reason="delta" if one.knows else "new",
        lists=dict(found.lists),
        table_version=shelf.table_version(),
        cut_off=len(found.sheets) == MOST_HITS,
        by_id=actor.id,
        at=now,
    )
    news = [each for each in found.sheets if found.is_news(each)]
    for each in news:
        _keep_hit(run, present, each, earlier=found.earlier(each), actor=actor, now=now)
    _record(run, news=len(news), actor=actor, now=now)
    return run


def _keep_hit(
    run: ScreeningRun, one: Matter, found: Sheet, *, earlier: str | None, actor: Actor, now: datetime
) -> None:
    """A new hit, or one whose record or whose applicant changed: it opens again, its judgements stay."""
    sealed = vault.seal_record(
        case=one.uid,
        compartment=COMPARTMENT,
        kind=RECORD_KIND,
        payload=sheet.encode(found),
        signer=actor.signer,
        now=now,
        readers=sorted(one.readers),
    )
    fresh = {
        "list_version": found.version,
        "record_id": sealed.uid,
        "last_run": run,
        "state": Judging.OPEN.value,
        "outcome": "",
        "judged_by": None,
        "seconded_by": None,
    }
    if earlier:
        Hit.objects.filter(pk=earlier).update(**fresh)
        return
    uid = random_bytes(16).hex()
    Hit.objects.create(uid=uid, case_id=one.uid, list_id=found.list_id, first_run=run, **fresh)


def _number(one: Matter) -> int:
    return one.run.number if one.run else 0


def _record(run: ScreeningRun, *, news: int, actor: Actor, now: datetime) -> None:
    """The entry says which lists in which version, and how many hits are new; never a word of whom."""
    payload: dict[str, JSON] = {
        "run": run.uid,
        "reason": run.reason,
        "lists": [f"{name}:{version}" for name, version in sorted(run.lists.items())],
        "hits": news,
    }
    record(Event.SCREENING_RUN, signer=actor.signer, case=run.case_id, payload=payload, at=now)
