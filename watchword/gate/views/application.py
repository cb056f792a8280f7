# SPDX-License-Identifier: AGPL-3.0-or-later
"""The application: its list of parts, one page for each, and sending."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from watchword.gate import tasks
from watchword.gate.forms import TicketForm
from watchword.gate.language import language, speaking
from watchword.gate.visiting import confirmed, drafting
from watchword.intake import envelopes, rules, selectors, services
from watchword.intake.selectors import MailboxView
from watchword.intake.services import AlreadySent, Visit
from watchword.web.questions import SectionForm


@require_safe
@drafting
def application(request: HttpRequest, visit: Visit, mailbox: MailboxView) -> HttpResponse:
    """What is sealed and what is still open."""
    profile = envelopes.profile()
    page = {
        "parts": tasks.written_parts(profile, mailbox.facts, language()),
        "file_part": tasks.file_part(profile, language()),
        "files": len(selectors.files(visit.mailbox)),
        "why_not_send": rules.why_not_send(mailbox.facts, profile.questionnaire.titles_to_be_sent()),
        "draft_days": profile.draft_days,
    }
    return render(request, "gate/application.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@speaking
@drafting
def section(request: HttpRequest, visit: Visit, mailbox: MailboxView, name: str) -> HttpResponse:
    """All questions of one part; sealed at once when it is sent, and not shown again."""
    profile = envelopes.profile()
    part = tasks.written_part(profile, name, mailbox.facts, language())
    asked = profile.questionnaire.section(name)
    form = SectionForm(asked, language())
    if request.method == "POST":
        form = SectionForm.received(asked, language(), request.POST, timezone.now().date())
    if form.ready:
        services.seal_section(visit=visit, section=asked, answers=form.answers, language=language())
        return redirect("gate:application")
    status = 422 if form.errors else 200
    return render(request, "gate/section.html", {"form": form, "part": part}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@drafting
def send(request: HttpRequest, visit: Visit, mailbox: MailboxView) -> HttpResponse:
    """What will be sent and who can read it; sent once, however often the button is pressed."""
    profile = envelopes.profile()
    if request.method == "POST":
        return _send(request, visit)
    page = {
        "form": TicketForm(initial={"ticket": services.issue(services.SEND_FORM, timezone.now().date())}),
        "parts": tasks.sealed_parts(profile, mailbox.facts, language()),
        "file_part": tasks.file_part(profile, language()),
        "files": len(selectors.files(visit.mailbox)),
        "why_not_send": rules.why_not_send(mailbox.facts, profile.questionnaire.titles_to_be_sent()),
    }
    return render(request, "gate/send.html", page)


def _send(request: HttpRequest, visit: Visit) -> HttpResponse:
    ticket = request.POST.get("ticket", "")
    with suppress(AlreadySent):
        services.send(visit=visit, language=language(), ticket=ticket, now=timezone.now())
    return redirect("gate:sent")


@require_safe
@confirmed
def sent(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What happens now."""
    mailbox = selectors.mailbox(visit.mailbox)
    if mailbox is None or not mailbox.facts.sent:
        return redirect("gate:mailbox")
    stage = envelopes.profile().first_stage
    page = {
        "title": stage.applicant_title.in_language(language()),
        "hint": stage.applicant_hint.in_language(language()),
    }
    return render(request, "gate/sent.html", page)
