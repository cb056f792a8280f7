# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Desk keeps of requests to custodians in clear: codes, hashes, minutes, seats; words lie sealed."""

from watchword.custody.models.batch import Batch, BatchAnswer, BatchBody, BatchPart
from watchword.custody.models.release import Answer, Body, Release, Resealed
from watchword.custody.models.resplit import Anew, AsItWas, Resplit

__all__ = [
    "Anew",
    "Answer",
    "AsItWas",
    "Batch",
    "BatchAnswer",
    "BatchBody",
    "BatchPart",
    "Body",
    "Release",
    "Resealed",
    "Resplit",
]
