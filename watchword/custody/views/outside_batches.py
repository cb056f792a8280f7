# SPDX-License-Identifier: AGPL-3.0-or-later
"""One batch for a custodian whose key is on a machine of their own: taken there, answered from there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Actor, Permission
from watchword.custody import selectors, services
from watchword.custody.views.carried import Carried
from watchword.custody.views.deeds import deed_on_batch
from watchword.journal.events import Event
from watchword.web.into_memory import into_memory


@require(Permission.RELEASE_ANSWER)
@require_safe
def page(request: StaffRequest, batch: str) -> HttpResponse:
    """What is asked for; why others refused it is read on the other machine."""
    return _BATCH.page(request, batch)


@require(Permission.RELEASE_ANSWER)
@require_POST
def take(request: StaffRequest, batch: str) -> HttpResponse:
    """The batch as a file."""
    return _BATCH.taken(request, batch)


@csrf_exempt
@require(Permission.RELEASE_ANSWER)
@require_POST
@into_memory
def give(request: StaffRequest, batch: str) -> HttpResponse:
    """Take in this seat's shares, which the Desk cannot open."""
    return _BATCH.answered(request, batch, Event.IDENTITY_SHARE)


@csrf_exempt
@require(Permission.RELEASE_ANSWER)
@require_POST
@into_memory
def refuse(request: StaffRequest, batch: str) -> HttpResponse:
    """Take in a refusal of all of it, with its reason."""
    return _BATCH.answered(request, batch, Event.IDENTITY_REFUSE)


def _shown(request: StaffRequest, batch: str, now: datetime) -> Mapping[str, Any]:
    found = selectors.batch_to_answer(batch, viewer=request.actor)
    return {"row": selectors.batch_row(found, viewer=request.actor, now=now)}


def _file(request: StaffRequest, batch: str, since: int, now: datetime) -> bytes:
    return services.take_batch(batch_uid=batch, since=since, actor=request.actor, now=now)


def _take_in(batch: str, *, raw: bytes, gave: bool, actor: Actor, now: datetime) -> object:
    return services.take_batch_answer(batch_uid=batch, raw=raw, gave=gave, actor=actor, now=now)


_BATCH = Carried("batch", "custody/outside_batch.html", deed_on_batch, _shown, _file, _take_in)
