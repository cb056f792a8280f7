# SPDX-License-Identifier: AGPL-3.0-or-later
"""A custodian's pages for when what protects somebody has become known outside."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.core.refusals import NotFound, WrongState
from watchword.protection import services
from watchword.protection.forms_of_compromises import EndForm, MeasureForm, ReportForm, RuleForm
from watchword.web.sentences import translated


@require(Permission.COMPROMISE_ANSWER)
def report(request: StaffRequest) -> HttpResponse:
    """Something has become known of somebody; the code is typed, for a custodian has no list of cases."""
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "protection/report.html", {"form": form}, status=422 if form.errors else 200)
    try:
        begun = services.report(**form.cleaned_data, actor=request.actor, now=timezone.now())
    except (NotFound, WrongState) as refused:
        # A code that was mistyped must not lose a report that somebody wrote in haste.
        form.add_error(None, translated(refused.reason))
        return render(request, "protection/report.html", {"form": form}, status=422)
    messages.success(request, _("Written down and sealed. The keeper of the case reads which rule holds."))
    return _read(request, begun.uid)


@require(Permission.COMPROMISE_ANSWER)
@require_POST
def read(request: StaffRequest, compromise: str) -> HttpResponse:
    """Everything that was said of it, opened and recorded; shown only in the answer to this request."""
    return _read(request, compromise)


@require(Permission.COMPROMISE_ANSWER)
@require_POST
def rule(request: StaffRequest, compromise: str) -> HttpResponse:
    """Another rule holds."""
    return _done(request, compromise, "rule_form", RuleForm(request.POST), services.set_rule)


@require(Permission.COMPROMISE_ANSWER)
@require_POST
def settle(request: StaffRequest, compromise: str) -> HttpResponse:
    """A measure was taken, or is not needed."""
    return _done(request, compromise, "measure_form", MeasureForm(request.POST), services.settle)


@require(Permission.COMPROMISE_ANSWER)
@require_POST
def end(request: StaffRequest, compromise: str) -> HttpResponse:
    """Nothing is left to do."""
    return _done(request, compromise, "end_form", EndForm(request.POST), services.end)


def _done(request: StaffRequest, compromise: str, name: str, form: Form, act: Any) -> HttpResponse:
    """Do what was typed, and show everything as it is now; or show the form again with what was typed."""
    if form.is_valid():
        try:
            act(uid=compromise, **form.cleaned_data, actor=request.actor, now=timezone.now())
        except WrongState as refused:
            form.add_error(None, translated(refused.reason))
        else:
            messages.success(request, _("Written down and sealed."))
            return _read(request, compromise)
    return _read(request, compromise, **{name: form})


def _read(request: StaffRequest, compromise: str, **sent_back: Form) -> HttpResponse:
    found = services.read(uid=compromise, actor=request.actor, now=timezone.now())
    forms = {"rule_form": RuleForm(), "measure_form": MeasureForm(left=found.left), "end_form": EndForm()}
    context = {"answered": found, "row": found.row, **forms, **sent_back}
    return render(request, "protection/compromise.html", context, status=422 if sent_back else 200)
