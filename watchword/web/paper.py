# SPDX-License-Identifier: AGPL-3.0-or-later
"""A page as a PDF, made in memory: nothing is fetched, and nothing is left on a disk."""

from pathlib import Path

CARD = Path(__file__).with_name("card.css")
"""What every card on A6 has in common."""


def pdf(text: str, *styles: Path) -> bytes:
    """The page ``text`` in the style of these files, a later one before an earlier."""
    # A third of the time in which a Desk starts would be spent on what few of its pages need.
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    # Pictures that stand in the page itself, and nothing of a network or of this machine.
    here = URLFetcher(allowed_protocols=("data",))
    sheets = [CSS(string=style.read_text(encoding="utf-8"), url_fetcher=here) for style in styles]
    made = HTML(string=text, url_fetcher=here).write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1")
    return bytes(made)
