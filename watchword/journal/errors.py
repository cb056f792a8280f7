# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why the journal refuses: mistakes of a caller, and a ledger that does not agree with the database."""

from watchword.core.ledger.errors import LedgerError


class NotInTransaction(LedgerError):
    """An entry was to be recorded outside the transaction that makes the change it speaks of."""


class NotIntegrated(LedgerError):
    """An entry is not in the ledger although it must be, so what depends on it must not happen."""
