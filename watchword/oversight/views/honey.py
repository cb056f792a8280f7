# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented cases: the auditors' page with its alarms, and an administrator's second look."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.oversight import looking, selectors, services
from watchword.oversight.book import Change
from watchword.oversight.forms import AskForm, LookForm, ReceiptForm


@require(Permission.HONEY_WATCH)
@require_safe
def honey(request: StaffRequest) -> HttpResponse:
    """Alarms, which cases are invented, and what waits for an administrator."""
    return _page(request)


@require(Permission.HONEY_WATCH)
@require_POST
def ask(request: StaffRequest) -> HttpResponse:
    """Ask an administrator to confirm a mark, or its end."""
    form = AskForm(request.POST, auto_id="ask_%s")
    if not form.is_valid():
        return _page(request, ask_form=form)
    typed = form.cleaned_data
    change = Change(typed["change"])
    services.ask(receipt=typed["receipt"], change=change, actor=request.actor, now=timezone.now())
    messages.success(request, _("An administrator must type the same receipt now."))
    return redirect("oversight:honey")


@require(Permission.HONEY_WATCH)
@require_POST
def look(request: StaffRequest) -> HttpResponse:
    """Keep what was found; the alarms that were shown are looked at."""
    form = LookForm(request.POST)
    if not form.is_valid():
        return _page(request, look_form=form)
    typed = form.cleaned_data
    services.look(words=typed["words"], upto=typed["upto"], actor=request.actor, now=timezone.now())
    messages.success(request, _("It is kept, and the alarms are looked at."))
    return redirect("oversight:honey")


@require(Permission.HONEY_WATCH)
@require_POST
def looks(request: StaffRequest) -> HttpResponse:
    """What auditors found before, opened and recorded; shown only in the answer to this request."""
    now = timezone.now()
    found = looking.read_looks(actor=request.actor, now=now)
    return render(request, "oversight/looks.html", {"found": found, "now": now})


@require(Permission.HONEY_WATCH)
@require_POST
def begin_anew(request: StaffRequest) -> HttpResponse:
    """An empty book, where there is one that cannot be read."""
    services.begin_anew(actor=request.actor, now=timezone.now())
    messages.warning(request, _("The auditors’ book is empty. Mark the invented cases anew."))
    return redirect("oversight:honey")


@require(Permission.HONEY_SECOND)
def second(request: StaffRequest) -> HttpResponse:
    """The administrator types the receipt of the application that both invented."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "oversight/honey_second.html", {"form": form}, status=status)
    services.second(receipt=form.cleaned_data["receipt"], actor=request.actor, now=timezone.now())
    messages.success(request, _("It is done. Auditors see it on their page."))
    return redirect("desk:home")


@require(Permission.HONEY_WATCH)
@require_POST
def drop(request: StaffRequest) -> HttpResponse:
    """What was asked for is not done."""
    services.drop(actor=request.actor, now=timezone.now())
    messages.success(request, _("Dropped. Nothing has changed."))
    return redirect("oversight:honey")


def _page(request: StaffRequest, **sent_back: Any) -> HttpResponse:
    page, now = selectors.honey_page(), timezone.now()
    forms = {"ask_form": AskForm(auto_id="ask_%s"), "look_form": LookForm(initial={"upto": page.upto})}
    context = {"page": page, "now": now, **forms, **sent_back}
    return render(request, "oversight/honey.html", context, status=422 if sent_back else 200)
