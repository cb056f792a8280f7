# SPDX-License-Identifier: AGPL-3.0-or-later
"""The second person: signs what the page showed, or returns it with a reason."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watchword.accounts import confirming
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.cases.selectors import visible_cases
from watchword.decisions import selectors, services
from watchword.decisions.forms import ReturnForm, SecondForm
from watchword.decisions.views.board import countersigning, opened


@require(Permission.DECISION_COUNTERSIGN)
@require_POST
def countersign(request: StaffRequest, code: str, proposal: str) -> HttpResponse:
    """Sign: the letter goes out and the case moves on, at once."""
    selectors.check_in_case(proposal, code, viewer=request.actor)
    now = timezone.now()
    deed = countersigning(proposal, request.actor, now)
    form = SecondForm(request.POST, expected=code, asked=confirming.asked(request, deed, now))
    actor = confirming.confirmed(request, form, deed, now)
    if actor is None:
        return opened(request, proposal, second_form=form)
    services.countersign(proposal_uid=proposal, seen=form.cleaned_data["seen"], actor=actor, now=now)
    messages.success(request, _("Countersigned. The letter is sealed and waits for the courier."))
    # Some outcomes lead where the board sees no case: then it is not this person's any more.
    seen = visible_cases(request.actor).filter(code=code).exists()
    return redirect("decisions:board", code) if seen else redirect("desk:home")


@require(Permission.DECISION_COUNTERSIGN)
@require_POST
def send_back(request: StaffRequest, code: str, proposal: str) -> HttpResponse:
    """Return the proposal unsigned."""
    selectors.check_in_case(proposal, code, viewer=request.actor)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return opened(request, proposal, return_form=form)
    services.send_back(proposal_uid=proposal, actor=request.actor, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("The proposal is returned, with your reason."))
    return redirect("decisions:board", code)
