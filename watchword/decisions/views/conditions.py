# SPDX-License-Identifier: AGPL-3.0-or-later
"""Conditions on their day: reviewed on a page of their own, and what was seen is read again later."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.cases.selectors import case_page
from watchword.core.refusals import WrongState
from watchword.decisions import selectors
from watchword.decisions.conditions import services
from watchword.decisions.conditions.rules import Finding, Said
from watchword.decisions.forms_of_conditions import ReviewForm
from watchword.web.forms import WatchwordForm
from watchword.web.sentences import translated


@require(Permission.DECISION_PROPOSE)
def review(request: StaffRequest, code: str) -> HttpResponse:
    """Say what became of the conditions."""
    if request.method != "POST":
        return _page(request, code, ReviewForm())
    form = ReviewForm(request.POST)
    if not form.is_valid() or not _is_reviewed(request, code, form):
        return _page(request, code, form, status=422)
    messages.success(request, _("The review is sealed and recorded."))
    return redirect("decisions:board", code)


@require(Permission.CASE_OPEN)
@require_POST
def read(request: StaffRequest, code: str, review: str) -> HttpResponse:
    """What one review saw; shown only in the answer to this request."""
    now = timezone.now()
    found = selectors.board_page(code, viewer=request.actor, now=now)
    said = services.read(case_uid=found.uid, review_uid=review, actor=request.actor, now=now)
    row = next(one for one in found.reviews if one.uid == review)
    context = {
        "page": case_page(code, viewer=request.actor, now=now),
        "board": found,
        "row": row,
        "said": said,
        "today": now.date(),
    }
    return render(request, "decisions/review_read.html", context)


def _is_reviewed(request: StaffRequest, code: str, form: WatchwordForm) -> bool:
    """What the law refuses stands on the page like any other error, and nothing that was typed is lost."""
    now = timezone.now()
    found = selectors.board_page(code, viewer=request.actor, now=now)
    typed = form.cleaned_data
    said = Said(Finding(typed["finding"]), typed["said"], typed["until"])
    try:
        services.review(case_uid=found.uid, said=said, actor=request.actor, now=now)
    except WrongState as refused:
        form.add_error(None, translated(refused.reason))
        return False
    return True


def _page(request: StaffRequest, code: str, form: WatchwordForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    context = {
        "page": case_page(code, viewer=request.actor, now=now),
        "board": selectors.board_page(code, viewer=request.actor, now=now),
        "form": form,
        "today": now.date(),
    }
    return render(request, "decisions/review.html", context, status=status)
