# SPDX-License-Identifier: AGPL-3.0-or-later
"""One batch for a custodian whose key is on a machine of their own: taken there, answered from there."""

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
from watchword.custody.forms_outside import AnswerForm, TakeForm
from watchword.custody.views.deeds import deed_on_batch
from watchword.custody.views.outside import IDS, as_file
from watchword.journal.events import Event
from watchword.web.into_memory import into_memory


@require(Permission.RELEASE_ANSWER)
@require_safe
def page(request: StaffRequest, batch: str) -> HttpResponse:
    """What is asked for; why others refused it is read on the other machine."""
    return _page(request, batch, timezone.now())


@require(Permission.RELEASE_ANSWER)
@require_POST
def take(request: StaffRequest, batch: str) -> HttpResponse:
    """The batch as a file."""
    form = TakeForm(request.POST)
    now = timezone.now()
    if not form.is_valid():
        return _page(request, batch, now, take_form=form)
    since = form.cleaned_data["since"] or 0
    raw = services.take_batch(batch_uid=batch, since=since, actor=request.actor, now=now)
    return as_file(raw, f"batch-{batch[:8]}.json")


@csrf_exempt
@require(Permission.RELEASE_ANSWER)
@require_POST
@into_memory
def give(request: StaffRequest, batch: str) -> HttpResponse:
    """Take in this seat's shares, which the Desk cannot open."""
    return _answer(request, batch, Event.IDENTITY_SHARE)


@csrf_exempt
@require(Permission.RELEASE_ANSWER)
@require_POST
@into_memory
def refuse(request: StaffRequest, batch: str) -> HttpResponse:
    """Take in a refusal of all of it, with its reason."""
    return _answer(request, batch, Event.IDENTITY_REFUSE)


def _answer(request: StaffRequest, batch: str, event: Event) -> HttpResponse:
    now, gave = timezone.now(), event is Event.IDENTITY_SHARE
    deed = deed_on_batch(request, batch, event)
    asked = confirming.asked(request, deed, now)
    form = AnswerForm(request.POST, request.FILES, asked=asked, auto_id=IDS[event])
    actor = confirming.confirmed(request, form, deed, now)
    if actor is None:
        return _page(request, batch, now, **{"give_form" if gave else "refuse_form": form})
    raw = form.cleaned_data["file"].read()
    services.take_batch_answer(batch_uid=batch, raw=raw, gave=gave, actor=actor, now=now)
    if gave:
        messages.success(request, _("Your share is given. It opens nothing but what was asked for."))
    else:
        messages.success(request, _("Refused. Everybody who is asked for the same sees that, and why."))
    return redirect("custody:seat")


def _page(request: StaffRequest, batch: str, now: datetime, **sent_back: Any) -> HttpResponse:
    def form(event: Event) -> AnswerForm:
        asked = confirming.asked(request, deed_on_batch(request, batch, event), now)
        return AnswerForm(asked=asked, auto_id=IDS[event])

    found = selectors.batch_to_answer(batch, viewer=request.actor)
    context = {
        "row": selectors.batch_row(found, viewer=request.actor, now=now),
        "take_form": TakeForm(),
        "give_form": form(Event.IDENTITY_SHARE),
        "refuse_form": form(Event.IDENTITY_REFUSE),
    }
    return render(
        request, "custody/outside_batch.html", context | sent_back, status=422 if sent_back else 200
    )
