# SPDX-License-Identifier: AGPL-3.0-or-later
"""Genuine or clone: what can be compared with paper, what was signed, and what each of it is worth."""

import io
from functools import lru_cache
from pathlib import Path

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from watchword import trust
from watchword.core.refusals import NotFound, sentence
from watchword.gate.language import language
from watchword.intake import selectors

DOTS_A_MODULE = 5


@require_safe
def genuine(request: HttpRequest) -> HttpResponse:
    """The address, the mark of the roots and the card: what to compare with what was told by other ways."""
    mark = trust.fingerprint()
    page = {"manifest": trust.current(), "digits": mark.digits, "rows": mark.rows(language())}
    return render(request, "gate/genuine.html", page)


@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """What each of these stops, and what it does not."""
    return render(request, "gate/genuine_measures.html")


@require_safe
def mark_picture(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view takes it
    """The digits of the mark as a QR code: a PNG, because the safest browsers draw no SVG."""
    return HttpResponse(_drawn("".join(trust.fingerprint().digits)), content_type="image/png")


@lru_cache(maxsize=1)
def _drawn(digits: str) -> bytes:
    """The picture of the present mark, which stays the same for years and is asked for by everybody."""
    picture = io.BytesIO()
    segno.make(digits, error="m", micro=False).save(picture, kind="png", scale=DOTS_A_MODULE)
    return picture.getvalue()


@require_safe
def signed_list(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view takes it
    """The manifest as the roots signed it, for `watchword manifest check` on another machine."""
    trust.current()
    return text_file(Path(settings.WATCHWORD_MANIFEST).read_text(encoding="utf-8"))


@require_safe
def clones(request: HttpRequest) -> HttpResponse:
    """The false sites that two officers have confirmed, newest first."""
    published = selectors.clones()
    known = sorted(published.register.clones, reverse=True) if published else []
    return render(request, "gate/clones.html", {"published": published, "known": known})


@require_safe
def clones_text(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view takes it
    """The same as the Desk signed it, for whoever copies and checks it."""
    published = selectors.clones()
    if published is None:
        raise NotFound(sentence("The Desk has not published its list of false sites yet."))
    return text_file(published.text)


def text_file(text: str) -> HttpResponse:
    """Plain text that a browser shows and does not interpret."""
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
