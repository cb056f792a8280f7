# SPDX-License-Identifier: AGPL-3.0-or-later
"""A custodian's pages: what waits for this seat, one request in words, and the answer to it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from watchword.accounts import confirming
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.custody import selectors, services
from watchword.custody.forms import GiveForm, RefuseForm, ReviewForm
from watchword.custody.views.deeds import deed_on
from watchword.custody.views.drafts import is_outside
from watchword.journal.events import Event


@require(Permission.RELEASE_ANSWER)
@require_GET
def seat(request: StaffRequest) -> HttpResponse:
    """What waits for my share."""
    page = selectors.seat_page(viewer=request.actor, now=timezone.now())
    return render(request, "custody/seat.html", {"page": page})


@require(Permission.RELEASE_ANSWER)
@require_POST
def read(request: StaffRequest, release: str) -> HttpResponse:
    """One request with its reason, opened and recorded; shown only in the answer to this request."""
    return opened(request, release, timezone.now())


@require(Permission.RELEASE_ANSWER)
@require_POST
def give(request: StaffRequest, release: str) -> HttpResponse:
    """Give this seat's share, confirmed just then."""
    now = timezone.now()
    deed = deed_on(request, release, Event.IDENTITY_SHARE)
    form = GiveForm(request.POST, asked=confirming.asked(request, deed, now))
    actor = confirming.confirmed(request, form, deed, now)
    if actor is None:
        return opened(request, release, now, give_form=form)
    services.give(release_uid=release, seen=form.cleaned_data["seen"], actor=actor, now=now)
    messages.success(request, _("Your share is given. It opens nothing but what was asked for."))
    return redirect("custody:seat")


@require(Permission.RELEASE_ANSWER)
@require_POST
def refuse(request: StaffRequest, release: str) -> HttpResponse:
    """Refuse for good, with a reason, confirmed just then."""
    now = timezone.now()
    deed = deed_on(request, release, Event.IDENTITY_REFUSE)
    form = RefuseForm(request.POST, asked=confirming.asked(request, deed, now), auto_id="refuse_%s")
    actor = confirming.confirmed(request, form, deed, now)
    if actor is None:
        return opened(request, release, now, refuse_form=form)
    typed = form.cleaned_data
    services.refuse(release_uid=release, seen=typed["seen"], reason=typed["reason"], actor=actor, now=now)
    messages.success(request, _("Refused. Everybody who is asked for the same sees that, and why."))
    return redirect("custody:seat")


def opened(request: StaffRequest, release: str, now: datetime, **sent_back: Any) -> HttpResponse:
    """The request in words with the forms that this person may fill in, or those sent back with errors.

    Whose key is on a machine of their own reads it there.
    """
    if is_outside(request):
        if sent_back:
            messages.error(request, _("This was not confirmed. Try it once more."))
        return redirect("custody:outside", release)

    def asked(event: Event) -> Any:
        return confirming.asked(request, deed_on(request, release, event), now)

    found = services.read(release_uid=release, actor=request.actor, now=now)
    seen = {"seen": found.row.action_hash}
    context = {
        "read": found,
        "row": found.row,
        "give_form": GiveForm(initial=seen, asked=asked(Event.IDENTITY_SHARE)),
        "refuse_form": RefuseForm(initial=seen, asked=asked(Event.IDENTITY_REFUSE), auto_id="refuse_%s"),
        "review_form": ReviewForm(asked=asked(Event.IDENTITY_REVIEW)),
    }
    return render(request, "custody/request.html", context | sent_back, status=422 if sent_back else 200)
