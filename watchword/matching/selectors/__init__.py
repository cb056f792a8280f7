# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be asked about second applications, cut to who asks; nothing here opens anything."""

from watchword.matching.selectors.links import Pair, Said, check_in_case, judged, newest, pair, said, waiting
from watchword.matching.selectors.page import LinkRow, Page, looked_at, page
from watchword.matching.selectors.rings import Ring, rings

__all__ = [
    "LinkRow",
    "Page",
    "Pair",
    "Ring",
    "Said",
    "check_in_case",
    "judged",
    "looked_at",
    "newest",
    "page",
    "pair",
    "rings",
    "said",
    "waiting",
]
