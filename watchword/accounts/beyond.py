# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asks why, where somebody opens more cases in a day than is usual; then the same form goes on by itself."""

from collections.abc import Callable

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from watchword.accounts.rules import Actor
from watchword.accounts.unlocking import fields, kept
from watchword.core.refusals import WrongState, sentence
from watchword.vault import usual
from watchword.vault.rules import BeyondUsual
from watchword.web.forms import WatchwordForm

TICKET, REASON = "beyond", "beyond_reason"
LIFE = 3600
TYPED = "application/x-www-form-urlencoded"
LONGEST_REASON = 500
_SALT = "watchword/beyond/v1"


class ReasonForm(WatchwordForm):
    """Why; and signed by the Desk, what was about to be opened, so that nobody writes into another case."""

    beyond = forms.CharField(widget=forms.HiddenInput, max_length=1000)
    beyond_reason = forms.CharField(
        label=_("Why do you need more today?"),
        help_text=_("One sentence. Auditors read it, and it stays sealed for everybody else."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REASON,
    )


def asking_why(
    request: HttpRequest, actor: Actor, answer: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """What the view answers, or the page that asks why. A reason that came along is kept before it begins.

    Kept at once, so that it is not lost where the form then turns out to lack something else.
    """
    # The page below has no files. To look into a form that has would choose, before the view, where they go.
    if request.content_type == TYPED and TICKET in request.POST:
        form = ReasonForm(request.POST)
        about = _read(request.POST[TICKET], actor)
        if not form.is_valid():
            return _page(request, form, about)
        usual.explain(
            record_uids=about.records,
            purpose=about.purpose,
            reason=form.cleaned_data[REASON],
            actor=actor,
            now=timezone.now(),
        )
    try:
        return answer()
    except BeyondUsual as beyond:
        return _page(request, ReasonForm(initial={TICKET: _ticket(beyond, actor)}), beyond)


def _page(request: HttpRequest, form: ReasonForm, beyond: BeyondUsual) -> HttpResponse:
    typed = [one for one in fields(kept(request.POST)) if one[0] not in {TICKET, REASON}]
    context = {"form": form, "beyond": beyond, "fields": typed, "path": request.get_full_path()}
    return render(request, "accounts/beyond.html", context, status=422 if form.is_bound else 409)


def _ticket(beyond: BeyondUsual, actor: Actor) -> str:
    said = [actor.id, beyond.records, beyond.purpose, beyond.opened, beyond.usual]
    return signing.dumps(said, salt=_SALT)


def _read(ticket: str, actor: Actor) -> BeyondUsual:
    """What the ticket stands for; WrongState unless this Desk gave it to this person, lately."""
    try:
        staff_id, records, purpose, opened, number = signing.loads(ticket, salt=_SALT, max_age=LIFE)
    except signing.BadSignature:
        staff_id = None
    if staff_id != actor.id:
        raise WrongState(sentence("This page was open for too long. Begin once more."))
    return BeyondUsual(records, purpose, opened=opened, usual=number)
