# SPDX-License-Identifier: AGPL-3.0-or-later
"""With what somebody is logged in: sessions and passkeys, one's own or, for an administrator, another's."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watchword.accounts import asking, recoveries, selectors, services
from watchword.accounts.forms_of_secrets import AddPasskeyForm
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.accounts.views.logging_in import log_out
from watchword.core.refusals import Refused
from watchword.web.sentences import translated


@require(None)
@require_safe
def mine(request: StaffRequest) -> HttpResponse:
    """My sessions and passkeys."""
    return _page(request, request.actor.id)


@require(Permission.SESSION_END)
@require_safe
def of_somebody(request: StaffRequest, staff_id: str) -> HttpResponse:
    """Somebody's sessions and passkeys, for when a device is lost."""
    return _page(request, staff_id)


def _page(request: StaffRequest, staff_id: str) -> HttpResponse:
    now = timezone.now()
    context = {
        "devices": selectors.devices(staff_id, now),
        "recoveries": recoveries.recoveries_for(request.actor, now),
        "own": staff_id == request.actor.id,
        "here": request.desk_session.handle,
        "has_a_name": asking.site_of(request) is not None,
    }
    return render(request, "accounts/devices.html", context)


@require(None)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """A new passkey of one's own; a script of this page asks the device for it."""
    now = timezone.now()
    form = AddPasskeyForm(request.POST or None, asked=asking.to_add(request, request.actor, now))
    site = asking.site_of(request)
    if form.is_valid() and site is not None:
        try:
            passkey = services.add_passkey(site=site, actor=request.actor, now=now, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, translated(refused.reason))
        else:
            messages.success(request, _added(opens=passkey.sealed_keys is not None))
            return redirect("accounts:devices")
    return render(
        request,
        "accounts/add_passkey.html",
        {"form": form, "has_a_name": site is not None},
        status=422 if form.is_bound else 200,
    )


def _added(*, opens: bool) -> str:
    if opens:
        return _("The passkey is added. It opens your keys by itself: log in with it alone.")
    return _("The passkey is added. It takes the place of the code, beside your passphrase.")


@require(None)
@require_POST
def end_session(request: StaffRequest, handle: str) -> HttpResponseBase:
    """End a session elsewhere; the one of this browser is ended by logging out."""
    if handle == request.desk_session.handle:
        return log_out(request)
    staff_id = services.end_session(handle=handle, actor=request.actor, now=timezone.now())
    messages.success(request, _("The session has ended."))
    return _back(request, staff_id)


@require(None)
@require_POST
def revoke(request: StaffRequest, passkey: str) -> HttpResponse:
    """End a passkey."""
    staff_id = services.revoke_passkey(uid=passkey, actor=request.actor, now=timezone.now())
    messages.success(request, _("The passkey is revoked. It opens nothing any more."))
    return _back(request, staff_id)


def _back(request: StaffRequest, staff_id: str) -> HttpResponse:
    if staff_id == request.actor.id:
        return redirect("accounts:devices")
    return redirect("accounts:devices_of", staff_id)
