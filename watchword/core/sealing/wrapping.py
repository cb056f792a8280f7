# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cryptography of a header: a file key wrapped for its recipients, found again, and bound by a MAC."""

from collections.abc import Sequence
from typing import Protocol

from watchword.core.sealing import scrypt
from watchword.core.sealing.envelope import Header, Stanza, authenticated_text, parse_header
from watchword.core.sealing.errors import Malformed, NoMatchingKey, Tampered
from watchword.core.sealing.primitives import FileKey, constant_time_equal, hkdf, hmac_sha256


class Wraps(Protocol):
    """Somebody to seal to: a Recipient, or a Passphrase."""

    @property
    def kind(self) -> str:
        """The name of the stanzas that ``wrap`` makes."""

    def wrap(self, file_key: FileKey) -> Stanza:
        """A stanza holding ``file_key``."""


class Unwraps(Protocol):
    """Somebody who may open: an Identity, or a Passphrase."""

    @property
    def kind(self) -> str:
        """The name of the stanzas worth trying."""

    def unwrap(self, stanza: Stanza) -> FileKey | None:
        """The file key, or None when the stanza is for somebody else."""


def _mac(file_key: FileKey, stanzas: tuple[Stanza, ...]) -> bytes:
    return hmac_sha256(hkdf(file_key, salt=b"", info=b"header"), authenticated_text(stanzas))


def make_header(file_key: FileKey, recipients: Sequence[Wraps]) -> bytes:
    """The header that gives ``file_key`` to each of ``recipients``, who must all be of one kind.

    One recipient of an older type would make a post-quantum header worth no more than the older type.
    """
    kinds = {recipient.kind for recipient in recipients}
    if not kinds:
        raise Malformed("there is nobody to seal to")
    if len(kinds) > 1:
        raise Malformed("post-quantum and other recipients are not mixed in one header")
    if kinds == {scrypt.NAME} and len(recipients) > 1:
        raise Malformed("a passphrase is the only recipient of its file")
    stanzas = tuple(recipient.wrap(file_key) for recipient in recipients)
    return Header(stanzas, _mac(file_key, stanzas)).encode()


def find_file_key(header: bytes, identities: Sequence[Unwraps], *, likely: int = 0) -> FileKey:
    """The file key of ``header``, by whichever of ``identities`` is among its recipients.

    ``likely`` is the place of the stanza to try first. A wrong guess costs time and nothing else.

    Malformed when the header is not strict age, NoMatchingKey when it is for others, Tampered when its MAC is
    wrong: somebody added, removed or moved recipients without knowing the file key.
    """
    parsed = parse_header(header)
    names = [stanza.arguments[0] for stanza in parsed.stanzas]
    if scrypt.NAME in names and len(names) > 1:
        raise Malformed("a passphrase is the only recipient of its file")
    file_key = _unwrap_any(parsed.stanzas[likely:] + parsed.stanzas[:likely], identities)
    if not constant_time_equal(_mac(file_key, parsed.stanzas), parsed.mac):
        raise Tampered("the header of a sealed file was changed")
    return file_key


def _unwrap_any(stanzas: tuple[Stanza, ...], identities: Sequence[Unwraps]) -> FileKey:
    for identity in identities:
        for stanza in stanzas:
            if stanza.arguments[0] == identity.kind:
                file_key = identity.unwrap(stanza)
                if file_key is not None:
                    return file_key
    raise NoMatchingKey("none of these keys opens this")
