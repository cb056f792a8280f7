# SPDX-License-Identifier: AGPL-3.0-or-later
"""Public lists on disk: their records, versions and index."""

from watchword.watchlists.progress import Report
from watchword.watchlists.screen import Hit, Screen
from watchword.watchlists.shelf import ListFacts, Shelf
from watchword.watchlists.versions import Version

__all__ = ["Hit", "ListFacts", "Report", "Screen", "Shelf", "Version"]
