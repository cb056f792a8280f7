# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Desk's page of known clones."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.genuine import selectors, services
from watchword.genuine.forms import CloneForm


@require(Permission.CLONE_PROPOSE)
@require_safe
def clones(request: StaffRequest) -> HttpResponse:
    """What is in the register, what waits, and a form for what is new."""
    return _page(request, CloneForm(), 200)


@require(Permission.CLONE_PROPOSE)
@require_POST
def draft(request: StaffRequest) -> HttpResponse:
    """The same page with an answer of an applicant in the form, to be brought into shape before it is sent.

    By POST: what an applicant wrote must not stand in an address.
    """
    return _page(request, CloneForm(initial={"address": request.POST.get("address", "")}), 200)


@require(Permission.CLONE_PROPOSE)
@require_POST
def propose(request: StaffRequest) -> HttpResponse:
    """Propose an address, or with ``removes`` that one is taken out."""
    form = CloneForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    services.propose(
        typed=form.cleaned_data["address"],
        removes="removes" in request.POST,
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, _("Proposed. A second person must confirm it."))
    return redirect("genuine:clones")


@require(Permission.CLONE_CONFIRM)
@require_POST
def confirm(request: StaffRequest, clone: str) -> HttpResponse:
    """The second person's yes."""
    services.confirm(uid=clone, actor=request.actor, now=timezone.now())
    messages.success(request, _("Confirmed. The courier brings the signed register to the Gate."))
    return redirect("genuine:clones")


@require(Permission.CLONE_PROPOSE)
@require_POST
def drop(request: StaffRequest, clone: str) -> HttpResponse:
    """Let a proposal fall."""
    services.drop(uid=clone, actor=request.actor, now=timezone.now())
    messages.success(request, _("Dropped. Nothing of it was published."))
    return redirect("genuine:clones")


def _page(request: StaffRequest, form: CloneForm, status: int) -> HttpResponse:
    page = selectors.clones_page(viewer=request.actor)
    return render(request, "genuine/clones.html", {"page": page, "form": form}, status=status)
