# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ticket of a session that a passkey opens: its key is made before the passkey is asked about it.

The key is not kept meanwhile: it follows from the ticket, which only the page has, and from a secret of this
Desk, which the page does not have. Whoever holds one of the two has no key.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

from watchword.accounts.passkeys import Purpose, new_ticket, read_ticket
from watchword.core.ledger.assertion import session_challenge
from watchword.core.ledger.tree import TreeHead
from watchword.core.sealing.primitives import ed25519_public, hkdf
from watchword.journal.selectors import latest_checkpoint

_LABEL = b"watchword/session-key/v1"


@dataclass(frozen=True, repr=False)
class SessionTicket:
    """The signing key of a session that may begin, when it ends, and the log that its page had seen."""

    signing_seed: bytes
    until: datetime
    base: TreeHead

    @property
    def challenge(self) -> bytes:
        """What the passkey signs, and everybody can check afterwards."""
        return session_challenge(ed25519_public(self.signing_seed), _minutes(self.until), self.base)


def new_session_ticket(purpose: Purpose, now: datetime, until: datetime) -> str:
    """A ticket for a session until then."""
    head = latest_checkpoint().head
    return new_ticket(purpose, now, str(_minutes(until)), str(head.size), head.root.hex())


def read_session_ticket(ticket: str, purpose: Purpose, now: datetime) -> SessionTicket:
    """What the ticket stands for; WrongState unless this Desk gave it for this purpose, lately."""
    nonce, minutes, size, root = read_ticket(ticket, purpose, now)
    seed = hkdf(settings.SECRET_KEY.encode(), salt=bytes.fromhex(nonce), info=_LABEL + purpose.encode())
    until = datetime.fromtimestamp(int(minutes) * 60, UTC)
    return SessionTicket(seed, until, TreeHead(int(size), bytes.fromhex(root)))


def _minutes(until: datetime) -> int:
    return int(until.timestamp()) // 60
