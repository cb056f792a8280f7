# SPDX-License-Identifier: AGPL-3.0-or-later
"""What goes to a custodian's own machine as a file, and comes back as one: a request, or a batch of many."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from watchword.accounts import confirming
from watchword.accounts.confirming import Deed
from watchword.accounts.http import StaffRequest
from watchword.custody.forms_outside import AnswerForm, TakeForm
from watchword.journal.events import Event

_IDS = {Event.IDENTITY_SHARE: "give_%s", Event.IDENTITY_REFUSE: "refuse_%s"}
"""Two forms of one kind stand on one page."""


@dataclass(frozen=True)
class Carried:
    """How one of the two is named, shown, written as a file and answered.

    ``shown``: what its page has besides the forms; ``file``: its bytes, for a machine that knows the ledger
    up to an entry; ``take_in``: takes in an answer.
    """

    name: str
    template: str
    deed: Callable[[StaffRequest, str, Event], Deed]
    shown: Callable[[StaffRequest, str, datetime], Mapping[str, Any]]
    file: Callable[[StaffRequest, str, int, datetime], bytes]
    take_in: Callable[..., object]

    def page(self, request: StaffRequest, uid: str, **sent_back: Any) -> HttpResponse:
        """What is asked for, without its words: those are read on the other machine."""
        now = timezone.now()
        context = {
            **self.shown(request, uid, now),
            "take_form": TakeForm(),
            "give_form": self._form(request, uid, Event.IDENTITY_SHARE, now),
            "refuse_form": self._form(request, uid, Event.IDENTITY_REFUSE, now),
        }
        return render(request, self.template, context | sent_back, status=422 if sent_back else 200)

    def taken(self, request: StaffRequest, uid: str) -> HttpResponse:
        """The file, which the browser saves and does not show."""
        form = TakeForm(request.POST)
        if not form.is_valid():
            return self.page(request, uid, take_form=form)
        raw = self.file(request, uid, form.cleaned_data["since"] or 0, timezone.now())
        named = {"Content-Disposition": f'attachment; filename="{self.name}-{uid[:8]}.json"'}
        return HttpResponse(raw, content_type="application/json", headers=named)

    def answered(self, request: StaffRequest, uid: str, event: Event) -> HttpResponse:
        """Take in what the other machine answered, confirmed just then."""
        now, gave, deed = timezone.now(), event is Event.IDENTITY_SHARE, self.deed(request, uid, event)
        asked = confirming.asked(request, deed, now)
        form = AnswerForm(request.POST, request.FILES, asked=asked, auto_id=_IDS[event])
        actor = confirming.confirmed(request, form, deed, now)
        if actor is None:
            return self.page(request, uid, **{"give_form" if gave else "refuse_form": form})
        self.take_in(uid, raw=form.cleaned_data["file"].read(), gave=gave, actor=actor, now=now)
        if gave:
            messages.success(request, _("Your share is given. It opens nothing but what was asked for."))
        else:
            messages.success(request, _("Refused. Everybody who is asked for the same sees that, and why."))
        return redirect("custody:seat")

    def _form(self, request: StaffRequest, uid: str, event: Event, now: datetime) -> AnswerForm:
        asked = confirming.asked(request, self.deed(request, uid, event), now)
        return AnswerForm(asked=asked, auto_id=_IDS[event])
