# SPDX-License-Identifier: AGPL-3.0-or-later
"""Screening in one case: the page in codes, and the hand-over to vetting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.screening import selectors, services
from watchword.screening.forms import HandOverForm
from watchword.screening.selectors import CasePage
from watchword.web.templatetags.words import say


@require(Permission.SCREENING_RUN)
@require_GET
def case(request: StaffRequest, code: str) -> HttpResponse:
    """What was compared and found, without a name."""
    page = selectors.case_page(code, viewer=request.actor, now=timezone.now())
    return render(request, "screening/case.html", {"page": page})


@require(Permission.SCREENING_RUN)
def hand_over(request: StaffRequest, code: str) -> HttpResponse:
    """Tell vetting, in the officer's own words."""
    page = selectors.case_page(code, viewer=request.actor, now=timezone.now())
    one = selectors.matter_by_code(code, viewer=request.actor)
    typed = request.POST if request.method == "POST" else None
    form = HandOverForm(typed, profile=one.profile, initial=_beginning(page))
    if request.method != "POST" or not form.is_valid():
        context = {"page": page, "form": form, "result": selectors.result_words(one)}
        return render(request, "screening/hand_over.html", context, status=422 if form.errors else 200)
    services.hand_over(case_uid=one.uid, actor=request.actor, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Vetting has been told."))
    return redirect("screening:case", code)


def _beginning(page: CasePage) -> dict[str, str]:
    """Where nobody was found there is one thing to say, and the officer need not write it each time."""
    if page.hits or not page.runs:
        return {}
    lists = [
        _("%(list)s, version %(version)s") % {"list": say(one), "version": number}
        for one, number in page.runs[0].lists
    ]
    text = _("Compared with: %(lists)s. Nobody there resembles the applicant enough to be looked at.")
    return {"facts": text % {"lists": "; ".join(lists)}, "bearing": "neither"}
