# SPDX-License-Identifier: AGPL-3.0-or-later
"""A QR code as a picture in the page: no file, no address that could be fetched again."""

import segno
from django.utils.safestring import SafeString, mark_safe


def picture(text: str) -> SafeString:
    """An inline SVG; it holds shapes and numbers only, so it is safe to put into a page as it is."""
    return mark_safe(segno.make(text, error="m").svg_inline(scale=5, light="#ffffff"))  # noqa: S308
