# SPDX-License-Identifier: AGPL-3.0-or-later
"""A custodian of a trusted seat asks the others for some cases, and has them split anew piece by piece."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from watchword.accounts import confirming
from watchword.accounts.confirming import Deed
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.custody import selectors, services, splitting
from watchword.custody.forms_splitting import AnewDraftForm, AnewForm
from watchword.custody.services import BatchDraft
from watchword.custody.splitting import Ran
from watchword.journal.events import Event


@require(Permission.RESPLIT_RUN)
@require_GET
def anew(request: StaffRequest) -> HttpResponse:
    """How far it is, and what comes next."""
    return _page(request, AnewForm())


@require(Permission.RESPLIT_RUN)
@require_POST
def ask(request: StaffRequest) -> HttpResponse:
    """The next cases, shown once more before the others are asked."""
    now = timezone.now()
    form = AnewForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    draft = services.draw_up_resplit(until=form.until(now), actor=request.actor, now=now)
    asked = confirming.asked(request, _deed(request, draft), now)
    carried = AnewDraftForm(initial={"draft": services.batch_carried(draft)}, asked=asked)
    return _to_confirm(request, draft, carried)


@require(Permission.RESPLIT_RUN)
@require_POST
def confirm(request: StaffRequest) -> HttpResponse:
    """Put it before the custodians."""
    now = timezone.now()
    draft = services.carried_batch(request.POST.get("draft", ""))
    # Whoever clicked twice is told what the first click did.
    if not selectors.was_asked(draft.recipient, viewer=request.actor):
        deed = _deed(request, draft)
        form = AnewDraftForm(request.POST, asked=confirming.asked(request, deed, now))
        actor = confirming.confirmed(request, form, deed, now)
        if actor is None:
            return _to_confirm(request, draft, form)
        services.ask_batch(draft=draft, actor=actor, now=now)
    messages.success(request, _("The custodians have it now. Give your own share as well: it counts."))
    return redirect("custody:anew")


@require(Permission.RESPLIT_RUN)
@require_POST
def run(request: StaffRequest) -> HttpResponse:
    """Split anew the next cases; the page shows how far it is, and goes on from there."""
    ran = splitting.run_on(actor=request.actor, now=timezone.now())
    messages.success(request, _said(ran))
    if ran.stayed:
        text = ngettext(
            "%(count)d case could not be split as a whole; the reason is below.",
            "%(count)d cases could not be split as a whole; the reasons are below.",
            ran.stayed,
        )
        messages.warning(request, text % {"count": ran.stayed})
    return redirect("custody:anew")


@require(Permission.RESPLIT_RUN)
@require_POST
def end(request: StaffRequest, batch: str) -> HttpResponse:
    """Stop: what was given is destroyed; what is split anew stays so, and the rest is asked for again."""
    services.end_batch(batch_uid=batch, actor=request.actor, now=timezone.now())
    messages.success(request, _("Ended. What custodians gave for it is destroyed."))
    return redirect("custody:anew")


def _deed(request: StaffRequest, draft: BatchDraft) -> Deed:
    asked = services.batch_request_of(draft, request.actor, timezone.now())
    return Deed(Event.IDENTITY_BATCH, None, asked.public)


def _page(request: StaffRequest, form: AnewForm) -> HttpResponse:
    page = selectors.anew_page(viewer=request.actor, now=timezone.now())
    context = {"page": page, "form": form}
    return render(request, "custody/anew.html", context, status=422 if form.errors else 200)


def _to_confirm(request: StaffRequest, draft: BatchDraft, form: AnewDraftForm) -> HttpResponse:
    context = {"draft": draft, "form": form}
    return render(request, "custody/confirm_anew.html", context, status=422 if form.errors else 200)


def _said(ran: Ran) -> str:
    text = ngettext("%(count)d case split anew.", "%(count)d cases split anew.", ran.done)
    said = text % {"count": ran.done}
    if ran.left:
        return said
    return said + " " + _("What custodians gave for it is destroyed.")
