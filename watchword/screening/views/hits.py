# SPDX-License-Identifier: AGPL-3.0-or-later
"""One hit: what speaks for and against, both records where they were released, and what people make of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.cases.rules.judged import Verdict
from watchword.screening import selectors, services
from watchword.screening.forms import JudgementForm
from watchword.screening.side_by_side import side_by_side
from watchword.screening.waterfall import chance, waterfall


@require(Permission.SCREENING_RUN)
@require_POST
def read(request: StaffRequest, code: str, hit: str) -> HttpResponse:
    """Open one hit: recorded first, then shown, and only in the answer to this request."""
    selectors.check_in_case(hit, code, viewer=request.actor)
    return _opened(request, hit)


@require(Permission.SCREENING_JUDGE)
@require_POST
def sides(request: StaffRequest, code: str, hit: str) -> HttpResponse:
    """Both records, where custodians released the names to this person: recorded first, and kept nowhere."""
    selectors.check_in_case(hit, code, viewer=request.actor)
    opened = services.open_sides(hit, actor=request.actor, now=timezone.now())
    context = {"opened": opened, "row": opened.row, "code": code, "sides": side_by_side(opened.comparison)}
    return render(request, "screening/sides.html", context | {"now": timezone.now()})


@require(Permission.SCREENING_JUDGE)
@require_POST
def judge(request: StaffRequest, code: str, hit: str) -> HttpResponse:
    """Seal a judgement."""
    selectors.check_in_case(hit, code, viewer=request.actor)
    form = JudgementForm(request.POST)
    if not form.is_valid():
        return _opened(request, hit, form)
    made = services.judge(hit_uid=hit, actor=request.actor, now=timezone.now(), **form.said)
    if made.verdict == Verdict.SAME:
        messages.success(request, _("Sealed. A second person must look at it now."))
    else:
        messages.success(request, _("Sealed. The hit is judged."))
    return redirect("screening:case", code)


@require(Permission.SCREENING_JUDGE)
@require_POST
def second(request: StaffRequest, code: str, hit: str) -> HttpResponse:
    """Seal the second person's judgement."""
    selectors.check_in_case(hit, code, viewer=request.actor)
    form = JudgementForm(request.POST)
    if not form.is_valid():
        return _opened(request, hit, form)
    made = services.second(hit_uid=hit, actor=request.actor, now=timezone.now(), **form.said)
    if made.verdict == Verdict.SAME:
        messages.success(request, _("Sealed. Two people have found the same person."))
    else:
        messages.success(request, _("Sealed. You differ, so the hit is open again, with both reasons."))
    return redirect("screening:case", code)


def _opened(request: StaffRequest, hit: str, form: JudgementForm | None = None) -> HttpResponse:
    """The opened hit with the form that this person may fill in, or ``form`` sent back with its errors."""
    now = timezone.now()
    opened = services.open_hit(hit, actor=request.actor, now=now)
    context = {
        "opened": opened,
        "row": opened.row,
        "code": opened.row.code,
        "bars": waterfall(opened.sheet),
        "chance": chance(opened.sheet.probability),
        "form": form or JudgementForm(initial={"seen": opened.newest}),
        "now": now,
    }
    return render(request, "screening/hit.html", context, status=422 if form else 200)
