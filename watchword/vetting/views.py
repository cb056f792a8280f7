# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of evidence."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.cases.views.refusing import refused
from watchword.vetting import selectors, services
from watchword.vetting.forms import EvidenceForm


@require(Permission.CASE_LIST)
@require_GET
def evidence(request: StaffRequest, code: str) -> HttpResponse:
    """The items of a case in codes, and what this person may record."""
    page = selectors.evidence_page(code, viewer=request.actor)
    return render(request, "vetting/evidence.html", {"page": page})


@require(Permission.EVIDENCE_ADD)
def add(request: StaffRequest, code: str, kind: str) -> HttpResponse:
    """Record one item, beside those that are there."""
    page, profile = selectors.form_page(code, kind, viewer=request.actor)
    form = EvidenceForm(
        request.POST if request.method == "POST" else None,
        kind=profile.evidence_kind(kind),
        profile=profile,
        initial={"seen": page.seen},
    )
    status = 422 if form.errors else 200
    if form.is_valid():
        act = partial(services.add_evidence, case_uid=page.uid, kind=kind, now=timezone.now())
        if not (
            status := refused(form, partial(act, actor=request.actor, **form.cleaned_data), seen=page.seen)
            or 0
        ):
            messages.success(request, _("Recorded and sealed."))
            return redirect("vetting:evidence", code)
    chosen = next(row for row in page.kinds if row.id == kind)
    context = {"page": page, "form": form, "kind": chosen}
    return render(request, "vetting/add.html", context, status=status)


@require(Permission.CASE_OPEN)
@require_POST
def read(request: StaffRequest, code: str, item: str) -> HttpResponse:
    """Open one item: recorded first, then shown, and only in the answer to this request."""
    now = timezone.now()
    page = selectors.evidence_page(code, viewer=request.actor)
    opened = services.open_evidence(case_uid=page.uid, evidence_uid=item, actor=request.actor, now=now)
    row = next(row for row in page.rows if row.uid == item)
    return render(request, "vetting/item.html", {"page": page, "row": row, "opened": opened, "now": now})
