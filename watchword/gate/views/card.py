# SPDX-License-Identifier: AGPL-3.0-or-later
"""Somebody types the number of a card, and this site answers with the card's words, once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from watchword.gate import budget
from watchword.gate.forms import CardForm
from watchword.gate.language import speaking
from watchword.intake import services
from watchword.intake.services import CardAnswer
from watchword.trust.words import words


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
    answer = services.answer_card(number=form.cleaned_data["number"], today=timezone.now().date())
    return render(request, "gate/card_answer.html", {"answer": answer, "said": _said(answer)})


def _said(answer: CardAnswer) -> tuple[str, ...]:
    """The words in the language in which the card prints them, whatever the language of this page."""
    return words(answer.words.words, answer.words.language) if answer.words else ()


def _ask(request: HttpRequest, form: CardForm, status: int) -> HttpResponse:
    return render(request, "gate/card.html", {"form": form}, status=status)
