# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be asked about screening; every answer is cut to who asks, and nothing here opens anything."""

from watchword.screening.selectors.lists import ListsPage, lists_page
from watchword.screening.selectors.matter import Matter, matter, matter_by_code, matters, told_hash
from watchword.screening.selectors.page import (
    CasePage,
    HitRow,
    case_page,
    check_in_case,
    hit_row,
    result_words,
)
from watchword.screening.selectors.queue import Queue, queue
from watchword.screening.selectors.runs import (
    RunPanel,
    batch_to_run,
    compared_in,
    for_run,
    left_of,
    names_asked_for,
    panel,
    run_to_start,
    wait_for_run,
)
from watchword.screening.selectors.waiting import waiting_for

__all__ = [
    "CasePage",
    "HitRow",
    "ListsPage",
    "Matter",
    "Queue",
    "RunPanel",
    "batch_to_run",
    "case_page",
    "check_in_case",
    "compared_in",
    "for_run",
    "hit_row",
    "left_of",
    "lists_page",
    "matter",
    "matter_by_code",
    "matters",
    "names_asked_for",
    "panel",
    "queue",
    "result_words",
    "run_to_start",
    "told_hash",
    "wait_for_run",
    "waiting_for",
]
