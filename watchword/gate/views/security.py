# SPDX-License-Identifier: AGPL-3.0-or-later
"""`security.txt` (RFC 9116): where somebody who finds a hole in this site can tell us."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from watchword import trust
from watchword.core.procedure.text import LANGUAGES
from watchword.core.refusals import NotFound, sentence
from watchword.gate.views.genuine import text_file

PLACE = ".well-known/security.txt"


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view takes it
    """Who to write to, in force as long as the signed list; no page where nobody was named."""
    if not settings.WATCHWORD_SECURITY_CONTACT:
        raise NotFound(sentence("Nobody is named here."))
    manifest = trust.current()
    lines = [
        f"Contact: {settings.WATCHWORD_SECURITY_CONTACT}",
        f"Expires: {manifest.expires.isoformat()}T00:00:00Z",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
        *(f"Canonical: {gate.rstrip('/')}/{PLACE}" for gate in manifest.gates),
    ]
    return text_file("\n".join(lines) + "\n")
