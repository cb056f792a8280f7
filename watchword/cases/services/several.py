# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does the same to several cases that somebody chose and looked at: each by its own service, each once.

What is arranged is no act in any case. What is done to a case and that it was done are one transaction, so a
crash loses nothing of it and repeats nothing.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.models import Batch, BatchCase, Case
from watchword.cases.rules import several as law
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.seen import seen_of
from watchword.cases.selectors.several import find_batch, hand_of, kept, letters_for, why_not_now
from watchword.cases.selectors.visibility import find, visible_cases
from watchword.cases.services.handing import offer_case
from watchword.cases.services.letters import send_letter
from watchword.cases.services.locking import locked
from watchword.cases.services.tasks import set_task
from watchword.core.refusals import NotFound, Refused, WrongState, sentence
from watchword.core.sealing.primitives import random_bytes

KEPT_DAYS = 30
"""For how long somebody can look at what became of what they chose."""


@transaction.atomic
def choose_several(codes: Collection[str], *, act: str, actor: Actor, now: datetime) -> Batch:
    """Begin with those of the cases that this person knows of; the others are no cases."""
    cases = visible_cases(actor).filter(code__in=list(codes)[: law.MOST + 1])
    known = {case.code: case for case in cases}
    law.check_may_begin(actor, act, len(known))
    mine = Batch.objects.filter(by=actor.id)
    mine.filter(arranged=False, at__lt=now - timedelta(days=1)).delete()
    mine.filter(at__lt=now - timedelta(days=KEPT_DAYS)).delete()
    batch = Batch.objects.create(uid=random_bytes(16).hex(), by_id=actor.id, act=act, at=rules.minute(now))
    in_order = [known[code] for code in dict.fromkeys(codes) if code in known]
    BatchCase.objects.bulk_create(BatchCase(batch=batch, case=case) for case in in_order)
    return batch


@transaction.atomic
def arrange_hand_over(*, batch_uid: str, staff_id: str, actor: Actor) -> None:
    """To whom the cases are offered."""
    batch = _to_arrange(batch_uid, law.HAND, actor)
    if rules.KEEPING_ROLE not in accounts.roles_of(staff_id):
        raise WrongState(sentence("Only somebody of vetting can keep a case."))
    batch.given_to_id = staff_id
    _arranged(batch)


@transaction.atomic
def arrange_letter(*, batch_uid: str, letter: str, actor: Actor) -> None:
    """Which ready letter is sent, as ``template/text``."""
    batch = _to_arrange(batch_uid, law.LETTER, actor)
    if letter not in dict(letters_for(batch_uid, viewer=actor)):
        raise WrongState(sentence("Choose a letter."))
    batch.letter, _, batch.ready = letter.partition("/")
    _arranged(batch)


@transaction.atomic
def arrange_task(
    *, batch_uid: str, kind: str, mine: bool, due: date, remind: date | None, actor: Actor
) -> None:
    """Which task, by when, and whether it is one's own or each keeper's. No page asks case by case."""
    batch = _to_arrange(batch_uid, law.TASK, actor)
    if kind not in rules.TASKS:
        raise WrongState(sentence("Choose what is to be done."))
    batch.task, batch.due, batch.remind = kind, due, remind
    batch.given_to_id = actor.id if mine else None
    _arranged(batch)
    batch.cases.update(agreed=True)


@transaction.atomic
def answer_of_case(
    *, batch_uid: str, code: str, agreed: bool | None, reason: str = "", seen: str = "", actor: Actor
) -> None:
    """Yes or no to one case, with what was seen of it; None takes the answer back."""
    batch = find_batch(batch_uid, viewer=actor)
    line = batch.cases.select_for_update(of=("self",)).filter(case__code=code, outcome="").first()
    if line is None or not batch.arranged:
        raise NotFound(sentence("There is no such case."))
    if agreed:
        law.check_reason(batch.act, reason)
        law.check_unchanged(seen, seen_of(find(code, viewer=actor)))
    line.agreed, line.reason, line.seen = agreed, reason if agreed else "", seen if agreed else ""
    line.save(update_fields=["agreed", "reason", "seen"])


def carry_out(*, batch_uid: str, actor: Actor, now: datetime) -> None:
    """Do it to each case that is agreed to and waits, one transaction after the other."""
    batch = find_batch(batch_uid, viewer=actor)
    for line in list(batch.cases.filter(agreed=True, outcome="").order_by("pk")):
        _carry_out(batch, line.pk, actor, now)


@transaction.atomic
def drop_batch(*, batch_uid: str, actor: Actor) -> None:
    """Leave the rest as it is. What was done stays done, and in the ledger."""
    find_batch(batch_uid, viewer=actor).delete()


def _to_arrange(batch_uid: str, act: str, actor: Actor) -> Batch:
    batch = find_batch(batch_uid, viewer=actor)
    if batch.act != act or batch.arranged:
        raise WrongState(sentence("This was said already. Choose the cases anew to do something else."))
    return batch


def _arranged(batch: Batch) -> None:
    batch.arranged = True
    batch.save()


@transaction.atomic
def _carry_out(batch: Batch, line_pk: int, actor: Actor, now: datetime) -> None:
    """The line is locked first: sent twice, or from two windows, it is done once."""
    line = BatchCase.objects.select_for_update().filter(pk=line_pk, agreed=True, outcome="").first()
    if line is None:
        return
    try:
        with transaction.atomic():
            _act(batch, line, actor, now)
        line.outcome = "done"
    except Refused as refused:
        line.outcome, line.why = "refused", kept(refused)
    line.save(update_fields=["outcome", "why"])


def _act(batch: Batch, line: BatchCase, actor: Actor, now: datetime) -> None:
    case = locked(line.case_id)
    known = visible_cases(actor).filter(pk=case.pk).first()
    if reason := why_not_now(batch, known, actor, timezone.localdate(now), _is_offered(case)):
        raise WrongState(reason)
    if batch.act == law.HAND:
        to = batch.given_to_id or ""
        offer_case(case_uid=case.uid, staff_id=to, actor=actor, now=now, reason=line.reason)
    elif batch.act == law.LETTER:
        law.check_unchanged(line.seen, seen_of(case))
        _send(batch, case, actor, now)
    else:
        _set_task(batch, case, actor, now)


def _is_offered(case: Case) -> bool:
    return case.offers.filter(outcome="").exists()


def _send(batch: Batch, case: Case, actor: Actor, now: datetime) -> None:
    template = profile_of(case).letter(batch.letter)
    filled = {}
    if batch.ready:
        (gap,) = template.gaps
        filled = {gap: template.ready_text(batch.ready).words.in_language(case.language)}
    send_letter(case_uid=case.uid, template=template.id, filled=filled, actor=actor, now=now)


def _set_task(batch: Batch, case: Case, actor: Actor, now: datetime) -> None:
    set_task(
        case_uid=case.uid,
        kind=batch.task,
        staff_id=hand_of(batch, case),
        due=batch.due or now.date(),
        remind=batch.remind,
        actor=actor,
        now=now,
    )
