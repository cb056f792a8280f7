# SPDX-License-Identifier: AGPL-3.0-or-later
"""Visits: what the Gate remembers between two pages, readable only with the visitor's own cookie."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime

from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.primitives import NONCE_SIZE, ChunkCipher, hkdf_expand, random_bytes
from watchword.core.sealing.receipt import DIGITS, Receipt, ReceiptKeys
from watchword.core.sealing.recipients import Identity
from watchword.intake import rules
from watchword.intake.models import GateSession

KEY_SIZE = 32
_NAME = b"watchword/gate/visit/v1/name"
_SEAL = b"watchword/gate/visit/v1/seal"
# Words of equal length, for the length of a row must not tell which it is.
_HERE, _IN_BROWSER = "arrival", "browser"
_UNWRITTEN = "unwritten"


@dataclass(frozen=True)
class Visit:
    """One applicant, here and now.

    ``key`` is the cookie's value and is stored nowhere. ``mailbox`` names a row, or nothing at all when the
    receipt that was typed belongs to no application: the pages cannot tell, and need not. ``receipt`` is kept
    only until the applicant has shown that it is written down.

    Where the browser itself derives the keys, ``keys`` and ``receipt`` never come here, only the log-in token
    that it has ``shown``. Instead the visit holds ``lock``, under which the browser's tab keeps what it
    derived: the tab alone opens nothing once the visit has ended, and the visit never sees what lies in the
    tab. ``written``: the receipt is on paper. ``second`` is a second receipt until the next page shows it.
    """

    key: bytes = field(repr=False)
    mailbox: str
    keys: ReceiptKeys | None
    receipt: Receipt | None
    seen: int
    lock: bytes = field(default=b"", repr=False)
    written: bool = True
    shown: bytes = field(default=b"", repr=False)
    second: Receipt | None = None

    @property
    def login(self) -> bytes:
        """The log-in token of the receipt, which opens the mailbox's notebook and no letter."""
        return self.keys.login if self.keys else self.shown

    @property
    def in_browser(self) -> bool:
        """Whether the keys of this visit are in the visitor's browser and nowhere else."""
        return self.keys is None

    @property
    def unwritten(self) -> bool:
        """Whether the applicant has yet to show that the receipt is written down."""
        return self.receipt is not None or not self.written


def new_key() -> bytes:
    """A value for a visitor's cookie."""
    return random_bytes(KEY_SIZE)


def minutes(now: datetime) -> int:
    return int(now.timestamp()) // 60


def keep(visit: Visit, now: datetime) -> Visit:
    """Write the visit, as of now, sealed under the visitor's cookie."""
    visit = replace(visit, seen=minutes(now))
    nonce = random_bytes(NONCE_SIZE)
    sealed = nonce + ChunkCipher(hkdf_expand(visit.key, _SEAL)).seal(nonce, _pack(visit))
    GateSession.objects.update_or_create(
        id_hash=_row_name(visit.key), defaults={"sealed": sealed, "day": now.date()}
    )
    return visit


def resume(key: bytes, now: datetime) -> Visit | None:
    """The visit that this cookie belongs to; None when there is none, or when it was idle for too long."""
    row = GateSession.objects.filter(id_hash=_row_name(key)).first()
    if row is None:
        return None
    visit = _unpack(key, bytes(row.sealed))
    if visit is None or minutes(now) - visit.seen >= rules.IDLE_MINUTES:
        row.delete()
        return None
    # A row is rewritten once a minute at most, not for every page.
    return visit if visit.seen == minutes(now) else keep(visit, now)


def end(key: bytes) -> None:
    """Forget the visit. The application stays as it is."""
    GateSession.objects.filter(id_hash=_row_name(key)).delete()


def _row_name(key: bytes) -> str:
    return hkdf_expand(key, _NAME).hex()


def _pack(visit: Visit) -> bytes:
    """Every visit has the same length: a row tells neither how far its owner has come nor by what way."""
    digits = visit.receipt.digits if visit.receipt else ""
    second = visit.second.digits if visit.second else ""
    fields = {
        "mailbox": visit.mailbox,
        "login": visit.login.hex(),
        "seed": (visit.keys.mailbox.seed if visit.keys else visit.lock).hex(),
        "receipt": (digits if visit.written else _UNWRITTEN).rjust(DIGITS),
        "second": second.rjust(DIGITS),
        "seen": f"{visit.seen:012d}",
        "keys": _HERE if visit.keys else _IN_BROWSER,
    }
    return json.dumps(fields).encode()


def _unpack(key: bytes, sealed: bytes) -> Visit | None:
    try:
        plain = ChunkCipher(hkdf_expand(key, _SEAL)).open(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:])
    except SealingError:
        return None
    fields = json.loads(plain)
    login, seed = bytes.fromhex(fields["login"]), bytes.fromhex(fields["seed"])
    digits, second = fields["receipt"].strip(), fields["second"].strip()
    visit = Visit(
        key=key,
        mailbox=fields["mailbox"],
        keys=None,
        receipt=None,
        seen=int(fields["seen"]),
        second=Receipt(second) if second else None,
    )
    if fields["keys"] == _IN_BROWSER:
        return replace(visit, lock=seed, shown=login, written=digits != _UNWRITTEN)
    keys = ReceiptKeys(login, Identity.from_seed(seed))
    return replace(visit, keys=keys, receipt=Receipt(digits) if digits else None)
