# SPDX-License-Identifier: AGPL-3.0-or-later
"""A batch before a custodian: what a program may do with how many cases, and one answer to all of it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watchword.accounts import confirming
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.custody import services
from watchword.custody.forms import GiveForm, RefuseForm
from watchword.custody.views.deeds import deed_on_batch
from watchword.custody.views.drafts import is_outside
from watchword.journal.events import Event


@require(Permission.RELEASE_ANSWER)
@require_POST
def read(request: StaffRequest, batch: str) -> HttpResponse:
    """One batch, with what the same person asked for before and why others refused."""
    return _opened(request, batch, timezone.now())


@require(Permission.RELEASE_ANSWER)
@require_POST
def give(request: StaffRequest, batch: str) -> HttpResponse:
    """Give this seat's share of everything in it, confirmed just then."""
    now = timezone.now()
    deed = deed_on_batch(request, batch, Event.IDENTITY_SHARE)
    form = GiveForm(request.POST, asked=confirming.asked(request, deed, now))
    actor = confirming.confirmed(request, form, deed, now)
    if actor is None:
        return _opened(request, batch, now, give_form=form)
    services.give_batch(batch_uid=batch, seen=form.cleaned_data["seen"], actor=actor, now=now)
    messages.success(request, _("Your share is given. It opens nothing but what was asked for."))
    return redirect("custody:seat")


@require(Permission.RELEASE_ANSWER)
@require_POST
def refuse(request: StaffRequest, batch: str) -> HttpResponse:
    """Refuse all of it for good, with a reason, confirmed just then."""
    now = timezone.now()
    deed = deed_on_batch(request, batch, Event.IDENTITY_REFUSE)
    form = RefuseForm(request.POST, asked=confirming.asked(request, deed, now), auto_id="refuse_%s")
    actor = confirming.confirmed(request, form, deed, now)
    if actor is None:
        return _opened(request, batch, now, refuse_form=form)
    typed = form.cleaned_data
    services.refuse_batch(batch_uid=batch, seen=typed["seen"], reason=typed["reason"], actor=actor, now=now)
    messages.success(request, _("Refused. Everybody who is asked for the same sees that, and why."))
    return redirect("custody:seat")


def _opened(request: StaffRequest, batch: str, now: datetime, **sent_back: Any) -> HttpResponse:
    """The batch with the forms that this person may fill in, or those sent back with errors.

    Whose key is on a machine of their own reads and answers it there.
    """
    if is_outside(request):
        if sent_back:
            messages.error(request, _("This was not confirmed. Try it once more."))
        return redirect("custody:outside_batch", batch)

    def asked(event: Event) -> Any:
        return confirming.asked(request, deed_on_batch(request, batch, event), now)

    read_now = services.read_batch(batch_uid=batch, actor=request.actor, now=now)
    seen = {"seen": read_now.row.action_hash}
    context = {
        "read": read_now,
        "row": read_now.row,
        "give_form": GiveForm(initial=seen, asked=asked(Event.IDENTITY_SHARE)),
        "refuse_form": RefuseForm(initial=seen, asked=asked(Event.IDENTITY_REFUSE), auto_id="refuse_%s"),
    }
    return render(request, "custody/batch.html", context | sent_back, status=422 if sent_back else 200)
