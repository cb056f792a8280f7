# SPDX-License-Identifier: AGPL-3.0-or-later
"""An administrator says that a seat is distrusted, another confirms it, and one of them ends it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from watchword.accounts import confirming
from watchword.accounts.confirming import Deed
from watchword.accounts.forms_of_secrets import ConfirmedForm
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.custody import selectors, services
from watchword.custody.forms_splitting import DistrustForm
from watchword.custody.selectors import DistrustPage
from watchword.journal.events import Event
from watchword.web.templatetags.words import say


@require(Permission.RESPLIT_PROPOSE)
@require_GET
def distrust(request: StaffRequest) -> HttpResponse:
    """What is proposed or goes on, and the seats."""
    return _page(request, timezone.now())


@require(Permission.RESPLIT_PROPOSE)
@require_POST
def propose(request: StaffRequest) -> HttpResponse:
    """Say which seats are distrusted."""
    now = timezone.now()
    form = _form(selectors.distrust_page(viewer=request.actor, now=now), request.POST)
    if not form.is_valid():
        return _page(request, now, form=form)
    services.propose_resplit(**form.cleaned_data, actor=request.actor, now=now)
    messages.success(request, _("Proposed. Another administrator has to confirm it."))
    return redirect("custody:distrust")


@require(Permission.RESPLIT_PROPOSE)
@require_POST
def confirm(request: StaffRequest, splitting: str) -> HttpResponse:
    """Agree as the second administrator, confirmed just then."""
    now = timezone.now()
    deed = _deed(request, splitting)
    form = ConfirmedForm(request.POST, asked=confirming.asked(request, deed, now))
    actor = confirming.confirmed(request, form, deed, now)
    if actor is None:
        return _page(request, now, confirm_form=form)
    services.confirm_resplit(uid=splitting, actor=actor, now=now)
    messages.success(request, _("Confirmed. Custodians of other seats can have it split anew now."))
    return redirect("custody:distrust")


@require(Permission.RESPLIT_PROPOSE)
@require_POST
def drop(request: StaffRequest, splitting: str) -> HttpResponse:
    """Not after all."""
    services.drop_resplit(uid=splitting, actor=request.actor, now=timezone.now())
    messages.success(request, _("Dropped. Nothing was changed."))
    return redirect("custody:distrust")


@require(Permission.RESPLIT_PROPOSE)
@require_POST
def finish(request: StaffRequest, splitting: str) -> HttpResponse:
    """Nothing is left."""
    services.end_resplit(uid=splitting, actor=request.actor, now=timezone.now())
    messages.success(request, _("Ended. No share of before opens anything that lies here."))
    return redirect("custody:distrust")


def _deed(request: StaffRequest, splitting: str) -> Deed:
    one = selectors.ceremony(splitting, viewer=request.actor)
    return Deed(Event.RESPLIT_CONFIRM, None, one.public)


def _form(page: DistrustPage, posted: Any = None) -> DistrustForm:
    choices = [
        (seat, f"{say(title)}: {who}" if who else f"{say(title)}: {_('nobody')}")
        for seat, title, who in page.choices
    ]
    return DistrustForm(posted, choices=choices)


def _page(request: StaffRequest, now: datetime, **sent_back: Any) -> HttpResponse:
    page = selectors.distrust_page(viewer=request.actor, now=now)
    context: dict[str, Any] = {"page": page, "form": _form(page)}
    if page.proposed and page.proposed.why_not_confirm is None:
        asked = confirming.asked(request, _deed(request, page.proposed.uid), now)
        context["confirm_form"] = ConfirmedForm(asked=asked)
    return render(request, "custody/distrust.html", context | sent_back, status=422 if sent_back else 200)
