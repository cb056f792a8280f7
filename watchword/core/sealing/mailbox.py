# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Gate's narrow door: it opens a letter with keys made from a typed receipt, and with no other keys.

The mailbox works without JavaScript, so a letter must be opened where its reader's receipt was typed: at the
Gate. The Gate has no private key of its own and may not reach ``unseal``; what it needs is this one function,
whose first argument exists only while an applicant is showing the receipt.
"""

from watchword.core.sealing.envelope import split
from watchword.core.sealing.receipt import ReceiptKeys
from watchword.core.sealing.stream import open_payload
from watchword.core.sealing.wrapping import find_file_key


def open_letter(keys: ReceiptKeys, sealed: bytes) -> bytes:
    """The plaintext of a letter sealed to this receipt's mailbox; Malformed, NoMatchingKey or Tampered."""
    header, body = split(sealed)
    return open_payload(find_file_key(header, [keys.mailbox]), body)
