# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which browser the tests drive: Chromium without a window, for half the work of the one with windows."""

import os
import shutil

from tools.prepare import BROWSERS


def executable() -> str:
    """The path of a Chromium; ``CHROMIUM`` in the environment goes before what is installed."""
    installed = map(
        shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    )
    return os.environ.get("CHROMIUM") or next(filter(None, installed), "/usr/bin/chromium")
