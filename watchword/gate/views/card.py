# SPDX-License-Identifier: AGPL-3.0-or-later
"""Somebody types the number of a card, and this site answers with the card's words, once."""

import json
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from watchword.gate import budget
from watchword.gate.forms import CardForm
from watchword.gate.language import speaking
from watchword.intake import services
from watchword.intake.services import CardAnswer
from watchword.trust.words import words

COOKIE = "card"
FLAGS: dict[str, Any] = {"httponly": True, "samesite": "Strict"}


@require_http_methods(["GET", "HEAD", "POST"])
@speaking
def card(request: HttpRequest) -> HttpResponse:
    """Ask for the number, or answer it. Nobody needs a card, and no visit begins here."""
    if request.method != "POST":
        return _ask(request, CardForm(), 200)
    form = CardForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, 422 if form.is_bound else 200)
    if not budget.cards.take():
        # The number was not looked at, so nothing is used up by sending it again.
        form.add_error(
            "number", gettext("Many numbers are being typed now. Wait a minute, then send it again.")
        )
        return _ask(request, form, 503)
    found = services.answer_card(number=form.cleaned_data["number"], today=timezone.now().date())
    response = redirect("gate:card_answer")
    # The browser carries the answer to the next page and no further: a page that came from a form would be
    # sent again on the way back, and say that somebody else has seen the words.
    response.set_signed_cookie(COOKIE, _packed(found), secure=settings.SECURE_COOKIES, **FLAGS)
    return response


@require_safe
def answer(request: HttpRequest) -> HttpResponse:
    """The words of the card that was typed just now, or the day on which they were shown, or neither."""
    packed = request.get_signed_cookie(COOKIE, None)
    if packed is None:
        return redirect("gate:card")
    response = render(request, "gate/card_answer.html", _unpacked(packed))
    response.delete_cookie(COOKIE)
    return response


def _packed(answer: CardAnswer) -> str:
    """The words in the language in which the card prints them, whatever the language of the page."""
    language = answer.words.language if answer.words else ""
    said = words(answer.words.words, language) if answer.words else ()
    shown = answer.shown.isoformat() if answer.shown else ""
    return json.dumps({"said": said, "language": language, "shown": shown})


def _unpacked(packed: str) -> dict[str, object]:
    told = json.loads(packed)
    return {**told, "shown": date.fromisoformat(told["shown"]) if told["shown"] else None}


def _ask(request: HttpRequest, form: CardForm, status: int) -> HttpResponse:
    return render(request, "gate/card.html", {"form": form}, status=status)
