# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes what the Gate stores."""

from watchword.intake.services.applications import (
    CONTACT_FORM,
    SEND_FORM,
    NewMailbox,
    begin,
    confirm,
    seal_section,
    send,
    start_again,
)
from watchword.intake.services.attachments import IncomingFile, remove
from watchword.intake.services.browsers import (
    Shown,
    begin_in_browser,
    post_from_browser,
    sign_in_from_browser,
)
from watchword.intake.services.calls import CALL_FORM, Call, call
from watchword.intake.services.cards import CardAnswer, SealedCard, answer_card, receive_cards
from watchword.intake.services.mailboxes import (
    ANSWER_FORM,
    LODGE_FORM,
    SIGN_IN_FORM,
    OutgoingLetter,
    answer,
    lodge,
    sign_in,
    withdraw,
)
from watchword.intake.services.marks import mark_answered, mark_read, mark_taken_back
from watchword.intake.services.notices import receive_clones
from watchword.intake.services.offline import OFFLINE_FORM, take_by_hand, take_parcel
from watchword.intake.services.parcels import (
    ReadyEntry,
    ReadyParcel,
    SealedLetter,
    acknowledge,
    advance_counter,
    ready_parcels,
    receive_deliveries,
)
from watchword.intake.services.pieces import Place
from watchword.intake.services.purging import purge, purge_once_a_day
from watchword.intake.services.second import (
    SECOND_FORM,
    second_from_browser,
    second_receipt,
    show_second,
)
from watchword.intake.services.tickets import WAY_IN, AlreadySent, issue, redeem
from watchword.intake.services.visits import Visit, end, new_key, resume

__all__ = [
    "ANSWER_FORM",
    "CALL_FORM",
    "CONTACT_FORM",
    "LODGE_FORM",
    "OFFLINE_FORM",
    "SECOND_FORM",
    "SEND_FORM",
    "SIGN_IN_FORM",
    "WAY_IN",
    "AlreadySent",
    "Call",
    "CardAnswer",
    "IncomingFile",
    "NewMailbox",
    "OutgoingLetter",
    "Place",
    "ReadyEntry",
    "ReadyParcel",
    "SealedCard",
    "SealedLetter",
    "Shown",
    "Visit",
    "acknowledge",
    "advance_counter",
    "answer",
    "answer_card",
    "begin",
    "begin_in_browser",
    "call",
    "confirm",
    "end",
    "issue",
    "lodge",
    "mark_answered",
    "mark_read",
    "mark_taken_back",
    "new_key",
    "post_from_browser",
    "purge",
    "purge_once_a_day",
    "ready_parcels",
    "receive_cards",
    "receive_clones",
    "receive_deliveries",
    "redeem",
    "remove",
    "resume",
    "seal_section",
    "second_from_browser",
    "second_receipt",
    "send",
    "show_second",
    "sign_in",
    "sign_in_from_browser",
    "start_again",
    "take_by_hand",
    "take_parcel",
    "withdraw",
]
