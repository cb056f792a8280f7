# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was released: opened by whoever asked, recorded each time, and ended when it is done with."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.custody import opening, selectors, services


@require(Permission.RELEASE_OPEN)
@require_POST
def open_it(request: StaffRequest, release: str) -> HttpResponse:
    """The words, shown only in the answer to this request."""
    opened = opening.open_release(
        release_uid=release, actor=request.actor, now=timezone.now(), language=get_language() or "en"
    )
    return render(request, "custody/opened.html", {"opened": opened, "back": _back(request, opened.code)})


@require(Permission.RELEASE_OPEN)
@require_POST
def end(request: StaffRequest, release: str) -> HttpResponse:
    """Destroy what it opened with, before its end."""
    code = selectors.own(release, viewer=request.actor).case.code
    services.end(release_uid=release, actor=request.actor, now=timezone.now())
    messages.success(request, _("Ended. The shares and the key for this once are destroyed."))
    return redirect(_back(request, code))


def _back(request: StaffRequest, code: str) -> str:
    """The page of the case, or for a custodian, who knows of no case, that of the seat."""
    if request.actor.has(Permission.RELEASE_ASK):
        return reverse("custody:case", args=[code])
    return reverse("custody:seat")
