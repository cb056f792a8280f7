# SPDX-License-Identifier: AGPL-3.0-or-later
"""The index of names: arrays in, arrays out."""

from watchword.core.screening.index.collecting import Collector
from watchword.core.screening.index.layout import Arrays
from watchword.core.screening.index.searching import Found, Searcher

__all__ = ["Arrays", "Collector", "Found", "Searcher"]
