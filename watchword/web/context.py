# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every template may name: which program this is, whose, in which languages, the day and the hour."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, get_language_info

from watchword import __version__, trust
from watchword.trust.manifest import Untrusted

FRAMES = {"gate": "web/base_gate.html", "desk": "web/base_desk.html"}


def program(request: HttpRequest) -> dict[str, object]:
    """The context processor of both programs."""
    return house() | {"organisation": organisation(), "page_path": request.path}


def house() -> dict[str, object]:
    """What needs neither a request nor a file: enough for the page that is shown when all else has failed."""
    return {
        "program": settings.WATCHWORD_PROGRAM,
        "frame": FRAMES[settings.WATCHWORD_PROGRAM],
        "version": __version__,
        "demo": settings.WATCHWORD_DEMO,
        "languages": languages(),
        "today": timezone.localdate(),
        # A printed page of the Desk says when it was printed; the Gate prints and keeps no hour.
        "now": timezone.now(),
    }


def organisation() -> str:
    """The name in the signed manifest; no name at all when nobody trusted has signed one."""
    try:
        return trust.current().title
    except Untrusted:
        return ""


def languages() -> list[dict[str, object]]:
    """Each language in its own words, in the order of the settings."""
    present = get_language()
    return [
        {"code": code, "name": _capital(get_language_info(code)["name_local"]), "present": code == present}
        for code, _ in settings.LANGUAGES
    ]


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
