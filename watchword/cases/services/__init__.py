# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes a case; each change and its ledger entry are one transaction."""

from watchword.cases.services.alike import Compared, compare_next, set_apart
from watchword.cases.services.arrivals import open_case, receive_letter, receive_section, receive_withdrawal
from watchword.cases.services.calls import OpenedCall, answer_call, open_call, receive_call, take_call
from watchword.cases.services.erasing import ask_erasure, drop_erasure, erase_by_rule, erase_case
from watchword.cases.services.handing import accept_case, decline_case, offer_case, take_offer_back
from watchword.cases.services.joining import (
    confirm_joining,
    drop_joining,
    propose_joining,
    propose_parting,
)
from watchword.cases.services.keeping import (
    ask_colleague,
    assign_keeper,
    declare_tie,
    declare_tie_from_seat,
    note_evidence,
)
from watchword.cases.services.letters import letters_delivered, send_letter, tell_openings
from watchword.cases.services.looking import note_look
from watchword.cases.services.noting import OpenedNotes, open_notes, write_note
from watchword.cases.services.reading import (
    OpenedCompartment,
    OpenedLetter,
    open_compartment,
    open_file,
    open_letter,
)
from watchword.cases.services.saving import drop_choice, keep_choice
from watchword.cases.services.several import (
    answer_of_case,
    arrange_hand_over,
    arrange_letter,
    arrange_task,
    carry_out,
    choose_several,
    drop_batch,
)
from watchword.cases.services.stages import apply_outcome, move_stage
from watchword.cases.services.tasks import end_task, set_task
from watchword.cases.services.versions import change_version, confirm_version, drop_version

__all__ = [
    "Compared",
    "OpenedCall",
    "OpenedCompartment",
    "OpenedLetter",
    "OpenedNotes",
    "accept_case",
    "answer_call",
    "answer_of_case",
    "apply_outcome",
    "arrange_hand_over",
    "arrange_letter",
    "arrange_task",
    "ask_colleague",
    "ask_erasure",
    "assign_keeper",
    "carry_out",
    "change_version",
    "choose_several",
    "compare_next",
    "confirm_joining",
    "confirm_version",
    "declare_tie",
    "declare_tie_from_seat",
    "decline_case",
    "drop_batch",
    "drop_choice",
    "drop_erasure",
    "drop_joining",
    "drop_version",
    "end_task",
    "erase_by_rule",
    "erase_case",
    "keep_choice",
    "letters_delivered",
    "move_stage",
    "note_evidence",
    "note_look",
    "offer_case",
    "open_call",
    "open_case",
    "open_compartment",
    "open_file",
    "open_letter",
    "open_notes",
    "propose_joining",
    "propose_parting",
    "receive_call",
    "receive_letter",
    "receive_section",
    "receive_withdrawal",
    "send_letter",
    "set_apart",
    "set_task",
    "take_call",
    "take_offer_back",
    "tell_openings",
    "write_note",
]
