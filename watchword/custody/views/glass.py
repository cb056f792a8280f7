# SPDX-License-Identifier: AGPL-3.0-or-later
"""Breaking the glass as a custodian, and looking at a broken one afterwards."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watchword import profiles
from watchword.accounts import confirming
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.custody import selectors, services
from watchword.custody.forms import BreakForm, ReviewForm, unpacked
from watchword.custody.views.deeds import deed_on
from watchword.custody.views.drafts import confirmed, is_outside, shown_once_more
from watchword.custody.views.seat import opened
from watchword.journal.events import Event
from watchword.web.sentences import translated


@require(Permission.RELEASE_ANSWER)
def break_glass(request: StaffRequest) -> HttpResponse:
    """What the first of two custodians asks for; shown once more before it is confirmed."""
    now = timezone.now()
    kept = [one for one in profiles.load(settings.WATCHWORD_PROFILE).compartments.values() if one.custody]
    form = BreakForm(
        request.POST if request.method == "POST" else None,
        elements=[(one.id, translated(one.title)) for one in kept],
    )
    if request.method != "POST" or not form.is_valid():
        return render(request, "custody/break.html", {"form": form}, status=422 if form.errors else 200)
    code = form.cleaned_data["code"]
    draft = services.drawn_up_glass(code=code, wanted=form.wanted(now), actor=request.actor, now=now)
    one = selectors.matter_in_custody(code, viewer=request.actor)
    return shown_once_more(request, one, draft, now, glass=True)


@require(Permission.RELEASE_ANSWER)
@require_POST
def confirm(request: StaffRequest) -> HttpResponse:
    """Break it: from now on it is loud."""
    now = timezone.now()
    draft = unpacked(request.POST.get("draft", ""))
    one = selectors.matter_in_custody(request.POST.get("code", ""), viewer=request.actor)
    actor = confirmed(request, one, draft, now, glass=True)
    if isinstance(actor, HttpResponse):
        return actor
    services.break_glass(code=one.code, draft=draft, actor=actor, now=now)
    if is_outside(request):
        messages.warning(request, _("The glass is broken. Call the other custodians: they must give theirs."))
    else:
        messages.warning(request, _("Your share is given. Call the other custodians: they must give theirs."))
    return redirect("custody:seat")


@require(Permission.RELEASE_ANSWER)
@require_POST
def review(request: StaffRequest, release: str) -> HttpResponse:
    """Say what one finds of it."""
    now = timezone.now()
    deed = deed_on(request, release, Event.IDENTITY_REVIEW)
    form = ReviewForm(request.POST, asked=confirming.asked(request, deed, now))
    actor = confirming.confirmed(request, form, deed, now)
    if actor is None:
        return opened(request, release, now, review_form=form)
    services.review(release_uid=release, words=form.cleaned_data["words"], actor=actor, now=now)
    messages.success(request, _("It is recorded that you looked at it."))
    return redirect("custody:seat")
