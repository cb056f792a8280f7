# SPDX-License-Identifier: AGPL-3.0-or-later
"""For the script of our pages: what it needs to know to seal in the browser, and what it hands over. JSON."""

import base64
import binascii
import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from watchword import trust
from watchword.core.refusals import NotPermitted, WrongState, sentence
from watchword.gate import script_words
from watchword.gate.language import language
from watchword.gate.spoken import answered, fields_of, not_understood, number_of, text_of
from watchword.gate.visiting import key_of, visit_of
from watchword.intake import envelopes, selectors, services
from watchword.intake.services import Shown, Visit

# The longest first contact, sealed to many readers and written in base64.
LONGEST_CONTACT = 1 << 20
LOCATOR = re.compile("[0-9]{8}")
TOKEN = re.compile("[0-9a-f]{64}")


@require_safe
@answered
def plan(request: HttpRequest, name: str = "") -> HttpResponse:  # noqa: ARG001 - every view takes it
    """What every visitor may know: the words of the script, and how one part is asked and sealed."""
    told: dict[str, object] = {
        "organisation": trust.current().organisation,
        "words": script_words.spoken(),
        "next": "/application/",
    }
    return JsonResponse(told | (script_words.part(envelopes.profile(), name, language()) if name else {}))


@require_POST
@answered
def begin(request: HttpRequest) -> HttpResponse:
    """A mailbox for a receipt that was made in the browser, with the first contact in it."""
    fields = fields_of(request, LONGEST_CONTACT)
    visit = services.begin_in_browser(
        key=_key(request),
        shown=_shown(fields),
        recipient=text_of(fields, "recipient"),
        sealed=_bytes(text_of(fields, "sealed")),
        ticket=text_of(fields, "ticket"),
        now=timezone.now(),
    )
    return _lock(visit)


@require_POST
@answered
def sign_in(request: HttpRequest) -> HttpResponse:
    """A visit for whoever shows the token of a receipt; whether it belongs to anything is not told."""
    fields = fields_of(request)
    ticket, now = text_of(fields, "ticket"), timezone.now()
    return _lock(
        services.sign_in_from_browser(key=_key(request), shown=_shown(fields), ticket=ticket, now=now)
    )


@require_safe
@answered
def lock(request: HttpRequest) -> HttpResponse:
    """Under which this visit's tab keeps its keys."""
    return _lock(_visit(request))


@require_POST
@answered
def written(request: HttpRequest) -> HttpResponse:
    """The receipt is on paper: the browser has compared two groups of it, and has forgotten it."""
    services.confirm(visit=_visit(request), now=timezone.now())
    return HttpResponse(status=204)


@require_POST
@answered
def second(request: HttpRequest) -> HttpResponse:
    """A mailbox for a second receipt that was made in the browser, which alone shows its digits."""
    fields = fields_of(request)
    services.second_from_browser(
        visit=_visit(request),
        shown=_shown(fields),
        recipient=text_of(fields, "recipient"),
        warn=fields.get("warn") is True,
        ticket=text_of(fields, "ticket"),
        now=timezone.now(),
    )
    return HttpResponse(status=204)


@require_POST
@answered
def read(request: HttpRequest) -> HttpResponse:
    """The letters up to this number were opened in the browser, and are no longer new."""
    services.mark_read(visit=_visit(request), number=number_of(fields_of(request), "number"))
    return HttpResponse(status=204)


@require_POST
@answered
def post(request: HttpRequest) -> HttpResponse:
    """What was handed over sealed goes to the Desk; with a letter comes the number up to which it answers."""
    fields, visit = fields_of(request), _visit(request)
    services.post_from_browser(visit=visit, uid=text_of(fields, "uid"), now=timezone.now())
    if "answers" in fields:
        services.mark_answered(visit=visit, number=number_of(fields, "answers"))
    messages.success(request, _("It is sealed and waits for the Desk. It cannot be shown to you again."))
    return HttpResponse(status=204)


@require_safe
@answered
def letters(request: HttpRequest) -> HttpResponse:
    """The letters of this mailbox as they are sealed, and by which keys a genuine one is known."""
    visit, manifest = _visit(request), trust.current()
    notebook = selectors.notebook(visit.mailbox, visit.login)
    told = {
        "lock": _text(visit.lock),
        "letters": [
            {"day": day.isoformat(), "sealed": _text(sealed)}
            for day, sealed in selectors.sealed_post(visit.mailbox)
        ],
        "desk": {"ed25519": _text(manifest.desk_ed25519), "mldsa44": _text(manifest.desk_mldsa44)},
        "waiting": sorted(selectors.waiting_sections(visit.mailbox)),
        "read": notebook.read,
        "answered": notebook.answered,
        "words": script_words.spoken(),
        "way": script_words.way(envelopes.profile(), language()),
        "log": script_words.log(envelopes.profile(), language()),
    }
    return JsonResponse(told)


def _visit(request: HttpRequest) -> Visit:
    visit = visit_of(request)
    if visit is None or not visit.in_browser:
        raise NotPermitted(sentence("Your visit has ended. Sign in with your receipt."))
    return visit


def _key(request: HttpRequest) -> bytes:
    key = key_of(request)
    if key is None:
        raise WrongState(sentence("This page is too old to be sent. Open it again, and send it then."))
    return key


def _shown(fields: dict[str, object]) -> Shown:
    return Shown(_matching(fields, "locator", LOCATOR), bytes.fromhex(_matching(fields, "login", TOKEN)))


def _lock(visit: Visit) -> HttpResponse:
    return JsonResponse({"lock": _text(visit.lock)})


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise not_understood() from None


def _matching(fields: dict[str, object], name: str, pattern: re.Pattern[str]) -> str:
    value = text_of(fields, name)
    if not pattern.fullmatch(value):
        raise not_understood()
    return value
