# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Desk keeps of a case in clear: codes, stages and minutes, never a word about the person."""

from watchword.cases.models.agreed import Joining, Offer
from watchword.cases.models.case import (
    Arrival,
    Call,
    Case,
    Colleague,
    EvidenceMark,
    Letter,
    Outgoing,
    Tie,
)
from watchword.cases.models.likeness import Likeness, SketchSheet
from watchword.cases.models.lists import Batch, BatchCase, SavedChoice
from watchword.cases.models.versions import VersionProposal
from watchword.cases.models.work import Look, Note, Task

__all__ = [
    "Arrival",
    "Batch",
    "BatchCase",
    "Call",
    "Case",
    "Colleague",
    "EvidenceMark",
    "Joining",
    "Letter",
    "Likeness",
    "Look",
    "Note",
    "Offer",
    "Outgoing",
    "SavedChoice",
    "SketchSheet",
    "Task",
    "Tie",
    "VersionProposal",
]
