# SPDX-License-Identifier: AGPL-3.0-or-later
"""A file that the Desk enclosed in a letter: handed out to be kept, never shown by the browser."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from watchword.core.procedure.sealed_files import LONGEST_BEGINNING, kind_of, safe_name
from watchword.core.refusals import NotFound, sentence
from watchword.gate.visiting import confirmed
from watchword.intake import selectors
from watchword.intake.services import Visit


@require_safe
@confirmed
def letter_file(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:  # noqa: ARG001 - every view takes it
    """The file of the genuine letter with this number."""
    letters = selectors.post(visit.mailbox, visit.keys).letters
    file = next((file for letter in letters if letter.number == number for file in letter.files), None)
    if file is None:
        raise NotFound(sentence("There is no such file."))
    kind = kind_of(file.content[:LONGEST_BEGINNING])
    response = HttpResponse(file.content, content_type="application/octet-stream")
    name = safe_name(file.name, kind.extension if kind else "bin")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
