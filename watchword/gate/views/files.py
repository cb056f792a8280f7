# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files beside an application or a letter: sealed while they arrive, and never in clear on a disk."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from watchword.core.procedure.sealed_files import EXTENSIONS, EXTENSIONS_IN_WORDS
from watchword.core.refusals import NotFound, Sentence, WrongState, sentence
from watchword.gate import places, tasks
from watchword.gate.language import language
from watchword.gate.visiting import confirmed
from watchword.intake import envelopes, rules, selectors, services
from watchword.intake.services import IncomingFile, Place, Visit
from watchword.intake.uploads import SealingUploadHandler, size
from watchword.web.headers import allow, allow_feature

FIELD = "file"


@dataclass(frozen=True)
class Shelf:
    """The places for files that this visitor has now, by number; ``sent``: they are for a letter."""

    places: dict[int, Place]
    sent: bool

    def free(self, kept: Iterable[int]) -> int | None:
        return rules.free_place(set(kept), len(self.places))


# The check of the form's token reads the whole body, file included. So our handler is put in place before
# it, and the check stands on the inner function; a file that comes with a bad token is abandoned.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def files(request: HttpRequest, visit: Visit, compartment: str = "") -> HttpResponse:
    """The files that are sealed already, and the upload of one more, or of one in the place of another.

    ``compartment`` names the readers of a letter where only the visitor's browser knows who they are.
    """
    shelf = _shelf(visit, compartment)
    into = _number(request, shelf, visit)
    place = shelf.places.get(into)

    def receive(name: str) -> IncomingFile:
        if place is None:
            raise WrongState(FULL)
        return IncomingFile(visit=visit, place=place, name=name, today=timezone.now().date())

    limit = envelopes.profile().attachment_limit
    upload = SealingUploadHandler(request, field=FIELD, limit=limit, receive=receive)
    request.upload_handlers = [upload]
    try:
        return _files(request, visit, shelf, into, upload)
    finally:
        upload.abandon()


@csrf_protect
def _files(
    request: HttpRequest, visit: Visit, shelf: Shelf, into: int, upload: SealingUploadHandler
) -> HttpResponse:
    if request.method == "POST" and (upload.keep() or _removed(request, visit)):
        return redirect(request.path)
    refusal = upload.refusal or (NO_FILE if request.method == "POST" else None)
    return _page(request, visit, shelf, into, refusal)


def _removed(request: HttpRequest, visit: Visit) -> bool:
    """Take the file out again that this form names; False when it names none."""
    number = request.POST.get("remove", "")
    if not number.isdecimal() or len(number) > 3:
        return False
    services.remove(visit=visit, kind=rules.file_kind(int(number)))
    return True


def _page(
    request: HttpRequest, visit: Visit, shelf: Shelf, into: int, refusal: Sentence | None
) -> HttpResponse:
    profile = envelopes.profile()
    kept = selectors.files(visit.mailbox)
    page = {
        "part": tasks.file_part(profile, language()),
        "shelf": shelf,
        "kept": kept,
        "into": into,
        "place": shelf.places.get(into),
        "most": len(shelf.places),
        "limit": size(profile.attachment_limit),
        "kinds": EXTENSIONS_IN_WORDS,
        "accept": ",".join(f".{one}" for one in (*EXTENSIONS, "jpeg", "m4a", "mov")),
        "refusal": refusal,
    }
    response = render(request, "gate/files.html", page, status=422 if refusal else 200)
    # A voice message is recorded and played back here, and on no other page.
    return allow(allow_feature(response, "microphone"), "media-src blob:")


def _shelf(visit: Visit, compartment: str) -> Shelf:
    """Raises NotFound where no file can be sent: no application, or no letter to answer."""
    mailbox = selectors.mailbox(visit.mailbox)
    post = None if visit.in_browser else selectors.post(visit.mailbox, visit.keys)
    found = [
        one
        for one in places.places(envelopes.profile(), mailbox, post)
        if rules.is_file(one.kind) and compartment in ("", one.compartment)
    ]
    if mailbox is None or not found:
        raise NotFound(sentence("No file is asked for here."))
    numbered = {int(one.kind.removeprefix(rules.FILE)): one for one in found}
    return Shelf(numbered, mailbox.facts.sent)


def _number(request: HttpRequest, shelf: Shelf, visit: Visit) -> int:
    """The place that the address names, or the first free one; 0 when there is none."""
    asked = request.GET.get("into", "")
    if asked.isdecimal() and len(asked) < 4 and int(asked) in shelf.places:
        return int(asked)
    return shelf.free(one.number for one in selectors.files(visit.mailbox)) or 0


NO_FILE = sentence("No file has arrived. Choose one, or go back without one.")
FULL = sentence("No more files fit here. Remove one, or replace one.")
