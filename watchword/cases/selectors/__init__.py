# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be asked about cases; every answer about a case is already cut to who asks."""

from watchword.cases.selectors.alike_pages import AlikePage, GroupPage, alike_page, beside, group_page
from watchword.cases.selectors.arrivals import knows_parcel
from watchword.cases.selectors.calls import CallRow, call_row, open_calls
from watchword.cases.selectors.choosing import Choice
from watchword.cases.selectors.erasing import ErasePage, erase_page
from watchword.cases.selectors.facts import case_facts, recorded_kinds, ties
from watchword.cases.selectors.joined import Joined, join_page, joinings_waiting_for
from watchword.cases.selectors.letters import LetterPage, letter_page, outgoing_undelivered
from watchword.cases.selectors.lists import ListPage, case_list, stages_in_list
from watchword.cases.selectors.looks import LastLook, fresh_records
from watchword.cases.selectors.noting import NotingPage, noting_page
from watchword.cases.selectors.offers import OfferPage, offer_page, offers_waiting_for
from watchword.cases.selectors.page import case_page, page_of
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.seen import seen_of
from watchword.cases.selectors.tasks import waiting_for as tasks_waiting_for
from watchword.cases.selectors.visibility import find, find_by_uid, visible_cases
from watchword.cases.selectors.waiting import Waiting, waiting_for, written_to

__all__ = [
    "AlikePage",
    "CallRow",
    "Choice",
    "ErasePage",
    "GroupPage",
    "Joined",
    "LastLook",
    "LetterPage",
    "ListPage",
    "NotingPage",
    "OfferPage",
    "Waiting",
    "alike_page",
    "beside",
    "call_row",
    "case_facts",
    "case_list",
    "case_page",
    "erase_page",
    "find",
    "find_by_uid",
    "fresh_records",
    "group_page",
    "join_page",
    "joinings_waiting_for",
    "knows_parcel",
    "letter_page",
    "noting_page",
    "offer_page",
    "offers_waiting_for",
    "open_calls",
    "outgoing_undelivered",
    "page_of",
    "profile_of",
    "recorded_kinds",
    "seen_of",
    "stages_in_list",
    "tasks_waiting_for",
    "ties",
    "visible_cases",
    "waiting_for",
    "written_to",
]
