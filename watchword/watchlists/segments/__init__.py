# SPDX-License-Identifier: AGPL-3.0-or-later
"""The index of listed names on disk: built once, mapped by every process that searches."""

from watchword.watchlists.segments.bulk import build_from_names
from watchword.watchlists.segments.merging import merge
from watchword.watchlists.segments.searching import Index
from watchword.watchlists.segments.writing import SegmentWriter

__all__ = ["Index", "SegmentWriter", "build_from_names", "merge"]
