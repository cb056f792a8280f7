# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two cases of one person are joined, and parted again."""

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
from watchword.cases.forms import JoinForm
from watchword.cases.views.refusing import refused


@require(Permission.CASE_JOIN)
def join(request: StaffRequest, code: str) -> HttpResponse:
    """How this case is joined with others; propose that it goes on in another."""
    page = selectors.join_page(code, viewer=request.actor)
    form = JoinForm(request.POST if request.method == "POST" else None)
    status = 422 if form.errors else 200
    if form.is_valid():
        act = partial(services.propose_joining, code=page.code, leading=form.cleaned_data["leading"])
        if not (status := refused(form, partial(act, actor=request.actor, now=timezone.now())) or 0):
            messages.success(request, _("Proposed. A second person who knows of both cases confirms it."))
            return redirect("cases:join", code)
    return render(request, "cases/join.html", {"page": page, "form": form}, status=status)


@require(Permission.CASE_JOIN)
@require_POST
def part(request: StaffRequest, code: str) -> HttpResponse:
    """Propose that this case is worked on by itself again."""
    services.propose_parting(code=code, actor=request.actor, now=timezone.now())
    messages.success(request, _("Proposed. A second person who knows of both cases confirms it."))
    return redirect("cases:join", code)


@require(Permission.CASE_JOIN)
@require_POST
def settle(request: StaffRequest, code: str) -> HttpResponse:
    """Confirm what somebody else proposed, or drop it."""
    dropped = "drop" in request.POST
    service = services.drop_joining if dropped else services.confirm_joining
    service(code=code, actor=request.actor, now=timezone.now())
    messages.success(request, _("Dropped. Nothing has changed.") if dropped else _("Confirmed."))
    still_seen = selectors.visible_cases(request.actor).filter(code=code).exists()
    return redirect("cases:join", code) if still_seen else redirect("cases:list")
