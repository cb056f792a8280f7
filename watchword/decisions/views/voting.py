# SPDX-License-Identifier: AGPL-3.0-or-later
"""Casting a vote on the proposal that was just read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.decisions import selectors, services
from watchword.decisions.action import Choice
from watchword.decisions.forms import VoteForm
from watchword.decisions.views.board import opened


@require(Permission.DECISION_VOTE)
@require_POST
def vote(request: StaffRequest, code: str, proposal: str) -> HttpResponse:
    """Seal one vote; it cannot be changed, and nobody sees it before all are in."""
    selectors.check_in_case(proposal, code, viewer=request.actor)
    form = VoteForm(request.POST)
    if not form.is_valid():
        return opened(request, proposal, vote_form=form)
    written = form.cleaned_data | {"choice": Choice(form.cleaned_data["choice"])}
    services.vote(proposal_uid=proposal, actor=request.actor, now=timezone.now(), **written)
    messages.success(request, _("Your vote is sealed."))
    return redirect("decisions:board", code)
