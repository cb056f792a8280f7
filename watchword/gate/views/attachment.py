# SPDX-License-Identifier: AGPL-3.0-or-later
"""One file: sealed while it arrives. Nothing of it is ever in clear on a disk, not even for a moment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from watchword.core.refusals import NotFound, Sentence, sentence
from watchword.gate import tasks
from watchword.gate.language import language
from watchword.gate.tasks import Part
from watchword.gate.visiting import drafting
from watchword.intake import envelopes, selectors
from watchword.intake.selectors import MailboxView
from watchword.intake.services import IncomingFile, Visit
from watchword.intake.uploads import SealingUploadHandler, size

FIELD = "file"


# The check of the form's token reads the whole body, file included. So our handler is put in place before
# it, and the check stands on the inner function; a file that comes with a bad token is abandoned.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@drafting
def attachment(request: HttpRequest, visit: Visit, mailbox: MailboxView) -> HttpResponse:  # noqa: ARG001 - drafting gives it
    """The page of the file, and its upload."""
    part = tasks.file_part(envelopes.profile(), language())
    if part is None:
        raise NotFound(sentence("No file is asked for here."))
    limit = envelopes.profile().attachment_limit

    def receive(name: str) -> IncomingFile:
        return IncomingFile(visit=visit, compartment=part.compartment, name=name)

    upload = SealingUploadHandler(request, field=FIELD, limit=limit, receive=receive)
    request.upload_handlers = [upload]
    try:
        return _attachment(request, visit, part, upload)
    finally:
        upload.abandon()


@csrf_protect
def _attachment(request: HttpRequest, visit: Visit, part: Part, upload: SealingUploadHandler) -> HttpResponse:
    if request.method == "POST" and upload.keep():
        return redirect("gate:application")
    refusal = upload.refusal or (NO_FILE if request.method == "POST" else None)
    return _page(request, visit, part, refusal)


def _page(request: HttpRequest, visit: Visit, part: Part, refusal: Sentence | None) -> HttpResponse:
    page = {
        "part": part,
        "limit": size(envelopes.profile().attachment_limit),
        "refusal": refusal,
        "has_file": selectors.has_attachment(visit.mailbox),
    }
    return render(request, "gate/attachment.html", page, status=422 if refusal else 200)


NO_FILE = sentence("No file has arrived. Choose one, or go back without one.")
