# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tasks in a case: set for oneself or for whoever works on it, and ended once."""

from datetime import date, datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.models import Task
from watchword.cases.services.locking import locked
from watchword.cases.services.noting import keep_note
from watchword.core.refusals import NotFound, WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.services import record

OUTCOMES = frozenset({"done", "dropped"})


@transaction.atomic
def set_task(
    *,
    case_uid: str,
    kind: str,
    staff_id: str,
    due: date,
    remind: date | None = None,
    compartment: str = "",
    words: str = "",
    actor: Actor,
    now: datetime,
) -> Task:
    """Set a task; ``words`` become a note in ``compartment``. Without ``remind`` it shows on its last day."""
    now = rules.minute(now)
    case = locked(case_uid)
    standing = case.standing()
    rules.check_may_know(actor, standing)
    reminded = remind or due
    rules.check_task(actor, standing, staff_id=staff_id, remind=reminded, due=due, today=now.date())
    if kind not in rules.TASKS:
        raise WrongState(sentence("Choose what is to be done."))
    note = None
    if words.strip():
        note = keep_note(case, compartment=compartment, text=words, actor=actor, now=now)
    task = Task.objects.create(
        uid=random_bytes(16).hex(),
        case=case,
        kind=kind,
        note=note,
        given_to_id=staff_id,
        by_id=actor.id,
        at=now,
        remind=reminded,
        due=due,
    )
    payload = {"task": task.uid, "kind": kind, "staff": staff_id, "due": due.isoformat()}
    record(Event.TASK_SET, signer=actor.signer, case=case.uid, payload=payload, at=now)
    return task


@transaction.atomic
def end_task(*, case_uid: str, task_uid: str, outcome: str, actor: Actor, now: datetime) -> None:
    """Say that a task is done, or that it is dropped."""
    now = rules.minute(now)
    case = locked(case_uid)
    rules.check_may_know(actor, case.standing())
    task = case.tasks.filter(pk=task_uid).first()
    if task is None or outcome not in OUTCOMES:
        raise NotFound(sentence("There is no such task."))
    people = {task.given_to_id, task.by_id}
    rules.check_may_end_task(actor, case.standing(), people=people, ended=bool(task.outcome))
    task.outcome, task.ended_by_id, task.ended_at = outcome, actor.id, now
    task.save(update_fields=["outcome", "ended_by", "ended_at"])
    payload = {"task": task.uid, "kind": task.kind, "outcome": outcome}
    record(Event.TASK_END, signer=actor.signer, case=case.uid, payload=payload, at=now)
