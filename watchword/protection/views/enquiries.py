# SPDX-License-Identifier: AGPL-3.0-or-later
"""Enquiries: written down and answered at once; looked up by two custodians; heard of by the keeper."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from watchword.accounts import confirming
from watchword.accounts.confirming import Deed
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.journal.events import Event
from watchword.protection import selectors, services
from watchword.protection.forms import LookForm, TakeForm
from watchword.protection.wordlist import answers


@require(Permission.ENQUIRY_TAKE)
def take(request: StaffRequest) -> HttpResponse:
    """Somebody asks; what is answered stands on the page before anything is written down."""
    form = TakeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "answers": answers()}
        return render(request, "protection/take.html", context, status=422 if form.errors else 200)
    typed = form.cleaned_data
    taken = services.take(
        way=typed["way"],
        asker=typed["asker"],
        question=form.question,
        actor=request.actor,
        now=timezone.now(),
    )
    return redirect("protection:answer", taken.uid)


@require(Permission.ENQUIRY_TAKE)
@require_GET
def answer(request: StaffRequest, enquiry: str) -> HttpResponse:
    """The number, and the words to answer with: the same for everybody."""
    row = selectors.own_enquiry(enquiry, viewer=request.actor)
    ready = answers()["spoken" if row.spoken else "written"]
    return render(request, "protection/answer.html", {"row": row, "ready": ready})


@require(Permission.ENQUIRY_LOOK)
@require_GET
def enquiries(request: StaffRequest) -> HttpResponse:
    """What was asked lately, in codes."""
    return render(request, "protection/enquiries.html", {"rows": selectors.enquiries(viewer=request.actor)})


@require(Permission.ENQUIRY_LOOK)
@require_POST
def read(request: StaffRequest, enquiry: str) -> HttpResponse:
    """One enquiry in words, opened and recorded; shown only in the answer to this request."""
    return heard(request, enquiry)


@require(Permission.ENQUIRY_LOOK)
@require_POST
def ask(request: StaffRequest, enquiry: str) -> HttpResponse:
    """The first custodian has another look."""
    services.ask_look(enquiry_uid=enquiry, actor=request.actor, now=timezone.now())
    messages.success(request, _("Another custodian must look now."))
    return redirect("protection:enquiries")


@require(Permission.ENQUIRY_LOOK)
@require_POST
def look(request: StaffRequest, enquiry: str) -> HttpResponse:
    """The second looks, confirmed just then."""
    now = timezone.now()
    deed = _deed(request, enquiry)
    form = LookForm(request.POST, asked=confirming.asked(request, deed, now))
    actor = confirming.confirmed(request, form, deed, now)
    if actor is None:
        return heard(request, enquiry, look_form=form)
    services.look(enquiry_uid=enquiry, actor=actor, now=now)
    return heard(request, enquiry)


@require(Permission.ENQUIRY_LOOK)
@require_POST
def destroy(request: StaffRequest, enquiry: str) -> HttpResponse:
    """Nobody needs the words any more."""
    services.destroy(enquiry_uid=enquiry, actor=request.actor, now=timezone.now())
    messages.success(request, _("What was written down is destroyed. That somebody asked is kept."))
    return redirect("protection:enquiries")


@require(Permission.ENQUIRY_HEAR)
@require_GET
def case(request: StaffRequest, code: str) -> HttpResponse:
    """Who asked for the person of this case, and what has become known of them, in codes."""
    rows = selectors.notices_of(code, viewer=request.actor)
    compromises = selectors.compromises_of(code, viewer=request.actor)
    return render(request, "protection/case.html", {"rows": rows, "compromises": compromises, "code": code})


def heard(request: StaffRequest, enquiry: str, **sent_back: Any) -> HttpResponse:
    """An enquiry in words, with what may be done about it."""
    now = timezone.now()
    found = services.hear(enquiry_uid=enquiry, actor=request.actor, now=now)
    asked = None if found.row.why_not_look else confirming.asked(request, _deed(request, enquiry), now)
    context = {"heard": found, "row": found.row, "look_form": LookForm(asked=asked)}
    return render(request, "protection/enquiry.html", context | sent_back, status=422 if sent_back else 200)


def _deed(request: StaffRequest, enquiry: str) -> Deed:
    """The look-up as the ledger will have it."""
    found = selectors.enquiry_of(enquiry, viewer=request.actor)
    return Deed(Event.ENQUIRY_LOOK, found.uid, {"action": bytes.fromhex(found.action_hash)})
