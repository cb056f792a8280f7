# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why the ledger refuses bytes, a proof or a signature: one sentence each, never a secret inside.

LedgerError
├── Malformed      these bytes are not in the one accepted form
├── NotProven      a Merkle proof does not lead to the root it claims
├── BadSignature   no trusted key signed this, or a trusted key's signature is wrong
└── Damaged        the log on disk contradicts itself and will not be touched
"""


class LedgerError(Exception):
    """Something about a log is not as it must be; ``str()`` is a sentence for a person."""


class Malformed(LedgerError):
    """Bytes that are not in the one accepted form."""


class NotProven(LedgerError):
    """A proof that does not lead from what is known to what is claimed."""


class BadSignature(LedgerError):
    """A note without a signature that a trusted key made over exactly this text."""


class Damaged(LedgerError):
    """A log directory that contradicts itself: it is left as found, for a person to look at."""
