# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes a case; each change and its ledger entry are one transaction."""

from watchword.cases.services.arrivals import open_case, receive_letter, receive_section, receive_withdrawal
from watchword.cases.services.calls import OpenedCall, answer_call, open_call, receive_call, take_call
from watchword.cases.services.erasing import erase_case
from watchword.cases.services.keeping import ask_colleague, assign_keeper, declare_tie, note_evidence
from watchword.cases.services.letters import letters_delivered, send_letter, tell_openings
from watchword.cases.services.reading import (
    OpenedCompartment,
    OpenedLetter,
    open_compartment,
    open_file,
    open_letter,
    open_section,
)
from watchword.cases.services.stages import apply_outcome, move_stage

__all__ = [
    "OpenedCall",
    "OpenedCompartment",
    "OpenedLetter",
    "answer_call",
    "apply_outcome",
    "ask_colleague",
    "assign_keeper",
    "declare_tie",
    "erase_case",
    "letters_delivered",
    "move_stage",
    "note_evidence",
    "open_call",
    "open_case",
    "open_compartment",
    "open_file",
    "open_letter",
    "open_section",
    "receive_call",
    "receive_letter",
    "receive_section",
    "receive_withdrawal",
    "send_letter",
    "take_call",
    "tell_openings",
]
