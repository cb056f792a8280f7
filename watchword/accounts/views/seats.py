# SPDX-License-Identifier: AGPL-3.0-or-later
"""A custodian's key on a machine of their own: told to the Desk, and its shares handed on to the next."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from watchword.accounts import key_states, selectors, services
from watchword.accounts.forms_of_seats import BringForm, HandedOnForm
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.web.into_memory import into_memory


@require(Permission.RELEASE_ANSWER)
def bring(request: StaffRequest, role: str) -> HttpResponse:
    """Tell the public half of the seat's next key."""
    posted = request.POST if request.method == "POST" else None
    holders = {one.pk: one.name for one in selectors.holders(role)}
    form = BringForm(posted, holders=holders, initial={"held_by": request.actor.id})
    if not form.is_valid():
        context = {"form": form, "role": role}
        return render(request, "accounts/bring_key.html", context, status=422 if form.errors else 200)
    typed, now = form.cleaned_data, timezone.now()
    services.bring_key(role=role, actor=request.actor, now=now, **typed)
    messages.success(
        request, _("The seat has a new key. Compare its mark now; it takes effect with the next signed list.")
    )
    return redirect("accounts:keys")


@require(Permission.RELEASE_ANSWER)
def hand_on(request: StaffRequest, role: str) -> HttpResponse:
    """What is still sealed to the key that I held outside before, and how it goes on to the next."""
    state = _state(request, role)
    context = {"form": HandedOnForm(), "role": role, "seat": state}
    return render(request, "accounts/hand_on.html", context)


@require(Permission.RELEASE_ANSWER)
@require_POST
def take_headers(request: StaffRequest, role: str) -> HttpResponse:
    """The next headers, as a file for the old holder's machine."""
    raw = services.headers_to_hand_on(role=role, actor=request.actor)
    name = f"{role}-headers.json"
    return HttpResponse(
        raw,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@csrf_exempt
@require(Permission.RELEASE_ANSWER)
@require_POST
@into_memory
def put_headers(request: StaffRequest, role: str) -> HttpResponse:
    """Put what that machine made of them in their place."""
    form = HandedOnForm(request.POST, request.FILES)
    if not form.is_valid():
        context = {"form": form, "role": role, "seat": _state(request, role)}
        return render(request, "accounts/hand_on.html", context, status=422)
    raw = form.cleaned_data["file"].read()
    done = services.hand_on(role=role, raw=raw, actor=request.actor, now=timezone.now())
    said = ngettext(
        "%(count)d share is sealed to the new key.", "%(count)d shares are sealed to the new key.", done
    )
    messages.success(request, said % {"count": done})
    return redirect("accounts:hand_on_seat", role)


def _state(request: StaffRequest, role: str) -> key_states.Seat | None:
    states = key_states.role_keys(viewer=request.actor, now=timezone.now())
    return next((one.seat for one in states if one.role == role), None)
