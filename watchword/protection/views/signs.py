# SPDX-License-Identifier: AGPL-3.0-or-later
"""A custodian's pages of call signs: of one case, three to choose from, and one in words."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.protection import selectors, services
from watchword.protection.forms import ChooseForm, CodeForm, unpacked


@require(Permission.CALLSIGN_ISSUE)
def signs(request: StaffRequest) -> HttpResponse:
    """Of which case; the code is typed, for a custodian has no list of cases."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        context["page"] = selectors.sign_page(form.cleaned_data["code"], viewer=request.actor)
    return render(request, "protection/signs.html", context, status=422 if form.errors else 200)


@require(Permission.CALLSIGN_ISSUE)
@require_POST
def draw(request: StaffRequest) -> HttpResponse:
    """Three by lot, recorded; they stand on this page and nowhere else."""
    code = request.POST.get("code", "")
    offer = services.draw(code=code, actor=request.actor, now=timezone.now())
    return render(request, "protection/choose.html", {"form": ChooseForm(offered=offer)})


@require(Permission.CALLSIGN_ISSUE)
@require_POST
def issue(request: StaffRequest) -> HttpResponse:
    """Give out the one that was chosen."""
    offer = unpacked(request.POST.get("offer", ""))
    form = ChooseForm(request.POST, offered=offer)
    if not form.is_valid():
        return render(request, "protection/choose.html", {"form": form}, status=422)
    given = services.issue(offer=offer, reasons=form.reasons, actor=request.actor, now=timezone.now())
    messages.success(
        request, _("Given out, and sealed. Nobody is ever given the same or nearly the same again.")
    )
    return opened(request, given.uid)


@require(Permission.CALLSIGN_ISSUE)
@require_POST
def open_sign(request: StaffRequest, sign: str) -> HttpResponse:
    """Which call sign it is; opened, recorded, and kept nowhere."""
    return opened(request, sign)


def opened(request: StaffRequest, sign: str) -> HttpResponse:
    """The page of one call sign in words."""
    shown = services.open_sign(sign_uid=sign, actor=request.actor, now=timezone.now())
    return render(request, "protection/sign.html", {"shown": shown})
