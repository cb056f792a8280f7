# SPDX-License-Identifier: AGPL-3.0-or-later
"""One request for a custodian whose key is on a machine of their own: taken there, answered from there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from watchword.accounts import confirming
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Actor, Permission
from watchword.custody import selectors, services
from watchword.custody.forms import ReviewForm
from watchword.custody.views.carried import Carried
from watchword.custody.views.deeds import deed_on
from watchword.journal.events import Event
from watchword.web.into_memory import into_memory


@require(Permission.RELEASE_ANSWER)
@require_safe
def page(request: StaffRequest, release: str) -> HttpResponse:
    """What is asked for."""
    return _REQUEST.page(request, release)


@require(Permission.RELEASE_ANSWER)
@require_POST
def take(request: StaffRequest, release: str) -> HttpResponse:
    """The request as a file."""
    return _REQUEST.taken(request, release)


@csrf_exempt
@require(Permission.RELEASE_ANSWER)
@require_POST
@into_memory
def give(request: StaffRequest, release: str) -> HttpResponse:
    """Take in this seat's share, which the Desk cannot open."""
    return _REQUEST.answered(request, release, Event.IDENTITY_SHARE)


@csrf_exempt
@require(Permission.RELEASE_ANSWER)
@require_POST
@into_memory
def refuse(request: StaffRequest, release: str) -> HttpResponse:
    """Take in a refusal with its reason."""
    return _REQUEST.answered(request, release, Event.IDENTITY_REFUSE)


def _shown(request: StaffRequest, release: str, now: datetime) -> Mapping[str, Any]:
    reviewed = confirming.asked(request, deed_on(request, release, Event.IDENTITY_REVIEW), now)
    row = selectors.row_to_answer(release, viewer=request.actor, now=now)
    return {"row": row, "review_form": ReviewForm(asked=reviewed)}


def _file(request: StaffRequest, release: str, since: int, now: datetime) -> bytes:
    return services.take_request(release_uid=release, since=since, actor=request.actor, now=now)


def _take_in(release: str, *, raw: bytes, gave: bool, actor: Actor, now: datetime) -> object:
    return services.take_answer(release_uid=release, raw=raw, gave=gave, actor=actor, now=now)


_REQUEST = Carried("request", "custody/outside.html", deed_on, _shown, _file, _take_in)
