# SPDX-License-Identifier: AGPL-3.0-or-later
"""A dossier on its pages: chosen, looked at, asked for, signed by a second person, taken once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from watchword.accounts import confirming
from watchword.accounts.confirming import Deed
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.cases import selectors as cases
from watchword.decisions.dossier import selectors, services, taking
from watchword.decisions.dossier.contents import open_contents
from watchword.decisions.dossier.selectors import DossierPage
from watchword.decisions.forms import SecondForm
from watchword.decisions.forms_of_dossiers import AskForm, PartsForm
from watchword.journal.events import Event
from watchword.web.sentences import translated


@require(Permission.DOSSIER_ASK)
@require_GET
def page(request: StaffRequest, code: str) -> HttpResponse:
    """What could go into a dossier of this case, and what waits."""
    return _shown(request, code)


@require(Permission.DOSSIER_ASK)
@require_POST
def preview(request: StaffRequest, code: str) -> HttpResponse:
    """Open what was chosen, each record in the ledger first; shown only in the answer to this request."""
    now = timezone.now()
    found = selectors.dossier_page(code, viewer=request.actor, now=now)
    form = PartsForm(request.POST, parts=_choices(found))
    if not form.is_valid():
        return _shown(request, code, form=form)
    chosen, purpose = form.cleaned_data["compartments"], form.cleaned_data["purpose"]
    contents = open_contents(
        case_uid=found.uid, compartments=chosen, actor=request.actor, now=now, language=get_language() or "en"
    )
    seen = {"compartments": chosen, "purpose": purpose, "seen": ",".join(contents.records)}
    asking = AskForm(initial=seen, parts=_choices(found))
    context = {"code": found.code, "contents": contents, "form": asking, "now": now, "today": now.date()}
    return render(request, "decisions/dossier_preview.html", context)


@require(Permission.DOSSIER_ASK)
@require_POST
def ask(request: StaffRequest, code: str) -> HttpResponse:
    """Put what was looked at before a second person."""
    now = timezone.now()
    found = selectors.dossier_page(code, viewer=request.actor, now=now)
    form = AskForm(request.POST, parts=_choices(found))
    if not form.is_valid():
        return redirect("decisions:dossier", code)
    written = form.cleaned_data | {"seen": form.cleaned_data["seen"].split(",")}
    services.ask(case_uid=found.uid, actor=request.actor, now=now, **written)
    messages.success(request, _("It waits for a second signature now."))
    return redirect("decisions:dossier", code)


@require(Permission.DOSSIER_SIGN)
@require_POST
def sign(request: StaffRequest, code: str) -> HttpResponse:
    """The second person lets it leave."""
    now = timezone.now()
    found = selectors.dossier_page(code, viewer=request.actor, now=now)
    deed = _signing(found)
    form = SecondForm(request.POST, expected=found.code, asked=confirming.asked(request, deed, now))
    actor = confirming.confirmed(request, form, deed, now)
    if actor is None:
        return _shown(request, code, sign_form=form)
    services.sign(case_uid=found.uid, seen=form.cleaned_data["seen"], actor=actor, now=now)
    messages.success(request, _("Signed. Whoever asked can take it within a day."))
    return redirect("decisions:dossier", code)


@require(Permission.DOSSIER_ASK)
@require_POST
def take(request: StaffRequest, code: str) -> HttpResponse:
    """The PDF, marked for this reader, once."""
    case = cases.find(code, viewer=request.actor)
    made = taking.take(
        case_uid=case.uid, actor=request.actor, now=timezone.now(), language=get_language() or "en"
    )
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{case.code}.pdf"'
    return answer


@require(Permission.DOSSIER_ASK)
@require_POST
def drop(request: StaffRequest, code: str) -> HttpResponse:
    """Nothing leaves."""
    case = cases.find(code, viewer=request.actor)
    services.drop(case_uid=case.uid, actor=request.actor, now=timezone.now())
    messages.success(request, _("The dossier is dropped. Nothing has left."))
    return redirect("decisions:dossier", code)


def _shown(request: StaffRequest, code: str, **sent_back: Any) -> HttpResponse:
    now = timezone.now()
    found = selectors.dossier_page(code, viewer=request.actor, now=now)
    context = {"dossier": found, "form": PartsForm(parts=_choices(found)), "now": now}
    if found.waiting and found.waiting.why_not_sign is None:
        asked = confirming.asked(request, _signing(found), now)
        initial = {"seen": found.waiting.action_hash}
        context["sign_form"] = SecondForm(initial=initial, expected=found.code, asked=asked)
    return render(request, "decisions/dossier.html", context | sent_back, status=422 if sent_back else 200)


def _signing(found: DossierPage) -> Deed:
    """The act of the second person as the ledger will have it."""
    signed = found.waiting.action_hash if found.waiting else "00" * 32
    return Deed(Event.EXPORT, found.uid, {"action": bytes.fromhex(signed)})


def _choices(found: DossierPage) -> list[tuple[str, str]]:
    return [(one.id, translated(one.title)) for one in found.parts if one.why_not is None and one.records]
