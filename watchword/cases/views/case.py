# SPDX-License-Identifier: AGPL-3.0-or-later
"""The workbench of one case, and its steps."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.cases import selectors, services
from watchword.cases.forms import MoveForm, StaffForm
from watchword.core.refusals import NotFound, sentence


@require(Permission.CASE_LIST)
@require_GET
def case(request: StaffRequest, code: str) -> HttpResponse:
    """One case: its timeline, its compartments, and the work on it."""
    now = timezone.now()
    found = selectors.find(code, viewer=request.actor)
    look = services.note_look(case=found, actor=request.actor, now=now)
    page = selectors.page_of(found, viewer=request.actor, now=now, look=look)
    people = {"people_form": StaffForm(people=page.people.candidates)} if page.people.candidates else {}
    return render(request, "cases/case.html", {"page": page, "today": now.date(), **people})


@require(Permission.CASE_STAGE)
def move(request: StaffRequest, code: str, action: str) -> HttpResponse:
    """Confirm a step, then take it."""
    now = timezone.now()
    page = selectors.case_page(code, viewer=request.actor, now=now)
    way = next((row for row in page.exits if row.action == action), None)
    if way is None:
        raise NotFound(sentence("The case is not in a stage where this can be done."))
    form = MoveForm(
        request.POST or None, ends=way.ends, expected=page.code, initial={"version": page.version}
    )
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {"page": page, "way": way, "form": form, "today": now.date()}
        return render(request, "cases/move.html", context, status=status)
    services.move_stage(
        case_uid=page.uid,
        action=action,
        actor=request.actor,
        expected_version=form.cleaned_data["version"],
        now=now,
    )
    messages.success(request, _("Done. The case %(code)s has moved on.") % {"code": page.code})
    # The next stage may be none of this person's business, and then its page does not exist for them.
    still_seen = selectors.visible_cases(request.actor).filter(code=code).exists()
    return redirect("cases:case", code) if still_seen else redirect("cases:list")
