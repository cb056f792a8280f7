# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking custodians for a run, starting it, and going on with it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from watchword.accounts import confirming
from watchword.accounts.confirming import Deed
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.custody import selectors as custody_pages
from watchword.custody import services as custody
from watchword.custody.services import BatchDraft
from watchword.journal.events import Event
from watchword.screening import selectors, services
from watchword.screening.forms import RunDraftForm, RunForm
from watchword.screening.services import Ran
from watchword.web.templatetags.words import say


@require(Permission.SCREENING_RUN)
def ask(request: StaffRequest, code: str = "") -> HttpResponse:
    """Until when custodians are asked to let the cases that wait, or this one, be compared."""
    now = timezone.now()
    panel = selectors.panel(viewer=request.actor, now=now)
    if code:
        selectors.for_run(code, viewer=request.actor)
    form = RunForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {"panel": panel, "code": code, "form": form}
        return render(request, "screening/ask_run.html", context, status=422 if form.errors else 200)
    draft = services.drawn_up(code=code, until=form.until(now), actor=request.actor, now=now)
    asked = confirming.asked(request, _deed(request, draft), now)
    carried = RunDraftForm(initial={"draft": custody.batch_carried(draft)}, asked=asked)
    return _to_confirm(request, draft, carried)


@require(Permission.SCREENING_RUN)
@require_POST
def confirm(request: StaffRequest) -> HttpResponse:
    """Put it before the custodians."""
    now = timezone.now()
    draft = custody.carried_batch(request.POST.get("draft", ""))
    # Whoever clicked twice is told what the first click did.
    if not custody_pages.was_asked(draft.recipient, viewer=request.actor):
        deed = _deed(request, draft)
        form = RunDraftForm(request.POST, asked=confirming.asked(request, deed, now))
        actor = confirming.confirmed(request, form, deed, now)
        if actor is None:
            return _to_confirm(request, draft, form)
        custody.ask_batch(draft=draft, actor=actor, now=now)
    messages.success(request, _("The custodians have it now. Each of them decides alone."))
    return redirect("screening:queue")


@require(Permission.SCREENING_RUN)
@require_POST
def start(request: StaffRequest) -> HttpResponse:
    """Compare the next cases that were released; the page shows how far it is, and goes on from there."""
    ran = services.run_on(actor=request.actor, now=timezone.now())
    messages.success(request, _said(ran))
    if ran.stayed:
        text = ngettext(
            "%(count)d case could not be compared and stays; the reason is below.",
            "%(count)d cases could not be compared and stay; the reasons are below.",
            ran.stayed,
        )
        messages.warning(request, text % {"count": ran.stayed})
    if ran.unlinked:
        messages.warning(request, say(ran.unlinked))
    return redirect("screening:queue")


@require(Permission.SCREENING_RUN)
@require_POST
def end(request: StaffRequest, batch: str) -> HttpResponse:
    """Needed no more: what custodians gave for it is destroyed."""
    custody.end_batch(batch_uid=batch, actor=request.actor, now=timezone.now())
    messages.success(request, _("Ended. What custodians gave for it is destroyed."))
    return redirect("screening:queue")


@require(Permission.SCREENING_RUN)
@require_POST
def answers(request: StaffRequest, batch: str) -> HttpResponse:
    """What became of a run that one asked for, and why custodians refused it; shown only in this answer."""
    found = custody.read_own_batch(batch_uid=batch, actor=request.actor, now=timezone.now())
    context = {"read": found, "row": found.row, "done": len(selectors.compared_in(batch))}
    return render(request, "screening/answers.html", context)


def _deed(request: StaffRequest, draft: BatchDraft) -> Deed:
    asked = custody.batch_request_of(draft, request.actor, timezone.now())
    return Deed(Event.IDENTITY_BATCH, None, asked.public)


def _to_confirm(request: StaffRequest, draft: BatchDraft, form: RunDraftForm) -> HttpResponse:
    context = {"draft": draft, "left_out": sorted(set(draft.left_out.values()), key=str), "form": form}
    return render(request, "screening/confirm_run.html", context, status=422 if form.errors else 200)


def _said(ran: Ran) -> str:
    text = ngettext("%(count)d case compared.", "%(count)d cases compared.", ran.done) % {"count": ran.done}
    if ran.left:
        return text
    return text + " " + _("The run is over, and what custodians gave for it is destroyed.")
