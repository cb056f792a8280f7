# SPDX-License-Identifier: AGPL-3.0-or-later
"""A call of an applicant: take it, read it, answer it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.cases import selectors, services


@require(Permission.CASE_MESSAGE)
@require_GET
def call(request: StaffRequest, call: str) -> HttpResponse:
    """One call, unopened: who has taken it, and what can be done."""
    return _page(request, call)


@require(Permission.CASE_MESSAGE)
@require_POST
def take(request: StaffRequest, call: str) -> HttpResponse:
    """Say that I see to it."""
    services.take_call(call_uid=call, actor=request.actor, now=timezone.now())
    return redirect("cases:call", call)


@require(Permission.CASE_OPEN)
@require_POST
def read(request: StaffRequest, call: str) -> HttpResponse:
    """Open what was written: recorded first, then shown, and only in the answer to this request."""
    now = timezone.now()
    opened = services.open_call(call_uid=call, actor=request.actor, now=now)
    return _page(request, call, opened=opened, now=now)


@require(Permission.CASE_MESSAGE)
@require_POST
def answer(request: StaffRequest, call: str) -> HttpResponse:
    """Send the letter that belongs to what was read."""
    letter = request.POST.get("letter", "")
    services.answer_call(call_uid=call, letter=letter, actor=request.actor, now=timezone.now())
    messages.success(request, _("The letter is sealed and waits for the courier."))
    return redirect("cases:call", call)


def _page(request: StaffRequest, call: str, **opened: object) -> HttpResponse:
    row = selectors.call_row(call, viewer=request.actor)
    # The page of the case may be none of this person's business in the stage where it stands.
    seen = selectors.visible_cases(request.actor).filter(code=row.code).exists()
    return render(request, "cases/call.html", {"row": row, "case_seen": seen, "code": row.code, **opened})
