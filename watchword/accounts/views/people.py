# SPDX-License-Identifier: AGPL-3.0-or-later
"""People, their roles and the end of their service: what administrators do."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watchword.accounts import proposals, qr, selectors, services
from watchword.accounts.forms import EndServiceForm, EnrolForm, GrantForm, RevokeForm
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.core.refusals import WrongState
from watchword.web.forms import WatchwordForm
from watchword.web.sentences import translated


@require(Permission.STAFF_LIST)
@require_safe
def people(request: StaffRequest) -> HttpResponse:
    """Everybody who was ever enrolled."""
    page = {"people": selectors.people(), "proposals": proposals.proposals_for(request.actor)}
    return render(request, "accounts/people.html", page)


@require(Permission.STAFF_LIST)
@require_safe
def person(request: StaffRequest, staff_id: str) -> HttpResponse:
    """One person's roles, and what can be done about them."""
    return person_page(request, staff_id)


def person_page(request: StaffRequest, staff_id: str, **forms: WatchwordForm) -> HttpResponse:
    """The page with forms in their first state, or with the one that was filled in wrongly."""
    status = 422 if forms else 200
    page = selectors.person_page(staff_id, viewer=request.actor)
    own = {
        "proposals": proposals.proposals_for(request.actor, staff_id),
        "settled": proposals.settled_proposals(staff_id),
        "grant_form": grant_form(page["held"]),
        "revoke_forms": [
            (role, forms.pop(f"revoke_{role}", revoke_form(role))) for role in sorted(page["held"])
        ],
        "end_form": _end_form(page["member"].login),
    }
    return render(request, "accounts/person.html", {**page, **own, **forms}, status=status)


# Three kinds of forms stand on one page and each asks for a reason: their ids must differ.
def grant_form(held: frozenset[str], data: QueryDict | None = None) -> GrantForm:
    return GrantForm(data, held=held, auto_id="grant_%s")


def revoke_form(role: str, data: QueryDict | None = None) -> RevokeForm:
    return RevokeForm(data, auto_id=f"revoke_{role}_%s")


def _end_form(login: str, data: QueryDict | None = None) -> EndServiceForm:
    return EndServiceForm(data, expected=login, auto_id="end_%s")


@require(Permission.STAFF_ENROL)
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: StaffRequest) -> HttpResponse:
    """A new member of staff; the secret of the one-time codes is shown on the answer and never again."""
    form = EnrolForm(request.POST or None, languages=settings.LANGUAGES)
    if form.is_valid():
        try:
            enrolment = services.enrol(actor=request.actor, now=timezone.now(), **form.cleaned_data)
        except WrongState as refused:
            form.add_error(None, translated(refused.reason))
        else:
            picture = qr.picture(enrolment.totp_uri)
            return render(request, "accounts/enrolled.html", {"enrolment": enrolment, "picture": picture})
    return render(request, "accounts/enrol.html", {"form": form}, status=422 if form.is_bound else 200)


@require(Permission.STAFF_LEAVE)
@require_POST
def end_service(request: StaffRequest, staff_id: str) -> HttpResponse:
    """Somebody leaves."""
    form = _end_form(selectors.staff_by_id(staff_id).login, request.POST)
    if not form.is_valid():
        return person_page(request, staff_id, end_form=form)
    reason = form.cleaned_data["reason"]
    services.end_service(staff_id=staff_id, reason=reason, actor=request.actor, now=timezone.now())
    messages.success(request, _("The service of this person has ended, and every session with it."))
    return redirect("accounts:person", staff_id)
