# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recovery: asked for and finished by somebody who cannot log in, approved and stopped by those who can."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watchword.accounts import confirming, qr, recoveries, services
from watchword.accounts.confirming import Deed
from watchword.accounts.forms_of_secrets import ApproveRecoveryForm, AskRecoveryForm, FinishRecoveryForm
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.recoveries import RecoveryRow
from watchword.accounts.rules import Permission
from watchword.core.refusals import NotFound, Refused, sentence
from watchword.journal.events import Event
from watchword.web.sentences import translated


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Begin: the phrase and the number are on the answer, and never again."""
    form = AskRecoveryForm(request.POST or None)
    if form.is_valid():
        asked = services.ask_recovery(now=timezone.now(), **form.cleaned_data)
        return render(request, "accounts/recovery_asked.html", {"asked": asked})
    return render(request, "accounts/recover.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest) -> HttpResponse:
    """End: new keys; the secret of the one-time codes is on the answer, and never again."""
    form = FinishRecoveryForm(request.POST or None)
    if form.is_valid():
        try:
            enrolment = services.finish_recovery(now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, translated(refused.reason))
        else:
            context = {"enrolment": enrolment, "picture": qr.picture(enrolment.totp_uri)}
            return render(request, "accounts/recovered.html", context)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/finish_recovery.html", {"form": form}, status=status)


@require(Permission.RECOVERY_APPROVE)
@require_safe
def waiting(request: StaffRequest) -> HttpResponse:
    """Who asks to enrol anew."""
    rows = recoveries.recoveries_for(request.actor, timezone.now())
    return render(request, "accounts/recoveries.html", {"recoveries": rows})


@require(Permission.RECOVERY_APPROVE)
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: StaffRequest, recovery: str) -> HttpResponse:
    """One of two approvals, under the number that the person said."""
    now, row = timezone.now(), _row(request, recovery)
    event = Event.RECOVERY_SECOND if row.recovery.approved_by else Event.RECOVERY_APPROVE
    deed = Deed(event, None, {"staff": row.recovery.staff_id, "key": bytes.fromhex(row.recovery.claim)})
    asked = confirming.asked(request, deed, now)
    form = ApproveRecoveryForm(request.POST or None, expected=row.recovery.number, asked=asked)
    actor = confirming.confirmed(request, form, deed, now) if form.is_bound else None
    if actor is not None:
        try:
            services.approve_recovery(uid=recovery, number=form.cleaned_data["number"], actor=actor, now=now)
        except Refused as refused:
            form.add_error(None, translated(refused.reason))
        else:
            messages.success(request, _("Your approval is in the ledger."))
            return redirect("accounts:recoveries")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/approve_recovery.html", {"row": row, "form": form}, status=status)


@require(None)
@require_POST
def stop(request: StaffRequest, recovery: str) -> HttpResponse:
    """Stop one, one's own or as an administrator another's."""
    services.stop_recovery(uid=recovery, actor=request.actor, now=timezone.now())
    messages.success(request, _("The recovery is stopped. Nothing was changed by it."))
    return redirect("desk:home")


def _row(request: StaffRequest, uid: str) -> RecoveryRow:
    for row in recoveries.recoveries_for(request.actor, timezone.now()):
        if row.recovery.pk == uid:
            return row
    raise NotFound(sentence("There is no such request any more."))
