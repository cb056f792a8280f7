# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages that exist only after a genuine letter of the Desk: what it asks for, and corrections."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from watchword.gate import tasks
from watchword.gate.language import language, speaking
from watchword.gate.questions import TicketedForm
from watchword.gate.visiting import confirmed
from watchword.intake import envelopes, selectors, services
from watchword.intake.services import AlreadySent, Visit


@require_http_methods(["GET", "HEAD", "POST"])
@speaking
@confirmed
def asked(request: HttpRequest, visit: Visit, name: str) -> HttpResponse:
    """The questions that the Desk asks, or once more those of the application; sealed when they are sent."""
    part = tasks.asked_part(envelopes.profile(), name, _may_write(visit), language())
    section = envelopes.profile().questionnaire.section(name)
    page = {"part": part, "correction": section.asked_from is None}
    if visit.in_browser:
        return _page(request, page | {"form": TicketedForm(section, language()), "seal": "asked"})
    today = timezone.now().date()
    if request.method != "POST":
        ticket = services.issue(services.LODGE_FORM, today)
        return _page(request, page | {"form": TicketedForm(section, language(), ticket=ticket)})
    ticket = request.POST.get("ticket", "")
    form = TicketedForm.received(section, language(), request.POST, today, ticket=ticket)
    if not form.ready:
        return _page(request, page | {"form": form}, status=422 if form.errors else 200)
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


@require_safe
@confirmed
def correct(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Which part of the application is to be written anew."""
    may_write = _may_write(visit)
    parts = tasks.correctable_parts(envelopes.profile(), may_write, language())
    if not parts:
        return redirect("gate:mailbox")
    return render(request, "gate/correct.html", {"parts": parts})


def _page(request: HttpRequest, page: dict[str, object], status: int = 200) -> HttpResponse:
    return render(request, "gate/asked.html", page, status=status)


def _may_write(visit: Visit) -> frozenset[str]:
    """What may come from this visitor; anything that ever may, where only the browser can read the letters.

    Its script shows the form when it has opened a genuine letter; without scripts there is no form.
    """
    profile = envelopes.profile()
    if visit.in_browser:
        titles = profile.questionnaire
        return frozenset({**titles.titles_later(), **titles.titles_to_correct()})
    return selectors.post(visit.mailbox, visit.keys).may_write(profile)
