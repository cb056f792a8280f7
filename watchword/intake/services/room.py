# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeps room on the disk for what matters most: files are refused before answers and letters have to be."""

import shutil

from django.conf import settings

from watchword.core.refusals import WrongState, sentence

# Thousands of applications without files fit into this.
RESERVE = 2**30


def check_room() -> None:
    """Refuse a file, or its next piece, when the disk of this Gate is nearly full."""
    if shutil.disk_usage(settings.WATCHWORD_DIR).free < RESERVE:
        raise WrongState(
            sentence("There is no room for files here today. Send the rest now, and files in a letter later.")
        )
