# SPDX-License-Identifier: AGPL-3.0-or-later
"""The age recipient type ``scrypt``: a file under a passphrase alone, as ``age -p`` makes and reads it."""

import re

from watchword.core.sealing import base64
from watchword.core.sealing.envelope import Stanza
from watchword.core.sealing.errors import Malformed
from watchword.core.sealing.primitives import (
    FILE_KEY_SIZE,
    TAG_SIZE,
    FileKey,
    random_bytes,
    scrypt,
    unwrap_once,
    wrap_once,
)

NAME = "scrypt"
_LABEL = b"age-encryption.org/v1/scrypt"
_SALT_SIZE = 16
_USUAL_WORK = 18
# 2^20 takes 1 GiB. A file names its own cost, so without a limit a stranger's file could exhaust the machine.
_MOST_WORK = 20
_NUMBER = re.compile("[1-9][0-9]{0,2}")


class Passphrase:
    """Both recipient and identity; age allows no other stanza beside one of these."""

    __slots__ = ("_passphrase", "_work")

    def __init__(self, passphrase: str, work: int = _USUAL_WORK) -> None:
        if not 1 <= work <= _MOST_WORK:
            raise Malformed(f"an scrypt work factor is from 1 to {_MOST_WORK}")
        self._passphrase = passphrase.encode(errors="surrogatepass")
        self._work = work

    @property
    def kind(self) -> str:
        """The stanza's name."""
        return NAME

    def wrap(self, file_key: FileKey) -> Stanza:
        """A stanza under a fresh salt."""
        salt = random_bytes(_SALT_SIZE)
        key = scrypt(self._passphrase, salt=_LABEL + salt, log_n=self._work)
        return Stanza((NAME, base64.encode(salt), str(self._work)), wrap_once(key, file_key))

    def unwrap(self, stanza: Stanza) -> FileKey | None:
        """The file key, or None when the passphrase is another one; Malformed when no passphrase would do."""
        if len(stanza.arguments) != 3 or len(stanza.body) != FILE_KEY_SIZE + TAG_SIZE:
            raise Malformed("a stanza scrypt has a salt, a work factor and a body of 32 bytes")
        _, salt_text, work = stanza.arguments
        salt = base64.decode(salt_text)
        if len(salt) != _SALT_SIZE:
            raise Malformed("the salt of a stanza scrypt is 16 bytes long")
        if not _NUMBER.fullmatch(work) or int(work) > _MOST_WORK:
            raise Malformed(f"the work factor of a stanza scrypt is a number up to {_MOST_WORK}")
        key = scrypt(self._passphrase, salt=_LABEL + salt, log_n=int(work))
        return unwrap_once(key, stanza.body)
