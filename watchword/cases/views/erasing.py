# SPDX-License-Identifier: AGPL-3.0-or-later
"""Destroying what is sealed in an ended case: asked for by one person, done by another."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watchword.accounts import confirming
from watchword.accounts.confirming import Deed
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.cases import selectors, services
from watchword.cases.forms import AskErasureForm, EraseForm
from watchword.cases.selectors import ErasePage
from watchword.journal.events import Event
from watchword.web.forms import WatchwordForm


@require(Permission.CASE_STAGE)
def erase(request: StaffRequest, code: str) -> HttpResponse:
    """Ask for the second person; or, as that person, destroy what is sealed."""
    now = timezone.now()
    page = selectors.erase_page(code, viewer=request.actor, today=now.date())
    if page.why_not or page.is_mine:
        return _shown(request, page, None)
    return _ask(request, page, now) if page.may_ask else _erase(request, page, now)


def _ask(request: StaffRequest, page: ErasePage, now: datetime) -> HttpResponse:
    form = AskErasureForm(request.POST or None, expected=page.code)
    if not form.is_valid():
        return _shown(request, page, form)
    services.ask_erasure(case_uid=page.uid, actor=request.actor, now=now)
    messages.success(
        request, _("Asked for. Somebody else who knows of %(code)s must erase it.") % {"code": page.code}
    )
    return redirect("cases:case", page.code)


def _erase(request: StaffRequest, page: ErasePage, now: datetime) -> HttpResponse:
    deed = Deed(Event.SHRED, page.uid, page.public)
    asked = confirming.asked(request, deed, now)
    form = EraseForm(request.POST or None, expected=page.code, asked=asked)
    actor = confirming.confirmed(request, form, deed, now)
    if actor is None:
        return _shown(request, page, form)
    services.erase_case(case_uid=page.uid, actor=actor, now=now)
    messages.success(request, _("Everything that was sealed in %(code)s is erased.") % {"code": page.code})
    return redirect("cases:case", page.code)


@require(Permission.CASE_STAGE)
@require_POST
def drop(request: StaffRequest, code: str) -> HttpResponse:
    """Keep what is sealed: nothing waits for a second person any more."""
    now = timezone.now()
    page = selectors.erase_page(code, viewer=request.actor, today=now.date())
    services.drop_erasure(case_uid=page.uid, actor=request.actor, now=now)
    messages.success(request, _("Nothing of %(code)s is erased for now.") % {"code": page.code})
    return redirect("cases:case", page.code)


def _shown(request: StaffRequest, page: ErasePage, form: WatchwordForm | None) -> HttpResponse:
    status = 422 if form and form.errors else 200
    return render(request, "cases/erase.html", {"page": page, "form": form}, status=status)
