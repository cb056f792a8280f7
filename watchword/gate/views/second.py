# SPDX-License-Identifier: AGPL-3.0-or-later
"""The owner's own affairs in a mailbox: who opened the application, and a second receipt to give away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from watchword.gate import post, waiting
from watchword.gate.forms import SecondForm
from watchword.gate.language import language, speaking
from watchword.gate.views.start import busy
from watchword.gate.visiting import confirmed
from watchword.intake import envelopes, selectors, services
from watchword.intake.services import Visit


@require_safe
@confirmed
def log(request: HttpRequest, visit: Visit) -> HttpResponse:
    """How often the application was opened and what for; by the day, and never by whom."""
    inbox = selectors.inbox(visit.mailbox, visit.keys, visit.login)
    page = {
        "in_browser": visit.in_browser,
        "lines": post.openings(envelopes.profile(), inbox, language()),
        "as_of": inbox.post.letters[0].day if inbox.post.letters else None,
    }
    return render(request, "gate/log.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@speaking
@confirmed
def second(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What a second receipt does and what it cannot; its digits stand on the next page, once."""
    # Only the page that gives out the form: what is sent is never made to wait.
    if request.method != "POST" and not waiting.enters(request.GET):
        return busy(request)
    ticket = services.issue(services.SECOND_FORM, timezone.now().date())
    form = SecondForm(request.POST if request.method == "POST" else None, initial={"ticket": ticket})
    if not form.is_valid():
        page = {"form": form, "seal": "second" if visit.in_browser else ""}
        return render(request, "gate/second.html", page, status=422 if form.is_bound else 200)
    services.second_receipt(
        visit=visit,
        warn=form.cleaned_data["warn"],
        ticket=form.cleaned_data["ticket"],
        now=timezone.now(),
    )
    return redirect("gate:second_made")


@require_safe
@confirmed
def made(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The digits: to load this page anew, or to come back to it, shows none."""
    receipt = services.show_second(visit=visit, now=timezone.now())
    if receipt is None:
        return redirect("gate:second")
    return render(request, "gate/second_made.html", {"groups": receipt.groups()})
