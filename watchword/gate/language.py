# SPDX-License-Identifier: AGPL-3.0-or-later
"""The language of this page, as one of those that every profile speaks."""

from django.utils.translation import get_language

from watchword.core.procedure.text import LANGUAGES


def language() -> str:
    """One of LANGUAGES; English when the browser wants another."""
    code = (get_language() or "en").split("-")[0]
    return code if code in LANGUAGES else "en"
