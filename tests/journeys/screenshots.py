# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pictures of the README, taken on the way; rewritten only when WATCHWORD_SCREENSHOTS is set."""

import os
from pathlib import Path

from playwright.sync_api import Page

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"


def take(page: Page, name: str, *, whole: bool = True) -> None:
    """Keep what the page shows; ``whole`` down to its end, or only what fits the window."""
    if os.environ.get("WATCHWORD_SCREENSHOTS"):
        FOLDER.mkdir(exist_ok=True)
        page.screenshot(path=FOLDER / f"{name}.png", full_page=whole)
