# SPDX-License-Identifier: AGPL-3.0-or-later
"""A page that exists only because a genuine letter of the Desk asks for it: who somebody is."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from watchword.gate import tasks
from watchword.gate.language import language
from watchword.gate.questions import TicketedForm
from watchword.gate.visiting import confirmed
from watchword.intake import envelopes, selectors, services
from watchword.intake.services import AlreadySent, Visit


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def asked(request: HttpRequest, visit: Visit, name: str) -> HttpResponse:
    """The questions that the Desk asks; sealed at once when they are sent, and not shown again."""
    asks = _asks(visit)
    part = tasks.asked_part(envelopes.profile(), name, asks, language())
    section = envelopes.profile().questionnaire.section(name)
    if visit.in_browser:
        form = TicketedForm(section, language())
        return render(request, "gate/asked.html", {"form": form, "part": part, "seal": "asked"})
    if request.method != "POST":
        ticket = services.issue(services.LODGE_FORM, timezone.now().date())
        form = TicketedForm(section, language(), ticket=ticket)
        return render(request, "gate/asked.html", {"form": form, "part": part})
    today, ticket = timezone.now().date(), request.POST.get("ticket", "")
    form = TicketedForm.received(section, language(), request.POST, today, ticket=ticket)
    if not form.ready:
        status = 422 if form.errors else 200
        return render(request, "gate/asked.html", {"form": form, "part": part}, status=status)
    with suppress(AlreadySent):
        services.lodge(
            visit=visit,
            section=section,
            answers=form.answers,
            language=language(),
            ticket=form.cleaned_data["ticket"],
            now=timezone.now(),
        )
    messages.success(request, _("It is sealed and waits for the Desk. It cannot be shown to you again."))
    return redirect("gate:mailbox")


def _asks(visit: Visit) -> frozenset[str]:
    """What the Desk asks of this visitor; anything it may ask, where only the browser can read its letters.

    Its script shows the form when it has opened a genuine letter that asks; without scripts there is no form.
    """
    if visit.in_browser:
        return frozenset(envelopes.profile().questionnaire.titles_later())
    return selectors.post(visit.mailbox, visit.keys).asks
