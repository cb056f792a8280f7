# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Desk keeps of requests to custodians in clear: codes, hashes, minutes, seats; words lie sealed."""

from watchword.custody.models.batch import Batch, BatchAnswer, BatchBody, BatchPart
from watchword.custody.models.release import Answer, Body, Release, Resealed

__all__ = ["Answer", "Batch", "BatchAnswer", "BatchBody", "BatchPart", "Body", "Release", "Resealed"]
