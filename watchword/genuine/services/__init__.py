# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes cards and clones."""

from watchword.genuine.services.cards import NewCard, cards_delivered, give_countersign, issue
from watchword.genuine.services.clones import confirm, drop, propose, register_delivered

__all__ = [
    "NewCard",
    "cards_delivered",
    "confirm",
    "drop",
    "give_countersign",
    "issue",
    "propose",
    "register_delivered",
]
