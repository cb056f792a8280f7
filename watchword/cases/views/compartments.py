# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening what is sealed. Always a POST: a link that opens something could be sent to somebody as a trap."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.cases import selectors, services


@require(Permission.CASE_OPEN)
@require_POST
def read(request: StaffRequest, code: str, compartment: str) -> HttpResponse:
    """Open one compartment: recorded first, then shown, and only in the answer to this request."""
    now = timezone.now()
    case = selectors.find(code, viewer=request.actor)
    opened = services.open_compartment(
        case_uid=case.uid,
        compartment=compartment,
        actor=request.actor,
        purpose="case-work",
        now=now,
        language=get_language() or "en",
    )
    context = {"opened": opened, "fresh": selectors.fresh_records(case, viewer=request.actor), "now": now}
    return render(request, "cases/compartment.html", {"code": case.code, **context})


@require(Permission.CASE_OPEN)
@require_POST
def file(request: StaffRequest, code: str, record: str) -> StreamingHttpResponse:
    """Hand out a file piece by piece as plain bytes: no browser may try to show what a stranger sent."""
    case = selectors.find(code, viewer=request.actor)
    opened = services.open_file(case_uid=case.uid, record_uid=record, actor=request.actor, now=timezone.now())
    response = StreamingHttpResponse(opened.pieces, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, f"{case.code}-{opened.name}")
    response["X-Content-Type-Options"] = "nosniff"
    return response
