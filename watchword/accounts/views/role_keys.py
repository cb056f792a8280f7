# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keys of roles: who waits for one, handing over, new epochs, re-wrapping."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from watchword.accounts import selectors, services
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import CONTENT_ROLES, Permission
from watchword.vault import opening


@require(None)
@require_safe
def keys(request: StaffRequest) -> HttpResponse:
    """The state of every role key that concerns this person."""
    page = {
        "holds_keys": bool(request.actor.roles & CONTENT_ROLES),
        "hand_overs": selectors.hand_overs_open_to(request.actor),
        "role_keys": selectors.role_keys(viewer=request.actor),
        "may_renew": request.actor.has(Permission.ROLE_GRANT),
    }
    return render(request, "accounts/keys.html", page)


@require(None)
@require_POST
def hand_over(request: StaffRequest, role: str, staff_id: str) -> HttpResponse:
    """Seal the role's key to a colleague who was granted the role."""
    services.share_role_key(role=role, to_staff=staff_id, actor=request.actor, now=timezone.now())
    messages.success(request, _("The key is handed over."))
    return redirect("accounts:keys")


@require(Permission.ROLE_GRANT)
@require_POST
def renew(request: StaffRequest, role: str) -> HttpResponse:
    """A new epoch."""
    services.new_epoch(role=role, actor=request.actor, now=timezone.now())
    messages.success(request, _("The role has a new key. It takes effect with the next signed list of keys."))
    return redirect("accounts:keys")


@require(None)
@require_POST
def rewrap(request: StaffRequest, role: str) -> HttpResponse:
    """Give the records of my role their headers for the present keys."""
    count = opening.rewrap_role(role=role, actor=request.actor, now=timezone.now())
    done = ngettext(
        "%(count)d record is sealed to the new keys.", "%(count)d records are sealed to the new keys.", count
    )
    messages.success(request, done % {"count": count})
    return redirect("accounts:keys")


@require(Permission.ROLE_GRANT)
@require_POST
def destroy(request: StaffRequest, role: str) -> HttpResponse:
    """Destroy what is left of old epochs."""
    services.destroy_retired(role=role, actor=request.actor, now=timezone.now())
    messages.success(request, _("The old keys of this role are destroyed."))
    return redirect("accounts:keys")
