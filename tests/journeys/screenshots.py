# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pictures of the README, taken on the way; rewritten only when WATCHWORD_SCREENSHOTS is set."""

import os
from pathlib import Path

from playwright.sync_api import Page

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"


def take(page: Page, name: str, *, most: int = 1750) -> None:
    """Keep what the page shows, from its top down to ``most`` pixels."""
    if os.environ.get("WATCHWORD_SCREENSHOTS"):
        FOLDER.mkdir(exist_ok=True)
        size = page.viewport_size
        assert size is not None
        clip = {"x": 0.0, "y": 0.0, "width": float(size["width"]), "height": float(most)}
        page.screenshot(path=FOLDER / f"{name}.png", full_page=True, clip=clip)  # type: ignore[arg-type]  # a rectangle
