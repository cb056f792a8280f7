# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calling out from the mailbox: alarms, and consents that are taken back. A human sees each first.

The pages are the same for every receipt, also for one that belongs to nothing. Addresses carry a number and
no word, because the browser's history may be read by others.
"""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from watchword.core.procedure.calls import Alarm
from watchword.core.refusals import NotFound, sentence
from watchword.gate import post
from watchword.gate.forms import CallForm, TicketForm
from watchword.gate.language import language, speaking
from watchword.gate.visiting import confirmed
from watchword.intake import envelopes, rules, selectors, services
from watchword.intake.services import AlreadySent, Call, Visit


@require_safe
@confirmed
def calls(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001 - every view takes it
    """The alarms, as buttons."""
    return render(request, "gate/calls.html", {"alarms": alarms()})


@require_http_methods(["GET", "HEAD", "POST"])
@speaking
@confirmed
def alarm(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """What happens when this button is pressed; a text, if one is wanted; one confirmation."""
    chosen, profile = _alarm(number), envelopes.profile()
    form = CallForm(request.POST if request.method == "POST" else None, initial={"ticket": _ticket()})
    if not form.is_valid():
        page = {
            "form": form,
            "title": chosen.title.in_language(language()),
            "explains": chosen.explains.in_language(language()),
            "readers": profile.readers_in_words(profile.calls.compartment, language()),
        }
        return render(request, "gate/alarm.html", page, status=422 if form.is_bound else 200)
    call = Call(rules.ALARM, chosen.id, form.cleaned_data["text"], language())
    return _send(request, visit, call, form.cleaned_data["ticket"])


@require_safe
@confirmed
def consents(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Everything that consent is asked for, one by one."""
    inbox = selectors.inbox(visit.mailbox, visit.keys, visit.login)
    page = {"consents": post.consents(envelopes.profile(), inbox, language())}
    return render(request, "gate/consents.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@speaking
@confirmed
def take_back(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Take one consent back; it does not touch the others, nor the application."""
    inbox = selectors.inbox(visit.mailbox, visit.keys, visit.login)
    consent = post.consent(envelopes.profile(), inbox, language(), number)
    form = TicketForm(request.POST if request.method == "POST" else None, initial={"ticket": _ticket()})
    if not form.is_valid():
        page = {"form": form, "consent": consent}
        return render(request, "gate/take_back.html", page, status=422 if form.is_bound else 200)
    answer = _send(
        request, visit, Call(rules.CONSENT, consent.id, "", language()), form.cleaned_data["ticket"]
    )
    services.mark_taken_back(visit=visit, consent=consent.id, today=timezone.now().date())
    return answer


def alarms() -> list[tuple[int, str]]:
    """The buttons: their numbers and words."""
    buttons = envelopes.profile().calls.buttons
    return [(number, button.title.in_language(language())) for number, button in enumerate(buttons, 1)]


def _alarm(number: int) -> Alarm:
    buttons = dict(enumerate(envelopes.profile().calls.buttons, 1))
    if number not in buttons:
        raise NotFound(sentence("There is no such call in this procedure."))
    return buttons[number]


def _send(request: HttpRequest, visit: Visit, call: Call, ticket: str) -> HttpResponse:
    with suppress(AlreadySent):
        services.call(visit=visit, call=call, ticket=ticket, now=timezone.now())
    # Not "we have it": the answer is the same for a receipt that belongs to nothing.
    messages.success(
        request,
        _("It is sealed. If your receipt belongs to an application, a person sees it when the Desk fetches."),
    )
    return redirect("gate:mailbox")


def _ticket() -> str:
    return services.issue(services.CALL_FORM, timezone.now().date())
