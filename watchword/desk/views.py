# SPDX-License-Identifier: AGPL-3.0-or-later
"""The home page, fetching from the Gate by hand, and how the machinery does."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from watchword.accounts import recoveries
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission, check_has
from watchword.core.refusals import WrongState, sentence, why_not
from watchword.courier.deskside import rounds
from watchword.desk import selectors
from watchword.desk.machine import machine
from watchword.vault import selectors as vault


@require(None)
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """What waits for me, what runs out, who waits for a key."""
    page = {
        "recoveries": recoveries.approved_for(request.actor, timezone.now()),
        "home": selectors.home(viewer=request.actor, now=timezone.now()),
        "works_on_cases": request.actor.has(Permission.CASE_LIST),
        "may_fetch": request.actor.has(Permission.PARCEL_PULL),
        "why_no_fetch": why_not(_check_may_fetch)(request),
        "why_no_sealing": why_not(_check_can_seal)(),
    }
    return render(request, "desk/home.html", page)


@require(Permission.PARCEL_PULL)
@require_POST
def fetch(request: StaffRequest) -> HttpResponse:
    """One round of the courier now, instead of waiting for the next."""
    _check_may_fetch(request)
    result = rounds.once()
    if result.failure:
        messages.warning(request, _("The courier could not finish: %(reason)s.") % {"reason": result.failure})
    else:
        text = _("Fetched from the Gate: %(pulled)d. Delivered to it: %(delivered)d.")
        messages.success(request, text % {"pulled": result.pulled, "delivered": result.delivered})
    return redirect("desk:home")


@require(Permission.MACHINE_READ)
@require_safe
def machine_room(request: StaffRequest) -> HttpResponse:
    """Database, ledger, courier, list of keys, disk and versions."""
    return render(request, "desk/machine.html", {"machine": machine(timezone.now())})


def _check_can_seal() -> None:
    """The list of keys is in force; when its time is over, the Gate takes nothing either."""
    vault.manifest()


def _check_may_fetch(request: StaffRequest) -> None:
    check_has(request.actor, Permission.PARCEL_PULL)
    if not settings.WATCHWORD_GATE_ADDRESS:
        raise WrongState(sentence("This Desk knows no Gate: WATCHWORD_GATE_ADDRESS is empty."))
