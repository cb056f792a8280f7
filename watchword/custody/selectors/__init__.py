# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be asked about releases; each answer is already cut to who asks."""

from watchword.custody.selectors.finding import ended, own, to_answer, waits_for
from watchword.custody.selectors.home import Home, home
from watchword.custody.selectors.matter import (
    Lodged,
    Matter,
    bodies_of,
    matter,
    matter_by_code,
    matter_by_uid,
    matter_in_custody,
    share_of,
)
from watchword.custody.selectors.pages import (
    Before,
    CasePage,
    SeatPage,
    before,
    case_page,
    is_same,
    seat_page,
)
from watchword.custody.selectors.rows import AnswerRow, ReleaseRow, row_of, row_to_answer, seat_title

__all__ = [
    "AnswerRow",
    "Before",
    "CasePage",
    "Home",
    "Lodged",
    "Matter",
    "ReleaseRow",
    "SeatPage",
    "before",
    "bodies_of",
    "case_page",
    "ended",
    "home",
    "is_same",
    "matter",
    "matter_by_code",
    "matter_by_uid",
    "matter_in_custody",
    "own",
    "row_of",
    "row_to_answer",
    "seat_page",
    "seat_title",
    "share_of",
    "to_answer",
    "waits_for",
]
