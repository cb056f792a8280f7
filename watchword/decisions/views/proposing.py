# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing a proposal beside the evidence, and taking one back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.cases.selectors import case_page
from watchword.core.refusals import WrongState
from watchword.decisions import selectors, services
from watchword.decisions.forms import Draft, Words
from watchword.decisions.selectors import BoardPage
from watchword.vetting.selectors import evidence_page
from watchword.web.sentences import translated


@require(Permission.DECISION_PROPOSE)
def propose(request: StaffRequest, code: str) -> HttpResponse:
    """Write a proposal; what was typed stays on the page until it is accepted."""
    board = selectors.board_page(code, viewer=request.actor, now=timezone.now())
    if request.method != "POST" or "more" in request.POST:
        return _page(request, board, Draft.open(request.POST, _words(board)))
    draft = Draft.sent(request.POST, _words(board))
    if not draft.is_valid() or not _is_proposed(request, board, draft):
        return _page(request, board, draft, status=422)
    messages.success(request, _("The proposal is sealed and lies before the board."))
    return redirect("decisions:board", board.code)


@require(Permission.DECISION_PROPOSE)
@require_POST
def withdraw(request: StaffRequest, code: str, proposal: str) -> HttpResponse:
    """Take a proposal back while the board is voting."""
    selectors.check_in_case(proposal, code, viewer=request.actor)
    services.withdraw(proposal_uid=proposal, actor=request.actor, now=timezone.now())
    messages.success(request, _("The proposal is withdrawn. The votes that were cast stay sealed."))
    return redirect("decisions:board", code)


def _is_proposed(request: StaffRequest, board: BoardPage, draft: Draft) -> bool:
    """What the law refuses stands on the page like any other error, and nothing that was typed is lost."""
    try:
        services.propose(case_uid=board.uid, actor=request.actor, now=timezone.now(), **draft.written)
    except WrongState as refused:
        draft.form.add_error(None, translated(refused.reason))
        return False
    return True


def _words(board: BoardPage) -> Words:
    language = get_language() or "en"
    return Words(
        outcomes=[(one.id, one.title.in_language(language)) for one in board.outcomes],
        guidelines=[
            (one.code, f"{one.code} · {one.title.in_language(language)}") for one in board.guidelines
        ],
        sources=[(name, title.in_language(language)) for name, title in board.sources],
    )


def _page(request: StaffRequest, board: BoardPage, draft: Draft, status: int = 200) -> HttpResponse:
    now = timezone.now()
    context = {
        "page": case_page(board.code, viewer=request.actor, now=now),
        "board": board,
        "evidence": evidence_page(board.code, viewer=request.actor),
        "form": draft.form,
        "grounds": draft.grounds,
        "today": now.date(),
    }
    return render(request, "decisions/propose.html", context, status=status)
