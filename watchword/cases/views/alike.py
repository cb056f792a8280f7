# SPDX-License-Identifier: AGPL-3.0-or-later
"""Applications that are nearly the same: looking for them, and each group case by case."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.cases import selectors, services
from watchword.cases.views.lists import page_number


@require(Permission.ALIKE_COMPARE)
@require_GET
def overview(request: StaffRequest) -> HttpResponse:
    """How far the comparison is, and the groups that it has found."""
    return render(request, "cases/alike.html", {"page": selectors.alike_page(viewer=request.actor)})


@require(Permission.ALIKE_COMPARE)
@require_POST
def compare(request: StaffRequest) -> HttpResponse:
    """Compare the next applications; the page shows how far it is, and goes on from there."""
    done = services.compare_next(actor=request.actor, now=timezone.now())
    text = ngettext("%(count)d application compared.", "%(count)d applications compared.", done.done)
    messages.success(request, text % {"count": done.done})
    if done.unread:
        text = ngettext(
            "%(count)d application could not be read whole and stands by itself. Open it to see why.",
            "%(count)d applications could not be read whole and stand by themselves. Open them to see why.",
            done.unread,
        )
        messages.warning(request, text % {"count": done.unread})
    return redirect("cases:alike")


@require(Permission.ALIKE_COMPARE)
@require_GET
def group(request: StaffRequest, code: str) -> HttpResponse:
    """One group, opened to its members."""
    number = page_number(request.GET.get("page", "1"))
    return render(
        request,
        "cases/alike_group.html",
        {"page": selectors.group_page(code, viewer=request.actor, number=number)},
    )


@require(Permission.ALIKE_COMPARE)
@require_POST
def apart(request: StaffRequest, code: str) -> HttpResponse:
    """Take one application out of its group, for good; back to the others, if there are any."""
    case = selectors.find(code, viewer=request.actor)
    services.set_apart(case_uid=case.uid, actor=request.actor, now=timezone.now())
    messages.success(request, _("%(code)s stands by itself from now on.") % {"code": case.code})
    other = selectors.beside(code, viewer=request.actor)
    return redirect("cases:alike_group", other) if other else redirect("cases:alike")
