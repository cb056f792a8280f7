# SPDX-License-Identifier: AGPL-3.0-or-later
"""Changes of roles: one administrator asks for them, another settles them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watchword.accounts import confirming, proposals, rules, selectors, services
from watchword.accounts.confirming import Deed
from watchword.accounts.forms_of_secrets import ConfirmedForm
from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Change, Permission
from watchword.accounts.views.people import grant_form, person_page, revoke_form
from watchword.core.refusals import WrongState
from watchword.journal.events import Event
from watchword.web.sentences import translated


@require(Permission.ROLE_GRANT)
@require_POST
def grant(request: StaffRequest, staff_id: str) -> HttpResponse:
    """Propose a role for somebody."""
    form, now = grant_form(selectors.roles_of(staff_id), request.POST), timezone.now()
    if form.is_valid():
        try:
            rules.mandate_until(form.cleaned_data["role"], form.cleaned_data["until"], now)
        except WrongState as refused:
            form.add_error("until", translated(refused.reason))
    if not form.is_valid():
        return person_page(request, staff_id, grant_form=form)
    services.propose(
        change=Change.GRANT, staff_id=staff_id, actor=request.actor, now=now, **form.cleaned_data
    )
    messages.success(request, _("The role is proposed. Another administrator has to confirm it."))
    return redirect("accounts:person", staff_id)


@require(Permission.ROLE_REVOKE)
@require_POST
def revoke(request: StaffRequest, staff_id: str, role: str) -> HttpResponse:
    """Propose that a role is taken back; in an emergency, take it back."""
    form = revoke_form(role, request.POST)
    if not form.is_valid():
        return person_page(request, staff_id, **{f"revoke_{role}": form})
    said = {"staff_id": staff_id, "role": role, "reason": form.cleaned_data["reason"]}
    if form.cleaned_data["at_once"]:
        services.revoke_now(**said, actor=request.actor, now=timezone.now())
        messages.warning(request, _("The role is taken away. Another administrator has to look at it now."))
    else:
        services.propose(change=Change.REVOKE, **said, actor=request.actor, now=timezone.now())
        messages.success(request, _("The withdrawal is proposed. Another administrator has to confirm it."))
    return redirect("accounts:person", staff_id)


@require(Permission.ROLE_GRANT)
@require_POST
def confirm(request: StaffRequest, change: str) -> HttpResponse:
    """Agree to what another administrator proposed, or did at once; what gives a role is confirmed first."""
    now, actor = timezone.now(), request.actor
    proposal = proposals.to_confirm(change, viewer=actor)
    if proposal.change == Change.GRANT:
        facts = proposals.public_facts(proposal.staff_id, proposal.role, proposal.until)
        deed = Deed(Event.ROLE_GRANT, None, facts)
        # The button of a list brings no code: it leads to the page that asks for one.
        is_filled_in = "one_time_code" in request.POST
        asked = confirming.asked(request, deed, now)
        form = ConfirmedForm(request.POST if is_filled_in else None, asked=asked)
        proven = confirming.confirmed(request, form, deed, now)
        if proven is None:
            context = {"proposal": proposal, "form": form}
            status = 422 if is_filled_in else 200
            return render(request, "accounts/confirm_role.html", context, status=status)
        actor = proven
    settled = services.confirm(uid=change, actor=actor, now=now)
    said = {
        Change.GRANT: _("The role is granted. Somebody who holds it now hands over its key."),
        Change.REVOKE: _("The role is revoked."),
        Change.REVOKED: _("You have confirmed that the role was rightly taken away at once."),
    }
    messages.success(request, said[Change(settled.change)])
    return redirect("accounts:person", settled.staff_id)


@require(Permission.ROLE_GRANT)
@require_POST
def drop(request: StaffRequest, change: str) -> HttpResponse:
    """Take back one's own proposal, or refuse another's."""
    dropped = services.drop(uid=change, actor=request.actor, now=timezone.now())
    messages.success(request, _("The proposal is dropped."))
    return redirect("accounts:person", dropped.staff_id)
