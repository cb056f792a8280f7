# SPDX-License-Identifier: AGPL-3.0-or-later
"""The queue of screening."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.matching import selectors as links
from watchword.screening import selectors


@require(Permission.SCREENING_RUN)
@require_GET
def queue(request: StaffRequest) -> HttpResponse:
    """What waits here, by declared danger and arrival, and the run that custodians are asked for."""
    now = timezone.now()
    context = {
        "queue": selectors.queue(viewer=request.actor, now=now),
        "panel": selectors.panel(viewer=request.actor, now=now),
        "pairs": links.waiting(request.actor),
    }
    return render(request, "screening/queue.html", context)
