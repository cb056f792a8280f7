# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was proposed and decided in a case; and the reading of one proposal, which is recorded first."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from watchword.accounts import confirming
from watchword.accounts.confirming import Deed
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Actor, Permission
from watchword.cases.selectors import case_page
from watchword.decisions import reading, selectors
from watchword.decisions.forms import ReturnForm, SecondForm, VoteForm
from watchword.journal.events import Event
from watchword.vetting.selectors import evidence_page
from watchword.web.forms import WatchwordForm


@require(Permission.CASE_LIST)
@require_GET
def board(request: StaffRequest, code: str) -> HttpResponse:
    """Every proposal of the case, and what can be done now."""
    now = timezone.now()
    page = case_page(code, viewer=request.actor, now=now)
    table = selectors.board_page(code, viewer=request.actor, now=now)
    return render(request, "decisions/board.html", {"page": page, "board": table, "today": now.date()})


@require(Permission.CASE_OPEN)
@require_POST
def read(request: StaffRequest, code: str, proposal: str) -> HttpResponse:
    """Open one proposal, with its votes when all are in; shown only in the answer to this request."""
    selectors.check_in_case(proposal, code, viewer=request.actor)
    return opened(request, proposal)


def countersigning(proposal: str, actor: Actor, now: datetime) -> Deed:
    """The act of the second person, as the ledger will have it: the case, and the hash of what is signed."""
    signed, _ = selectors.proposal(proposal, viewer=actor, now=now)
    return Deed(Event.DECISION_SECOND, signed.case_id, {"action": bytes.fromhex(signed.action_hash)})


def opened(request: StaffRequest, proposal: str, **sent_back: WatchwordForm) -> HttpResponse:
    """The opened proposal with the forms that this person may fill in, or those ``sent_back`` with errors."""
    now = timezone.now()
    look = selectors.last_read(proposal, viewer=request.actor, now=now)
    read = reading.read_proposal(proposal, actor=request.actor, now=now)
    seen = {"seen": read.row.hash}
    asked = confirming.asked(request, countersigning(proposal, request.actor, now), now)
    context = {
        "page": case_page(read.code, viewer=request.actor, now=now, look=look),
        "code": read.code,
        "read": read,
        "evidence": evidence_page(read.code, viewer=request.actor),
        "today": now.date(),
        "now": now,
        "vote_form": VoteForm(initial=seen),
        "second_form": SecondForm(initial=seen, expected=read.code, asked=asked),
        "return_form": ReturnForm(),
    }
    return render(request, "decisions/proposal.html", context | sent_back, status=422 if sent_back else 200)
