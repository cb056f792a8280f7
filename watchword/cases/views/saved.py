# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeping a choice from the list of cases, and forgetting it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.cases import services
from watchword.cases.selectors.waiting import list_of
from watchword.cases.views.lists import filter_form


@require(Permission.CASE_LIST)
@require_POST
def keep(request: StaffRequest) -> HttpResponse:
    """Keep the choice that stands in the address, and go back to its list."""
    choice = filter_form(request).choice
    number = services.keep_choice(choice, actor=request.actor)
    messages.success(
        request, _("Kept as filter %(number)d: the key %(number)d shows it.") % {"number": number}
    )
    return redirect(list_of(choice))


@require(Permission.CASE_LIST)
@require_POST
def drop(request: StaffRequest, number: int) -> HttpResponse:
    """Forget one choice."""
    services.drop_choice(number, actor=request.actor)
    messages.success(request, _("Filter %(number)d is removed.") % {"number": number})
    return redirect("cases:list")
