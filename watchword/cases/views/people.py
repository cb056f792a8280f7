# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who works on a case, and who must not."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.cases import selectors, services
from watchword.cases.forms import SeatTieForm, StaffForm, TieForm


@require(Permission.CASE_ASSIGN)
@require_POST
def keeper(request: StaffRequest, code: str) -> HttpResponse:
    """Give the case to a keeper."""
    return choose(request, code, services.assign_keeper, _("The case has a new keeper."))


@require(Permission.CASE_ASSIGN)
@require_POST
def colleague(request: StaffRequest, code: str) -> HttpResponse:
    """Ask a colleague to work on the case."""
    return choose(request, code, services.ask_colleague, _("Your colleague sees the case now."))


@require(Permission.TIE_DECLARE)
def tie(request: StaffRequest, code: str) -> HttpResponse:
    """Declare a tie to the applicant."""
    case = selectors.find(code, viewer=request.actor)
    form = TieForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "cases/tie.html", {"code": case.code, "form": form}, status=status)
    services.declare_tie(case_uid=case.uid, actor=request.actor, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Thank you. You take no part in this case, and no longer see it."))
    return redirect("cases:list")


@require(Permission.RELEASE_ANSWER)
def tie_from_seat(request: StaffRequest) -> HttpResponse:
    """Declare a tie as a custodian, by the code of the case."""
    form = SeatTieForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "cases/tie_from_seat.html", {"form": form}, status=status)
    services.declare_tie_from_seat(actor=request.actor, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Thank you. Other custodians answer what is asked about this applicant."))
    return redirect("custody:seat")


def choose(request: StaffRequest, code: str, service: Callable[..., object], done: str) -> HttpResponse:
    """Do with the person who was chosen what the service does; back to the case if it is still theirs."""
    now = timezone.now()
    page = selectors.case_page(code, viewer=request.actor, now=now)
    form = StaffForm(request.POST, people=page.people.candidates)
    if not form.is_valid():
        context = {"page": page, "people_form": form, "today": now.date()}
        return render(request, "cases/case.html", context, status=422)
    service(case_uid=page.uid, staff_id=form.cleaned_data["staff"], actor=request.actor, now=now)
    messages.success(request, done)
    still_seen = selectors.visible_cases(request.actor).filter(code=code).exists()
    return redirect("cases:case", code) if still_seen else redirect("cases:list")
