# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two applications: what agrees and differs, both names where they were released, and the judgements."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.matching import selectors as links
from watchword.matching import services as judging
from watchword.matching.forms import LinkForm
from watchword.screening import services
from watchword.screening.side_by_side import side_by_side


@require(Permission.SCREENING_JUDGE)
@require_POST
def read(request: StaffRequest, code: str, link: str) -> HttpResponse:
    """What agrees and differs, and what was judged of it: recorded first, and only in this answer."""
    return _opened(request, code, link)


@require(Permission.SCREENING_JUDGE)
@require_POST
def sides(request: StaffRequest, code: str, link: str) -> HttpResponse:
    """Both names, where custodians released both to this person: recorded first, and kept nowhere."""
    now = timezone.now()
    found = services.open_both(link, code, actor=request.actor, now=now)
    other = links.pair(link, viewer=request.actor).beside(code)[1]
    context = {"sides": side_by_side(found), "code": code, "other": other, "now": now}
    return render(request, "screening/pair_sides.html", context)


@require(Permission.SCREENING_JUDGE)
@require_POST
def judge(request: StaffRequest, code: str, link: str) -> HttpResponse:
    """Seal a judgement, the first or the second person's."""
    pair = links.pair(link, viewer=request.actor)
    links.check_in_case(pair, code)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _opened(request, code, link, form)
    do = judging.second if pair.waits_for_second else judging.judge
    do(link_uid=link, actor=request.actor, now=timezone.now(), **form.said)
    state = links.pair(link, viewer=request.actor)
    if state.waits_for_second:
        messages.success(request, _("Sealed. A second person must look at it now."))
    elif state.link.outcome is None:
        messages.success(request, _("Sealed. You differ, so it is open again, with both reasons."))
    else:
        messages.success(request, _("Sealed. These two cases are judged."))
    return redirect("matching:case", code)


def _opened(request: StaffRequest, code: str, link: str, form: LinkForm | None = None) -> HttpResponse:
    now = timezone.now()
    opened = services.open_pair(link, code, actor=request.actor, now=now)
    context = {
        "opened": opened,
        "code": code,
        "link": link,
        "form": form or LinkForm(initial={"seen": opened.pair.newest}),
        "now": now,
    }
    return render(request, "screening/pair.html", context, status=422 if form else 200)
