# SPDX-License-Identifier: AGPL-3.0-or-later
"""A request to custodians, or a glass before it is broken: shown once more, and confirmed as it was shown."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from watchword.accounts import confirming, outside
from watchword.accounts.http import StaffRequest
from watchword.accounts.rules import Actor
from watchword.custody.forms import DraftForm, packed
from watchword.custody.rules import GLASS_WORDS, seat_of
from watchword.custody.selectors import Matter
from watchword.custody.services import Draft
from watchword.custody.views.deeds import deed_of_asking


def shown_once_more(
    request: StaffRequest, one: Matter, draft: Draft, now: datetime, *, glass: bool = False
) -> HttpResponse:
    """The page that carries a draft, with what confirms it."""
    asked = confirming.asked(request, deed_of_asking(request, one, draft, glass=glass), now)
    initial = {"draft": packed(draft), "code": one.code if glass else ""}
    return _page(request, one, draft, DraftForm(initial=initial, asked=asked), glass=glass)


def confirmed(
    request: StaffRequest, one: Matter, draft: Draft, now: datetime, *, glass: bool = False
) -> Actor | HttpResponse:
    """Whoever confirmed it just then, or the same page sent back."""
    deed = deed_of_asking(request, one, draft, glass=glass)
    form = DraftForm(request.POST, asked=confirming.asked(request, deed, now))
    return confirming.confirmed(request, form, deed, now) or _page(request, one, draft, form, glass=glass)


def is_outside(request: StaffRequest) -> bool:
    """Whether the key of this custodian's seat is on a machine of their own."""
    return outside.is_outside(seat_of(request.actor) or "")


def _page(request: StaffRequest, one: Matter, draft: Draft, form: DraftForm, *, glass: bool) -> HttpResponse:
    context = {
        "form": form,
        "code": one.code,
        "wanted": draft.wanted,
        "elements": [one.elements[name] for name in draft.wanted.elements],
        "serves": GLASS_WORDS if glass else one.checks.get(draft.wanted.serves, ""),
        "glass": glass,
        "outside": glass and is_outside(request),
        "back": reverse("custody:seat") if glass else reverse("custody:case", args=[one.code]),
    }
    return render(request, "custody/confirm.html", context, status=422 if form.errors else 200)
