# SPDX-License-Identifier: AGPL-3.0-or-later
"""Coming back: signing in with the receipt, reading, answering, withdrawing."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from watchword.gate import places, tasks, waiting, way
from watchword.gate.forms import AnswerForm, SignInForm, WithdrawForm
from watchword.gate.language import language, speaking
from watchword.gate.post import shown_letters
from watchword.gate.views.calls import alarms
from watchword.gate.views.start import busy
from watchword.gate.visiting import COOKIE, confirmed, give_key, key_of, visit_of, visiting
from watchword.intake import envelopes, selectors, services
from watchword.intake.selectors import Inbox
from watchword.intake.services import AlreadySent, OutgoingLetter, Visit


@require_http_methods(["GET", "HEAD", "POST"])
@speaking
def sign_in(request: HttpRequest) -> HttpResponse:
    """The receipt. Any thirty digits that fit together lead to a mailbox, most of them to an empty one."""
    onward = "gate:withdraw" if request.GET.get("for") == "withdraw" else "gate:mailbox"
    if visit_of(request) is not None:
        return redirect(onward)
    if request.method == "POST":
        return _sign_in(request, onward)
    if not waiting.enters(request.GET):
        return busy(request)
    form = SignInForm(initial={"ticket": services.issue(services.SIGN_IN_FORM, timezone.now().date())})
    return give_key(_sign_in_page(request, form), services.new_key())


def _sign_in(request: HttpRequest, onward: str) -> HttpResponse:
    key, form = key_of(request), SignInForm(request.POST)
    if not form.is_valid() or key is None:
        return _sign_in_page(request, form, status=422 if form.is_bound else 200)
    receipt, ticket = form.cleaned_data["receipt"], form.cleaned_data["ticket"]
    # The second click of a double click finds the visit that the first has opened.
    with suppress(AlreadySent):
        services.sign_in(key=key, receipt=receipt, ticket=ticket, now=timezone.now())
    return redirect(onward)


def _sign_in_page(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    withdrawing = request.GET.get("for") == "withdraw"
    return render(request, "gate/sign_in.html", {"form": form, "withdrawing": withdrawing}, status=status)


@require_safe
@confirmed
def mailbox(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Where it stands, and the letters; for a draft, the way back into it."""
    return _mailbox_page(request, visit, AnswerForm(initial={"ticket": _answer_ticket()}))


@require_http_methods(["GET", "HEAD", "POST"])
@speaking
@confirmed
def answer(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A letter to the Desk, sealed to those who work on the stage that the newest letter tells."""
    if request.method != "POST" or visit.in_browser:
        # Loaded anew; or by the script's form while scripts are off, whose readers only the letters tell.
        return redirect("gate:mailbox")
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _mailbox_page(request, visit, form, status=422 if form.is_bound else 200)
    post = selectors.post(visit.mailbox, visit.keys)
    genuine = post.letters
    letter = OutgoingLetter(
        text=form.cleaned_data["text"],
        language=language(),
        compartment=places.answers_to(envelopes.profile(), post),
        reply_to=next((one.number for one in genuine if one.needs_answer), 0),
    )
    with suppress(AlreadySent):
        services.answer(visit=visit, letter=letter, ticket=form.cleaned_data["ticket"], now=timezone.now())
        services.mark_answered(visit=visit, number=genuine[0].number if genuine else 0)
    messages.success(
        request, _("Your letter is sealed and waits for the Desk. It cannot be shown to you again.")
    )
    return redirect("gate:mailbox")


@require_http_methods(["GET", "HEAD", "POST"])
@speaking
def withdraw(request: HttpRequest) -> HttpResponse:
    """Leave wholly: one typed word. The answer is the same whether anything was here or not."""
    if visit_of(request) is None:
        return redirect(f"{reverse('gate:sign_in')}?for=withdraw")
    return _withdraw(request)


@visiting
def _withdraw(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = WithdrawForm(language(), request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "gate/withdraw.html", {"form": form}, status=422 if form.is_bound else 200)
    services.withdraw(visit=visit, language=language(), now=timezone.now())
    response = redirect("gate:withdrawn")
    response.delete_cookie(COOKIE)
    return response


@require_safe
def withdrawn(request: HttpRequest) -> HttpResponse:
    """What is deleted, where, and what nobody can delete."""
    return render(request, "gate/withdrawn.html")


def _mailbox_page(request: HttpRequest, visit: Visit, form: AnswerForm, status: int = 200) -> HttpResponse:
    profile, inbox = envelopes.profile(), selectors.inbox(visit.mailbox, visit.keys, visit.login)
    letters = shown_letters(inbox)
    # A frightened person writes to whoever seems to answer; not while somebody else does.
    may_answer = bool(inbox.post.letters) and not inbox.post.forged
    page = {
        "form": form if may_answer or visit.in_browser else None,
        "in_browser": visit.in_browser,
        "draft": inbox.facts is not None and not inbox.facts.sent,
        "letters": letters,
        "unanswered": [one for one in letters if one.waits],
        "forged": inbox.post.forged,
        "asked": tasks.asked_parts(profile, inbox.post, inbox.waiting, language()),
        "may_answer": may_answer,
        "standing": way.standing(profile, inbox.post.letters, language()),
        "cover_title": profile.calls.cover_title.in_language(language()),
        "cover": profile.calls.cover.in_language(language()),
        "alarms": alarms(),
        "files": len(selectors.files(visit.mailbox)),
    }
    _mark_read(request, visit, inbox)
    return render(request, "gate/mailbox.html", page, status=status)


def _mark_read(request: HttpRequest, visit: Visit, inbox: Inbox) -> None:
    """What this page shows is no longer new; nothing is written when nothing is."""
    newest = inbox.post.letters[0].number if inbox.post.letters else 0
    if request.method == "GET" and newest > inbox.notebook.read:
        services.mark_read(visit=visit, number=newest)


def _answer_ticket() -> str:
    return services.issue(services.ANSWER_FORM, timezone.now().date())
