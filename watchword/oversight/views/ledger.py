# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ledger for whoever may look at it, and its files to take away."""

from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import AUDITOR, Permission
from watchword.journal.selectors import ledger_directory
from watchword.oversight import archive, reasons, selectors, services


@require(Permission.LEDGER_READ)
@require_safe
def ledger(request: StaffRequest) -> HttpResponse:
    """The checkpoint, the newest entries, and how to check them without trusting this page."""
    page = {
        "ledger": selectors.ledger_page(viewer=request.actor),
        "names_shown": AUDITOR in request.actor.roles,
    }
    return render(request, "oversight/ledger.html", page)


@require(Permission.EXPOSURE_READ)
@require_POST
def exposure(request: StaffRequest, staff_id: str) -> HttpResponse:
    """What one person would have learned: recorded first, then shown, in the answer to this alone."""
    now = timezone.now()
    services.announce_list(staff_id=staff_id, actor=request.actor, now=now)
    page = {"page": selectors.exposure_page(staff_id), "now": now}
    return render(request, "oversight/exposure.html", page)


@require(Permission.EXPOSURE_READ)
@require_POST
def beyond(request: StaffRequest, staff_id: str) -> HttpResponse:
    """Why somebody read more than is usual: each opening recorded first, and shown in this answer alone."""
    now = timezone.now()
    page = {"read": reasons.read_reasons(staff_id=staff_id, actor=request.actor, now=now), "now": now}
    return render(request, "oversight/beyond.html", page)


@require(Permission.FIGURES_READ)
@require_safe
def figures(request: StaffRequest) -> HttpResponse:
    """How many, how long and what became of them: counts alone, small ones hidden."""
    return render(request, "oversight/figures.html", {"page": selectors.figures_page(now=timezone.now())})


@require(Permission.FIGURES_READ)
@require_safe
def retention(request: StaffRequest) -> HttpResponse:
    """What the Desk erases by itself, and what the next run would erase."""
    page = selectors.retention_page(viewer=request.actor, today=timezone.now().date())
    return render(request, "oversight/retention.html", {"page": page})


@require(Permission.LEDGER_READ)
@require_safe
def checkpoint(request: StaffRequest) -> HttpResponseBase:  # noqa: ARG001 - the decorator's signature
    """The signed checkpoint, byte for byte."""
    note = (ledger_directory() / "checkpoint").open("rb")
    return FileResponse(
        note, as_attachment=True, filename="checkpoint", content_type="text/plain; charset=utf-8"
    )


@require(Permission.LEDGER_READ)
@require_safe
def tile_log(request: StaffRequest) -> HttpResponseBase:  # noqa: ARG001 - the decorator's signature
    """The whole log."""
    response = StreamingHttpResponse(archive.tar_of(ledger_directory()), content_type="application/x-tar")
    response["Content-Disposition"] = 'attachment; filename="ledger.tar"'
    return response
