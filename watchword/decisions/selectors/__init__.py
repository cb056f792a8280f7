# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be asked about decisions; every answer is cut to who asks, and nothing here opens anything."""

from watchword.decisions.selectors.board import Board, board, board_by_code, check_in_case, proposal, rounds
from watchword.decisions.selectors.last_read import last_read
from watchword.decisions.selectors.page import BoardPage, ProposalRow, board_page, proposal_row
from watchword.decisions.selectors.tallies import outcomes_between
from watchword.decisions.selectors.waiting import waiting_for

__all__ = [
    "Board",
    "BoardPage",
    "ProposalRow",
    "board",
    "board_by_code",
    "board_page",
    "check_in_case",
    "last_read",
    "outcomes_between",
    "proposal",
    "proposal_row",
    "rounds",
    "waiting_for",
]
