# SPDX-License-Identifier: AGPL-3.0-or-later
"""The three ways in which something can be sealed, and the page that takes what was sealed offline."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from watchword.core.refusals import NotFound, Sentence, WrongState, sentence
from watchword.core.sealing.armor import dearmor
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.parcel_text import BY_HAND as BEGINNING
from watchword.core.sealing.parcel_text import read_parcel
from watchword.gate import waiting
from watchword.gate.language import asked_language, speaking
from watchword.gate.views.start import busy
from watchword.gate.visiting import visit_of
from watchword.intake import envelopes, rules, services
from watchword.web.sentences import translated

KIT, NOTE, RECIPIENTS = "kit.html", "kit.note", "recipients.txt"
BY_HAND = BEGINNING.decode("ascii")
TYPES = {KIT: "application/octet-stream", NOTE: "text/plain; charset=utf-8"}


@require_safe
def levels(request: HttpRequest) -> HttpResponse:
    """What “sealed on arrival”, “sealed in this browser” and “sealed offline” mean; nothing is asked here."""
    return render(request, "gate/levels.html")


@require_safe
def kit_file(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001 - every view takes it
    """The kit, or the signatures under it: to be saved, and opened where there is no network."""
    if name == RECIPIENTS:
        return HttpResponse(_recipients(), content_type=TYPES[NOTE])
    path = _path(name) if name in TYPES else None
    if path is None or not path.exists():
        raise NotFound(sentence("This Gate has no offline kit yet."))
    response = HttpResponse(path.read_bytes(), content_type=TYPES[name])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# The check of the form's token reads the body, file included; so the handler is put in place before it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def offline(request: HttpRequest) -> HttpResponse:
    """Takes the text that the kit makes. Nobody needs to be signed in: the text says whose it is."""
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    return _offline(request)


@csrf_protect
@speaking
def _offline(request: HttpRequest) -> HttpResponse:
    if asked_language(request.POST):
        return _page(request)
    if request.method == "POST":
        return _take(request)
    if not waiting.enters(request.GET):
        return busy(request)
    return _page(request)


@require_safe
def taken(request: HttpRequest, *, fresh: bool) -> HttpResponse:
    """It is here; ``fresh`` unless it was here before. Anybody may look at both, as often as they like."""
    return render(request, "gate/offline_taken.html", {"fresh": fresh})


def _recipients() -> str:
    """The keys of those who read a first contact, as `age -R` wants them."""
    return "".join(f"{reader}\n" for reader in envelopes.readers(rules.ROUTING))


def _take(request: HttpRequest) -> HttpResponse:
    text, ticket, now = _brought(request), request.POST.get("ticket", ""), timezone.now()
    try:
        if text.lstrip().startswith(BY_HAND):
            return _take_by_hand(request, dearmor(text.encode("ascii", errors="replace")), ticket)
        fresh = services.take_parcel(parcel=read_parcel(text), ticket=ticket, now=now)
    except SealingError as error:
        return _page(request, error.reason, 422)
    except services.AlreadySent:
        fresh = False
    except WrongState as refused:
        return _page(request, refused.reason, 422)
    return redirect("gate:offline_taken" if fresh else "gate:offline_again")


def _take_by_hand(request: HttpRequest, sealed: bytes, ticket: str) -> HttpResponse:
    """Goes with the application that the visitor is writing; by itself it would have no way back."""
    visit = visit_of(request)
    if visit is None or visit.unwritten:
        raise WrongState(
            sentence("This was sealed by hand. Begin an application or sign in first, then bring it here.")
        )
    services.take_by_hand(visit=visit, sealed=sealed, ticket=ticket, now=timezone.now())
    messages.success(request, _("It is sealed and goes with your application."))
    return redirect("gate:application")


def _brought(request: HttpRequest) -> str:
    """The text that was pasted, or that of the file; a file is read in memory and written nowhere."""
    file = request.FILES.get("file")
    pasted = request.POST.get("parcel", "").strip()
    return pasted or (file.read().decode("ascii", errors="replace") if file else "")


def _page(request: HttpRequest, refusal: Sentence | None = None, status: int = 200) -> HttpResponse:
    page = {
        "ticket": services.issue(services.OFFLINE_FORM, timezone.now().date()),
        "refusal": translated(refusal) if refusal else "",
        "typed": request.POST.get("parcel", ""),
        "kit": _path(KIT).exists(),
    }
    return render(request, "gate/offline.html", page, status=status)


def _path(name: str) -> Path:
    return Path(settings.WATCHWORD_DIR) / name
