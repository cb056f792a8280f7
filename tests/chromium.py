# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which browser the tests drive: Chromium without a window, for half the work of the one with windows."""

import os
import shutil

from tools.prepare import BROWSERS


def executable() -> str:
    """The path of a Chromium; ``CHROMIUM`` in the environment goes before what is installed."""
    installed = filter(None, map(shutil.which, BROWSERS))
    return os.environ.get("CHROMIUM") or next(installed, "/usr/bin/chromium")
