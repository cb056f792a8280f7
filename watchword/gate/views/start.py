# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages that anybody may read, the first contact, and the way out."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe

from watchword.gate import proofs, waiting
from watchword.gate.language import language, speaking
from watchword.gate.questions import TicketedForm
from watchword.gate.scripted import scripted
from watchword.gate.visiting import give_key, key_of, visit_of
from watchword.intake import envelopes, services
from watchword.intake.services import AlreadySent
from watchword.web.views import forget


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What this is, what is dangerous, and two ways on."""
    return render(request, "gate/start.html", {"visit": visit_of(request)})


@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """Advice that is worth reading before anything is typed; shown even while the Gate takes nothing."""
    return render(request, "gate/safety.html")


@speaking
def contact(request: HttpRequest) -> HttpResponse:
    """The first questions. No name is asked for, and sending them twice begins one application."""
    if visit_of(request) is not None:
        return redirect("gate:receipt")
    return _begin(request) if request.method == "POST" else _ask(request)


@require_GET
def _ask(request: HttpRequest) -> HttpResponse:
    if not waiting.enters(request.GET):
        return busy(request)
    ticket = services.issue(services.CONTACT_FORM, timezone.now().date())
    form = TicketedForm(envelopes.profile().questionnaire.contact, language(), ticket=ticket)
    return give_key(_contact_page(request, form), services.new_key())


@require_POST
def _begin(request: HttpRequest) -> HttpResponse:
    key = key_of(request)
    section, ticket, now = (
        envelopes.profile().questionnaire.contact,
        request.POST.get("ticket", ""),
        timezone.now(),
    )
    form = TicketedForm.received(section, language(), request.POST, now.date(), ticket=ticket)
    if not form.ready or key is None:
        return _contact_page(request, form, status=422 if form.is_bound else 200)
    with suppress(AlreadySent):
        services.begin(key=key, answers=form.answers, language=language(), ticket=ticket, now=now)
    return redirect("gate:receipt")


def _contact_page(request: HttpRequest, form: TicketedForm, status: int = 200) -> HttpResponse:
    section = envelopes.profile().questionnaire.contact
    title, intro = section.title.in_language(language()), section.intro.in_language(language())
    texts = {"id": section.id, "title": title, "intro": intro}
    return render(request, "gate/contact.html", {"form": form, "section": texts}, status=status)


@scripted
def busy(request: HttpRequest) -> HttpResponse:
    """A page that loads itself again in a little while; nothing was typed yet that could be lost."""
    again = request.GET.copy()
    again[waiting.PLACE] = waiting.place(request.GET)
    if again.get(proofs.PROOF) != proofs.NO_THANKS:
        again.pop(proofs.PROOF, None)
    page = {
        "again": f"?{again.urlencode()}",
        "challenge": proofs.challenge() if proofs.wanted(request.GET) else "",
    }
    response = render(request, "gate/busy.html", page, status=503)
    response["Retry-After"] = "10"
    # No error: under a flood Django would write a line for every one, until the disk is full.
    response._has_been_logged = True  # type: ignore[attr-defined]  # what Django itself sets once it has
    return response


# No token: leaving must work when the session is gone, and a stranger who forces it harms nobody.
@csrf_exempt
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the visit here too, not only in the browser, and show a page that says nothing."""
    key = key_of(request)
    if key is not None:
        services.end(key)
    response = redirect("left")
    forget(request, response)
    return response
