# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lists, and comparing open cases with what a new version brought."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.screening import selectors, services
from watchword.screening.services import CaughtUp


@require(Permission.SCREENING_RUN)
@require_GET
def lists(request: StaffRequest) -> HttpResponse:
    """Every list with its version, and how many open cases know the lists of today."""
    return render(request, "screening/lists.html", {"page": selectors.lists_page(viewer=request.actor)})


@require(Permission.SCREENING_RUN)
@require_POST
def rescreen(request: StaffRequest) -> HttpResponse:
    """Compare the next cases with what has changed; the page shows how far it is, and goes on from there."""
    result = services.rescreen_changed(actor=request.actor, now=timezone.now())
    messages.success(request, _said(result))
    if result.failed:
        text = ngettext(
            "%(count)d case could not be read and stays behind. Open it to see why.",
            "%(count)d cases could not be read and stay behind. Open them to see why.",
            result.failed,
        )
        messages.warning(request, text % {"count": result.failed})
    return redirect("screening:lists")


def _said(result: CaughtUp) -> str:
    text = ngettext(
        "%(count)d case compared with what has changed.",
        "%(count)d cases compared with what has changed.",
        result.done,
    )
    return text % {"count": result.done}
