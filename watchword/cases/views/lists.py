# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of cases."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.accounts.selectors import holders
from watchword.cases import selectors
from watchword.cases.forms_of_lists import FilterForm
from watchword.cases.rules import KEEPING_ROLE


@require(Permission.CASE_LIST)
@require_GET
def case_list(request: StaffRequest) -> HttpResponse:
    """Every case that this person may know of, by declared danger and time."""
    form = filter_form(request)
    today = timezone.now().date()
    page = selectors.case_list(
        viewer=request.actor, choice=form.choice, today=today, after=request.GET.get("after", "")
    )
    filtered = form.choice != selectors.Choice()
    context = {"page": page, "form": form, "today": today, "filtered": filtered}
    return render(request, "cases/list.html", context)


def filter_form(request: StaffRequest) -> FilterForm:
    """The form of the list as its address fills it in."""
    language = get_language() or "en"
    here = selectors.stages_in_list(viewer=request.actor)
    stages = [(name, title.in_language(language)) for name, title in here]
    others = holders(KEEPING_ROLE).exclude(pk=request.actor.id)
    return FilterForm(request.GET, stages=stages, staff=list(others.values_list("pk", "name")))


def page_number(asked: str) -> int:
    """The number of the page that was asked for; anything else than a number is the first."""
    return int(asked) if asked.isascii() and asked.isdigit() else 1
