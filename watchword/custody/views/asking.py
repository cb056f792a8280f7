# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking custodians in one case: what was asked so far, and what is wanted, shown and confirmed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.custody import selectors, services
from watchword.custody.forms import AskForm, unpacked
from watchword.custody.rules import checks_for
from watchword.custody.views.drafts import confirmed, shown_once_more
from watchword.web.sentences import translated


@require(Permission.RELEASE_ASK)
@require_GET
def case(request: StaffRequest, code: str) -> HttpResponse:
    """What custodians hold of this case, and every request with its fate."""
    page = selectors.case_page(code, viewer=request.actor, now=timezone.now())
    return render(request, "custody/case.html", {"page": page})


@require(Permission.RELEASE_ASK)
def ask(request: StaffRequest, code: str) -> HttpResponse:
    """What is wanted; shown once more before it is confirmed."""
    now = timezone.now()
    one = selectors.matter_by_code(code, viewer=request.actor)
    allowed = checks_for(request.actor, one.checks)
    form = AskForm(
        request.POST if request.method == "POST" else None,
        elements=[(name, translated(title)) for name, title in one.elements_for(request.actor).items()],
        checks=[(name, translated(title)) for name, title in one.checks.items() if name in allowed],
        # A link from another room says what its check needs.
        initial={"elements": request.GET.getlist("elements"), "serves": request.GET.get("serves", "")},
    )
    if request.method != "POST" or not form.is_valid():
        page = selectors.case_page(code, viewer=request.actor, now=now)
        context = {"page": page, "form": form}
        return render(request, "custody/ask.html", context, status=422 if form.errors else 200)
    draft = services.drawn_up(case_uid=one.uid, wanted=form.wanted(now), actor=request.actor, now=now)
    return shown_once_more(request, one, draft, now)


@require(Permission.RELEASE_ASK)
@require_POST
def confirm(request: StaffRequest, code: str) -> HttpResponse:
    """Put it before the custodians."""
    now = timezone.now()
    one = selectors.matter_by_code(code, viewer=request.actor)
    draft = unpacked(request.POST.get("draft", ""))
    actor = confirmed(request, one, draft, now)
    if isinstance(actor, HttpResponse):
        return actor
    services.ask(case_uid=one.uid, draft=draft, actor=actor, now=now)
    messages.success(request, _("The custodians have it now. Each of them decides alone."))
    return redirect("custody:case", code)


@require(Permission.RELEASE_ASK)
@require_POST
def why(request: StaffRequest, release: str) -> HttpResponse:
    """What one asked for in words, and why custodians refused it; opened, recorded, and kept nowhere."""
    found = services.read_own(release_uid=release, actor=request.actor, now=timezone.now())
    return render(request, "custody/why.html", {"read": found, "row": found.row})
