# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of cases."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.cases import selectors
from watchword.cases.forms import FilterForm


@require(Permission.CASE_LIST)
@require_GET
def case_list(request: StaffRequest) -> HttpResponse:
    """Every case that this person may know of, by declared danger and time."""
    language = get_language() or "en"
    stages = [
        (name, title.in_language(language)) for name, title in selectors.stages_in_list(viewer=request.actor)
    ]
    form = FilterForm(request.GET or None, stages=stages)
    chosen = form.cleaned_data if form.is_valid() else {"stage": "", "mine": False, "closed": False}
    rows = selectors.case_list_page(
        viewer=request.actor, number=page_number(request.GET.get("page", "1")), **chosen
    )
    page = {"rows": rows, "form": form, "today": timezone.now().date(), "filtered": any(chosen.values())}
    return render(request, "cases/list.html", page)


def page_number(asked: str) -> int:
    """The number of the page that was asked for; anything else than a number is the first."""
    return int(asked) if asked.isascii() and asked.isdigit() else 1
