# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes or opens something of call signs, enquiries and compromises."""

from watchword.protection.services.compromising import Answered, end, read, report, set_rule, settle
from watchword.protection.services.enquiries import destroy, destroy_old, take
from watchword.protection.services.hearing import Heard, hear
from watchword.protection.services.issuing import Offer, draw, issue
from watchword.protection.services.looking import ask_look, look
from watchword.protection.services.reading import Shown, open_sign

__all__ = [
    "Answered",
    "Heard",
    "Offer",
    "Shown",
    "ask_look",
    "destroy",
    "destroy_old",
    "draw",
    "end",
    "hear",
    "issue",
    "look",
    "open_sign",
    "read",
    "report",
    "set_rule",
    "settle",
    "take",
]
