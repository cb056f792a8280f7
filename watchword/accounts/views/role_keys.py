# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keys of roles: who waits for one, handing over, new epochs, sealing records to them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from watchword.accounts import key_states, selectors, services
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import CONTENT_ROLES
from watchword.accounts.services import rewrapping


@require(None)
@require_safe
def keys(request: StaffRequest) -> HttpResponse:
    """The state of every role key that concerns this person."""
    page = {
        "holds_keys": bool(request.actor.roles & CONTENT_ROLES),
        "hand_overs": selectors.hand_overs_open_to(request.actor),
        "role_keys": key_states.role_keys(viewer=request.actor, now=timezone.now()),
    }
    return render(request, "accounts/keys.html", page)


@require(None)
@require_POST
def hand_over(request: StaffRequest, role: str, staff_id: str) -> HttpResponse:
    """Seal the role's key to a colleague who was granted the role."""
    services.share_role_key(role=role, to_staff=staff_id, actor=request.actor, now=timezone.now())
    messages.success(request, _("The key is handed over."))
    return redirect("accounts:keys")


@require(None)
@require_POST
def renew(request: StaffRequest, role: str) -> HttpResponse:
    """A new epoch, which a holder of the role makes for all of them."""
    services.new_epoch(role=role, actor=request.actor, now=timezone.now())
    messages.success(request, _("The role has a new key. It takes effect with the next signed list of keys."))
    return redirect("accounts:keys")


@require(None)
@require_POST
def rewrap(request: StaffRequest, role: str) -> HttpResponse:
    """Begin to seal the records of my role to its new key; it goes on behind this page."""
    run = rewrapping.begin(
        role=role, actor=request.actor, session=request.desk_session.handle, now=timezone.now()
    )
    rewrapping.in_background(run)
    begun = ngettext(
        "%(count)d record is being sealed to the new key.",
        "%(count)d records are being sealed to the new key.",
        run.total,
    )
    messages.success(request, begun % {"count": run.total})
    return redirect("accounts:keys")


@require(None)
@require_POST
def stop(request: StaffRequest, role: str) -> HttpResponse:
    """Stop it between two chunks."""
    rewrapping.stop(role=role, actor=request.actor)
    messages.success(
        request, _("Stopped. What is sealed to the new key stays so; you can go on at any time.")
    )
    return redirect("accounts:keys")


@require(None)
@require_POST
def destroy(request: StaffRequest, role: str) -> HttpResponse:
    """Destroy what is left of old epochs."""
    services.destroy_retired(role=role, actor=request.actor, now=timezone.now())
    messages.success(request, _("The old keys of this role are destroyed."))
    return redirect("accounts:keys")
