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
from watchword.cases.forms_of_saved import in_words
from watchword.cases.rules import KEEPING_ROLE
from watchword.cases.rules.several import ACTS, acts_of


@require(Permission.CASE_LIST)
@require_GET
def case_list(request: StaffRequest) -> HttpResponse:
    """Every case that this person may know of, by declared danger and time."""
    options = offered(request)
    form = FilterForm(request.GET, **options)
    today = timezone.now().date()
    page = selectors.case_list(
        viewer=request.actor, choice=form.choice, today=today, after=request.GET.get("after", "")
    )
    filtered = form.choice != selectors.Choice()
    kept = selectors.saved_choices(request.actor, today=today)
    filters = {
        "saved": [(one, in_words(FilterForm(vars(one.choice), **options))) for one in kept],
        "present": next((one.number for one in kept if filtered and one.choice == form.choice), None),
        "free_number": selectors.free_number(kept),
    }
    acts = [] if form.choice.closed else [(act, ACTS[act]) for act in acts_of(request.actor)]
    context = {"page": page, "form": form, "today": today, "filtered": filtered, "acts": acts, **filters}
    return render(request, "cases/list.html", context)


def filter_form(request: StaffRequest) -> FilterForm:
    """The form of the list as its address fills it in."""
    return FilterForm(request.GET, **offered(request))


def offered(request: StaffRequest) -> dict[str, list[tuple[str, str]]]:
    """What this person can choose from: the stages they know of, and the keepers besides themselves."""
    language = get_language() or "en"
    here = selectors.stages_in_list(viewer=request.actor)
    others = holders(KEEPING_ROLE).exclude(pk=request.actor.id)
    return {
        "stages": [(name, title.in_language(language)) for name, title in here],
        "staff": list(others.values_list("pk", "name")),
    }


def page_number(asked: str) -> int:
    """The number of the page that was asked for; anything else than a number is the first."""
    return int(asked) if asked.isascii() and asked.isdigit() else 1
