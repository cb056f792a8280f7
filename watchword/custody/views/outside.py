# SPDX-License-Identifier: AGPL-3.0-or-later
"""One request for a custodian whose key is on a machine of their own: taken there, answered from there."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from watchword.accounts import confirming
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.custody import selectors, services
from watchword.custody.forms import ReviewForm
from watchword.custody.forms_outside import AnswerForm, TakeForm
from watchword.custody.views.deeds import deed_on
from watchword.journal.events import Event
from watchword.web.into_memory import into_memory


@require(Permission.RELEASE_ANSWER)
@require_safe
def page(request: StaffRequest, release: str) -> HttpResponse:
    """What is asked for, without its words: those are read on the other machine."""
    return _page(request, release, timezone.now())


@require(Permission.RELEASE_ANSWER)
@require_POST
def take(request: StaffRequest, release: str) -> HttpResponse:
    """The request as a file."""
    form = TakeForm(request.POST)
    now = timezone.now()
    if not form.is_valid():
        return _page(request, release, now, take_form=form)
    since = form.cleaned_data["since"] or 0
    raw = services.take_request(release_uid=release, since=since, actor=request.actor, now=now)
    return as_file(raw, f"request-{release[:8]}.json")


@csrf_exempt
@require(Permission.RELEASE_ANSWER)
@require_POST
@into_memory
def give(request: StaffRequest, release: str) -> HttpResponse:
    """Take in this seat's share, which the Desk cannot open."""
    return _answer(request, release, Event.IDENTITY_SHARE)


@csrf_exempt
@require(Permission.RELEASE_ANSWER)
@require_POST
@into_memory
def refuse(request: StaffRequest, release: str) -> HttpResponse:
    """Take in a refusal with its reason."""
    return _answer(request, release, Event.IDENTITY_REFUSE)


def _answer(request: StaffRequest, release: str, event: Event) -> HttpResponse:
    now, gave = timezone.now(), event is Event.IDENTITY_SHARE
    deed = deed_on(request, release, event)
    asked = confirming.asked(request, deed, now)
    form = AnswerForm(request.POST, request.FILES, asked=asked, auto_id=IDS[event])
    actor = confirming.confirmed(request, form, deed, now)
    if actor is None:
        return _page(request, release, now, **{"give_form" if gave else "refuse_form": form})
    raw = form.cleaned_data["file"].read()
    services.take_answer(release_uid=release, raw=raw, gave=gave, actor=actor, now=now)
    if gave:
        messages.success(request, _("Your share is given. It opens nothing but what was asked for."))
    else:
        messages.success(request, _("Refused. Everybody who is asked for the same sees that, and why."))
    return redirect("custody:seat")


def as_file(raw: bytes, name: str) -> HttpResponse:
    """What the browser saves and does not show."""
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(raw, content_type="application/json", headers=named)


IDS = {Event.IDENTITY_SHARE: "give_%s", Event.IDENTITY_REFUSE: "refuse_%s"}
"""Two forms of one kind stand on one page."""


def _page(request: StaffRequest, release: str, now: datetime, **sent_back: Any) -> HttpResponse:
    def form(event: Event) -> AnswerForm:
        asked = confirming.asked(request, deed_on(request, release, event), now)
        return AnswerForm(asked=asked, auto_id=IDS[event])

    reviewed = confirming.asked(request, deed_on(request, release, Event.IDENTITY_REVIEW), now)
    context = {
        "row": selectors.row_to_answer(release, viewer=request.actor, now=now),
        "take_form": TakeForm(),
        "give_form": form(Event.IDENTITY_SHARE),
        "refuse_form": form(Event.IDENTITY_REFUSE),
        "review_form": ReviewForm(asked=reviewed),
    }
    return render(request, "custody/outside.html", context | sent_back, status=422 if sent_back else 200)
