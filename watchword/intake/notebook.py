# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a mailbox remembers for its owner: a page of one size that only the receipt opens.

Every mailbox has one from its first day, filled with chance. So a disk shows neither whose letters were read
nor which mailbox stands behind a second receipt: those who hold the disk see 1 KiB of noise in each row, and
at most that a page has changed between two looks.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.primitives import NONCE_SIZE, ChunkCipher, hkdf_expand, random_bytes

SIZE = 1024
# What the cipher adds: the nonce before and the mark of 16 bytes after.
_ROOM = SIZE - NONCE_SIZE - 16
_LABEL = b"watchword/receipt/v1/notebook"


@dataclass(frozen=True)
class Notebook:
    """``read`` and ``answered`` are numbers of letters: the newest that was shown, and that was answered.

    ``consents`` gives the day on which a consent was taken back here. ``warns`` is the mailbox for which an
    alarm is raised when this one is opened, or empty.
    """

    read: int = 0
    answered: int = 0
    consents: Mapping[str, str] = field(default_factory=dict)
    warns: str = ""


def blank() -> bytes:
    """An unwritten page: noise, as a written one is to everybody without the receipt."""
    return random_bytes(SIZE)


def open_notebook(login: bytes, page: bytes) -> Notebook:
    """The page of this log-in token's holder; a fresh one when nothing was written, or it was spoiled."""
    try:
        plain = ChunkCipher(hkdf_expand(login, _LABEL)).open(page[:NONCE_SIZE], page[NONCE_SIZE:])
    except SealingError:
        return Notebook()
    return Notebook(**json.loads(plain))


def write_notebook(login: bytes, notebook: Notebook) -> bytes:
    """The page under a fresh nonce. What does not fit is the list of consents; it is then left out whole."""
    plain = _packed(notebook)
    if len(plain) > _ROOM:
        plain = _packed(Notebook(notebook.read, notebook.answered, {}, notebook.warns))
    nonce = random_bytes(NONCE_SIZE)
    return nonce + ChunkCipher(hkdf_expand(login, _LABEL)).seal(nonce, plain.ljust(_ROOM))


def _packed(notebook: Notebook) -> bytes:
    return json.dumps(asdict(notebook), separators=(",", ":")).encode()
