# SPDX-License-Identifier: AGPL-3.0-or-later
"""The three ways in which something can be sealed, and the page that takes what was sealed offline."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from watchword.core.refusals import NotFound, Sentence, WrongState, sentence
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.parcel_text import read_parcel
from watchword.gate import budget
from watchword.gate.views.start import busy
from watchword.intake import services
from watchword.web.sentences import translated

KIT, NOTE = "kit.html", "kit.note"
TYPES = {KIT: "application/octet-stream", NOTE: "text/plain; charset=utf-8"}


@require_safe
def levels(request: HttpRequest) -> HttpResponse:
    """What “sealed on arrival”, “sealed in this browser” and “sealed offline” mean; nothing is asked here."""
    return render(request, "gate/levels.html", {"kit": _path(KIT).exists()})


@require_safe
def kit_file(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001 - every view takes it
    """The kit, or the signatures under it: to be saved, and opened where there is no network."""
    path = _path(name) if name in TYPES else None
    if path is None or not path.exists():
        raise NotFound(sentence("This Gate has no offline kit yet."))
    response = HttpResponse(path.read_bytes(), content_type=TYPES[name])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def offline(request: HttpRequest) -> HttpResponse:
    """Takes the text that the kit makes. Nobody needs to be signed in: the text says whose it is."""
    if request.method == "POST":
        return _take(request)
    if not budget.forms.take():
        return busy(request)
    return _page(request)


def _take(request: HttpRequest) -> HttpResponse:
    try:
        parcel = read_parcel(request.POST.get("parcel", ""))
        fresh = services.take_parcel(parcel=parcel, ticket=request.POST.get("ticket", ""), now=timezone.now())
    except SealingError as error:
        return _page(request, error.reason, 422)
    except services.AlreadySent:
        fresh = False
    except WrongState as refused:
        return _page(request, refused.reason, 422)
    return render(request, "gate/offline_taken.html", {"fresh": fresh})


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
