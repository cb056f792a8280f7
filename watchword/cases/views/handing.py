# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case changes hands: offered by its keeper, accepted or declined by the other."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.cases import selectors, services
from watchword.cases.forms import DeclineForm
from watchword.cases.views.people import choose


@require(Permission.CASE_ASSIGN)
@require_POST
def make(request: StaffRequest, code: str) -> HttpResponse:
    """Offer the case to somebody."""
    return choose(
        request, code, services.offer_case, _("The case is offered. It stays yours until it is accepted.")
    )


@require(Permission.CASE_ASSIGN)
@require_POST
def take_back(request: StaffRequest, code: str) -> HttpResponse:
    """Take an offer back that nobody has answered."""
    case = selectors.find(code, viewer=request.actor)
    services.take_offer_back(case_uid=case.uid, actor=request.actor, now=timezone.now())
    messages.success(request, _("The offer is taken back."))
    return redirect("cases:case", code)


@require(Permission.CASE_ASSIGN)
def offer(request: StaffRequest, offer: str) -> HttpResponse:
    """One offer to me: accept it, or decline it here and say why."""
    now = timezone.now()
    page = selectors.offer_page(offer, viewer=request.actor)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"page": page, "form": form, "today": now.date()}
        return render(request, "cases/offer.html", context, status=422 if form.errors else 200)
    services.decline_case(
        offer_uid=page.uid, reason=form.cleaned_data["reason"], actor=request.actor, now=now
    )
    messages.success(request, _("You have declined. The case stays with its keeper."))
    return redirect("desk:home")


@require(Permission.CASE_ASSIGN)
@require_POST
def accept(request: StaffRequest, offer: str) -> HttpResponse:
    """Take the case over."""
    case = services.accept_case(offer_uid=offer, actor=request.actor, now=timezone.now())
    messages.success(request, _("You keep this case now."))
    return redirect("cases:case", case.code)
