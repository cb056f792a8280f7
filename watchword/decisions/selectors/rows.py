# SPDX-License-Identifier: AGPL-3.0-or-later
"""One thing that waits before the board, as the home page shows it."""

from datetime import datetime

from django.urls import reverse

from watchword.cases.selectors import Waiting
from watchword.core.refusals import Sentence
from watchword.decisions.selectors.board import Board


def row(table: Board, what: Sentence, since: datetime) -> Waiting:
    """What to do in this case, under the clock of its stage."""
    stage = table.profile.stage(table.matter.stage)
    address = reverse("decisions:board", args=[table.code])
    return Waiting(table.code, stage.title, what, since, stage.deadline(table.stage_since.date()), address)
