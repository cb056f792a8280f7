# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists of persons, whatever they are written in, as one stream of persons and complaints."""

from watchword.core.screening.loaders.complaints import Complaint, Tally, Unreadable
from watchword.core.screening.loaders.formats import GLANCE, Format, detect, read
from watchword.core.screening.loaders.mapping import ColumnMapping, from_table
from watchword.core.screening.loaders.sources import Source

__all__ = [
    "GLANCE",
    "ColumnMapping",
    "Complaint",
    "Format",
    "Source",
    "Tally",
    "Unreadable",
    "detect",
    "from_table",
    "read",
]
