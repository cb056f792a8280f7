# SPDX-License-Identifier: AGPL-3.0-or-later
"""A dossier on paper: on every sheet the case, the page, and whose copy it is since which hour."""

from datetime import datetime
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

from watchword.core.refusals import Sentence
from watchword.decisions.dossier.contents import Contents
from watchword.web.paper import pdf

STYLE = Path(__file__).with_name("paper.css")


def paper(contents: Contents, *, reader: str, purpose: Sentence, now: datetime, language: str) -> bytes:
    """The PDF, marked for its reader."""
    page = {
        "contents": contents,
        "reader": reader,
        "purpose": purpose,
        "now": now,
        "today": now.date(),
        "language": language,
    }
    with translation.override(language):
        return pdf(render_to_string("decisions/dossier_paper.html", page), STYLE)
