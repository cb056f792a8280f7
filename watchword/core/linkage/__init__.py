# SPDX-License-Identifier: AGPL-3.0-or-later
"""Texts that are nearly the same, and people who may be the same, found from what a key has scrambled."""

from watchword.core.linkage.clusters import Judged
from watchword.core.linkage.groups import Gathering, Place
from watchword.core.linkage.identity import Born, Identity, WrittenName
from watchword.core.linkage.likeness import Likeness, likeness
from watchword.core.linkage.matchkeys import VERSION, Key, Kind, match_keys
from watchword.core.linkage.sheet import Sheet, decode_sheet, encode_sheet
from watchword.core.linkage.sketch import KEY_SIZE, LEAST_PARTS, SLOTS, Keyed, Sketch, Sketcher, agreement
from watchword.core.linkage.words import NameReader

__all__ = [
    "KEY_SIZE",
    "LEAST_PARTS",
    "SLOTS",
    "VERSION",
    "Born",
    "Gathering",
    "Identity",
    "Judged",
    "Key",
    "Keyed",
    "Kind",
    "Likeness",
    "NameReader",
    "Place",
    "Sheet",
    "Sketch",
    "Sketcher",
    "WrittenName",
    "agreement",
    "decode_sheet",
    "encode_sheet",
    "likeness",
    "match_keys",
]
