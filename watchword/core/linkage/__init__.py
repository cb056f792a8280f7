# SPDX-License-Identifier: AGPL-3.0-or-later
"""Texts that are nearly the same, found from sketches of them that a key has scrambled."""

from watchword.core.linkage.groups import Gathering, Place
from watchword.core.linkage.sheet import Sheet, decode_sheet, encode_sheet
from watchword.core.linkage.sketch import KEY_SIZE, LEAST_PARTS, SLOTS, Keyed, Sketch, Sketcher, agreement

__all__ = [
    "KEY_SIZE",
    "LEAST_PARTS",
    "SLOTS",
    "Gathering",
    "Keyed",
    "Place",
    "Sheet",
    "Sketch",
    "Sketcher",
    "agreement",
    "decode_sheet",
    "encode_sheet",
]
