# SPDX-License-Identifier: AGPL-3.0-or-later
"""The procedure of one case: its stages as a drawing and a table, and the way to a newer version."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.cases import services
from watchword.cases.forms import VersionForm
from watchword.cases.selectors.versions import ProcedurePage, procedure_page, steps_of
from watchword.core.procedure.drawing import states_svg
from watchword.core.refusals import WrongState, sentence


@require(Permission.CASE_LIST)
@require_GET
def procedure(request: StaffRequest, code: str) -> HttpResponse:
    """Where the case stands in its procedure, and what a newer version would change."""
    return _shown(request, procedure_page(code, viewer=request.actor, now=timezone.now()))


@require(Permission.CASE_STAGE)
@require_POST
def change(request: StaffRequest, code: str) -> HttpResponse:
    """Take the case over, or propose it to a second person when something is lost."""
    now = timezone.now()
    page = procedure_page(code, viewer=request.actor, now=now)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _shown(request, page, form=form, status=422)
    done = services.change_version(case_uid=page.uid, actor=request.actor, seen=form.seen, now=now)
    said = _("Done. The case runs under the newer version.")
    messages.success(request, said if done else _("Proposed. A second person must confirm it."))
    return redirect("cases:procedure", code)


@require(Permission.CASE_STAGE)
@require_POST
def confirm(request: StaffRequest, code: str) -> HttpResponse:
    """The second person."""
    now = timezone.now()
    page = procedure_page(code, viewer=request.actor, now=now)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _shown(request, page, form=form, status=422)
    services.confirm_version(case_uid=page.uid, actor=request.actor, seen=form.seen, now=now)
    messages.success(request, _("Done. The case runs under the newer version."))
    return redirect("cases:procedure", code)


@require(Permission.CASE_STAGE)
@require_POST
def drop(request: StaffRequest, code: str) -> HttpResponse:
    """Leave the case as it is."""
    now = timezone.now()
    page = procedure_page(code, viewer=request.actor, now=now)
    if page.waiting is None:
        raise WrongState(sentence("Nothing waits for a second person here."))
    services.drop_version(case_uid=page.uid, actor=request.actor, now=now)
    messages.success(request, _("The case stays on its version."))
    return redirect("cases:procedure", code)


def _shown(
    request: StaffRequest, page: ProcedurePage, form: VersionForm | None = None, status: int = 200
) -> HttpResponse:
    language = get_language() or "en"
    drawn = states_svg(page.profile, language, days=_days, here=page.stage.id)
    context: dict[str, Any] = {
        "page": page,
        "form": form or _form(page),
        # Drawn by ourselves: every word of the profile in it is escaped.
        "drawing": mark_safe(drawn),  # noqa: S308 - drawn and escaped by core.procedure
        "rows": steps_of(page.profile),
    }
    return render(request, "cases/procedure.html", context, status=status)


def _form(page: ProcedurePage) -> VersionForm | None:
    if page.newer is None:
        return None
    return VersionForm(initial={"case_version": page.case_version, "to_version": page.newer.version})


def _days(count: int) -> str:
    return ngettext("%(days)d day", "%(days)d days", count) % {"days": count}
