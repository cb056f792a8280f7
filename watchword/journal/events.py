# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that can be recorded, under the name by which the rest of the house knows it."""

from watchword.core.ledger.acts import Act as Event

__all__ = ["Event"]
