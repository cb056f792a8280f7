# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be asked about cases; every answer about a case is already cut to who asks."""

from watchword.cases.selectors.alike_pages import AlikePage, GroupPage, alike_page, beside, group_page
from watchword.cases.selectors.arrivals import knows_parcel
from watchword.cases.selectors.calls import CallRow, Calls, call_row, open_calls
from watchword.cases.selectors.choosing import SOON, Choice
from watchword.cases.selectors.erasing import ErasePage, erase_page
from watchword.cases.selectors.existing import Named, known_uids, named, of_uids, pinned, texts_alike
from watchword.cases.selectors.facts import case_facts, recorded_kinds, ties
from watchword.cases.selectors.joined import Joined, join_page, joinings_waiting_for, together
from watchword.cases.selectors.letters import LetterPage, letter_page, outgoing_undelivered
from watchword.cases.selectors.lists import ListPage, case_list, stages_in_list
from watchword.cases.selectors.looks import LastLook, fresh_records
from watchword.cases.selectors.noting import NotingPage, noting_page
from watchword.cases.selectors.offers import OfferPage, offer_page, offers_waiting_for
from watchword.cases.selectors.opened_by_others import Opened, opened_by_others
from watchword.cases.selectors.page import case_page, page_of
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.retention import Due, due_by_rule
from watchword.cases.selectors.saved import Saved, free_number, saved_choices
from watchword.cases.selectors.seen import seen_of
from watchword.cases.selectors.several import BatchPage, Unfinished, batch_page, letters_for, unfinished
from watchword.cases.selectors.several_asked import Asked, asked_case
from watchword.cases.selectors.tasks import waiting_for as tasks_waiting_for
from watchword.cases.selectors.visibility import (
    find,
    find_by_uid,
    find_for_custodian,
    find_several,
    known_among,
    ties_among,
    visible_cases,
)
from watchword.cases.selectors.waiting import (
    erasures_waiting_for,
    letters_waiting_for,
    steps_waiting_for,
)
from watchword.cases.selectors.waits import FEW, Waiting, Waits

__all__ = [
    "FEW",
    "SOON",
    "AlikePage",
    "Asked",
    "BatchPage",
    "CallRow",
    "Calls",
    "Choice",
    "Due",
    "ErasePage",
    "GroupPage",
    "Joined",
    "LastLook",
    "LetterPage",
    "ListPage",
    "Named",
    "NotingPage",
    "OfferPage",
    "Opened",
    "Saved",
    "Unfinished",
    "Waiting",
    "Waits",
    "alike_page",
    "asked_case",
    "batch_page",
    "beside",
    "call_row",
    "case_facts",
    "case_list",
    "case_page",
    "due_by_rule",
    "erase_page",
    "erasures_waiting_for",
    "find",
    "find_by_uid",
    "find_for_custodian",
    "find_several",
    "free_number",
    "fresh_records",
    "group_page",
    "join_page",
    "joinings_waiting_for",
    "known_among",
    "known_uids",
    "knows_parcel",
    "letter_page",
    "letters_for",
    "letters_waiting_for",
    "named",
    "noting_page",
    "of_uids",
    "offer_page",
    "offers_waiting_for",
    "open_calls",
    "opened_by_others",
    "outgoing_undelivered",
    "page_of",
    "pinned",
    "profile_of",
    "recorded_kinds",
    "saved_choices",
    "seen_of",
    "stages_in_list",
    "steps_waiting_for",
    "tasks_waiting_for",
    "texts_alike",
    "ties",
    "ties_among",
    "together",
    "unfinished",
    "visible_cases",
]
