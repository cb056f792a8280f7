# SPDX-License-Identifier: AGPL-3.0-or-later
"""A page as a PDF, made in memory: nothing is fetched, and nothing is left on a disk."""

from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher


def pdf(text: str, style: Path) -> bytes:
    """The page ``text`` in the style of the file ``style``."""
    # Pictures that stand in the page itself, and nothing of a network or of this machine.
    here = URLFetcher(allowed_protocols=("data",))
    sheet = CSS(string=style.read_text(encoding="utf-8"), url_fetcher=here)
    made = HTML(string=text, url_fetcher=here).write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1")
    return bytes(made)
