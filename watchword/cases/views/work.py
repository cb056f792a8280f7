# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes and tasks of a case."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.cases import selectors, services
from watchword.cases.forms import NoteForm, TaskForm
from watchword.cases.selectors import NotingPage
from watchword.cases.views.refusing import refused
from watchword.web.sentences import translated


@require(Permission.NOTE_WRITE)
def note(request: StaffRequest, code: str) -> HttpResponse:
    """Note something for those who read one compartment."""
    page = selectors.noting_page(code, viewer=request.actor)
    form = NoteForm(request.POST if request.method == "POST" else None, places=_places(page))
    status = 422 if form.errors else 200
    if form.is_valid():
        given = {"compartment": form.cleaned_data["compartment"], "text": form.cleaned_data["words"]}
        act = partial(
            services.write_note, case_uid=page.uid, actor=request.actor, now=timezone.now(), **given
        )
        if not (status := refused(form, act) or 0):
            messages.success(request, _("Noted and sealed."))
            return redirect("cases:case", code)
    return render(request, "cases/note.html", {"page": page, "form": form}, status=status)


@require(Permission.CASE_OPEN)
@require_POST
def notes(request: StaffRequest, code: str, compartment: str) -> HttpResponse:
    """Open the notes of one compartment: recorded first, then shown, only in the answer to this request."""
    now = timezone.now()
    case = selectors.find(code, viewer=request.actor)
    opened = services.open_notes(case_uid=case.uid, compartment=compartment, actor=request.actor, now=now)
    return render(request, "cases/notes.html", {"code": case.code, "opened": opened, "now": now})


@require(Permission.TASK_SET)
def task(request: StaffRequest, code: str) -> HttpResponse:
    """Set a task, for oneself or for whoever works on the case."""
    page = selectors.noting_page(code, viewer=request.actor)
    posted = request.POST if request.method == "POST" else None
    form = TaskForm(posted, places=_places(page), people=page.hands)
    status = 422 if form.errors else 200
    if form.is_valid():
        typed = form.cleaned_data
        given = {"staff_id": typed["staff"], **{name: typed[name] for name in ("kind", "due", "remind")}}
        words = {name: typed.get(name, "") for name in ("words", "compartment")}
        act = partial(services.set_task, case_uid=page.uid, actor=request.actor, now=timezone.now())
        if not (status := refused(form, partial(act, **given, **words)) or 0):
            messages.success(request, _("The task is set."))
            return redirect("cases:case", code)
    return render(request, "cases/task.html", {"page": page, "form": form}, status=status)


@require(Permission.TASK_SET)
@require_POST
def end_task(request: StaffRequest, code: str, task: str) -> HttpResponse:
    """Say that a task is done, or that it is dropped."""
    case = selectors.find(code, viewer=request.actor)
    outcome = "dropped" if "dropped" in request.POST else "done"
    services.end_task(
        case_uid=case.uid, task_uid=task, outcome=outcome, actor=request.actor, now=timezone.now()
    )
    messages.success(request, _("The task is done.") if outcome == "done" else _("The task is dropped."))
    return redirect("cases:case", code)


def _places(page: NotingPage) -> list[tuple[str, str]]:
    return [(compartment, translated(title)) for compartment, title in page.places]
