# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is to be done in a case by whom and by when; and what of it one person is reminded of now."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import names
from watchword.cases import rules
from watchword.cases.models import Case, Task
from watchword.cases.rules import TASKS, Standing
from watchword.cases.selectors.choosing import SOON, Choice
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.turns import TASK
from watchword.cases.selectors.visibility import known_among
from watchword.cases.selectors.waiting import list_of
from watchword.cases.selectors.waits import Waiting, Waits, first_few
from watchword.core.refusals import Sentence, sentence

OTHERS = sentence("tasks of yours")


@dataclass(frozen=True)
class TaskRow:
    """One task that is open; ``noted``: the compartment whose notes say more, empty for none."""

    uid: str
    what: Sentence
    given_to: str
    by: str
    at: datetime
    due: date
    noted: str
    why_not_end: Sentence | None


def tasks_of(case: Case, standing: Standing, *, viewer: Actor) -> list[TaskRow]:
    """The open tasks of a case, those due first before the others."""
    tasks = list(case.tasks.filter(outcome="").select_related("note__record").order_by("due", "at", "uid"))
    staff = names({one for task in tasks for one in (task.given_to_id, task.by_id)})
    return [_row(task, standing, staff, viewer) for task in tasks]


@dataclass(frozen=True)
class Tasks:
    """The tasks of which one person is reminded: those that are due within two days, and the others."""

    soon: Waits
    later: Waits


def waiting_for(actor: Actor, *, now: datetime) -> Tasks:
    """The tasks of which this person is reminded by now, those due first before the others.

    Only in cases that they may still know of: in a case that has gone on to others it is no longer theirs.
    """
    mine = Task.objects.filter(given_to=actor.id, outcome="", remind__lte=now.date())
    known = known_among(mine.filter(case__closed_at=None).values_list("case", flat=True), viewer=actor)
    rows = mine.filter(case__in=known).select_related("case").order_by("due", "at", "uid")
    soon = (now + SOON).date()
    return Tasks(_first(rows.filter(due__lte=soon)), _first(rows.filter(due__gt=soon)))


def _first(tasks: QuerySet[Task]) -> Waits:
    rows, more = first_few(tasks)
    return Waits(tuple(_waiting(task) for task in rows), more, OTHERS, list_of(Choice(turn=TASK)))


def task_hands(standing: Standing, *, viewer: Actor) -> list[tuple[str, str]]:
    """Who can be given a task here: oneself first, then those in whose hands the case is."""
    others = {standing.keeper or "", *standing.colleagues} - {"", viewer.id}
    return [(viewer.id, viewer.name), *sorted(names(others).items(), key=lambda one: one[1])]


def _row(task: Task, standing: Standing, staff: dict[str, str], viewer: Actor) -> TaskRow:
    return TaskRow(
        uid=task.uid,
        what=TASKS[task.kind],
        given_to=staff.get(task.given_to_id, ""),
        by=staff.get(task.by_id, ""),
        at=task.at,
        due=task.due,
        noted=task.note.record.compartment if task.note else "",
        why_not_end=rules.why_not_end_task(
            viewer, standing, people={task.given_to_id, task.by_id}, ended=False
        ),
    )


def _waiting(task: Task) -> Waiting:
    case = task.case
    return Waiting(
        code=case.code,
        stage=profile_of(case).stage(case.stage).title,
        what=sentence("Task: %(task)s.", task=TASKS[task.kind]),
        since=task.at,
        due=task.due,
        url=reverse("cases:case", args=[case.code]) + "#tasks",
    )
