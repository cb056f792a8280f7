# SPDX-License-Identifier: AGPL-3.0-or-later
"""Unsealing: the Desk's one door, imported by ``vault.opening`` and the command line and by nothing else."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from watchword.core.sealing.envelope import header_length, read_header
from watchword.core.sealing.primitives import Buffer
from watchword.core.sealing.stream import open_payload, open_pieces
from watchword.core.sealing.wrapping import Unwraps, Wraps, find_file_key, make_header


def unseal(sealed: bytes, identities: Sequence[Unwraps]) -> bytes:
    """The plaintext of an age v1 file; Malformed, NoMatchingKey or Tampered otherwise."""
    end = header_length(sealed)
    return unseal_parts(sealed[:end], memoryview(sealed)[end:], identities)


def unseal_parts(header: bytes, body: Buffer, identities: Sequence[Unwraps]) -> bytes:
    """Like ``unseal``, for a header and a body that were kept apart."""
    return open_payload(find_file_key(header, identities), body)


def unseal_stream(chunks: Iterable[bytes], identities: Sequence[Unwraps]) -> Iterator[bytes]:
    """Like ``unseal`` in constant memory, for a file in pieces of any sizes.

    Each piece of plaintext is genuine when it is given out, but only an iteration that ends without an error
    says that the file was not cut: do not act on any of it before.
    """
    source = iter(chunks)
    header, rest = read_header(source)
    yield from open_pieces(find_file_key(header, identities), chain([rest], source))


def rewrap(
    header: bytes, identities: Sequence[Unwraps], recipients: Sequence[Wraps], *, likely: int = 0
) -> bytes:
    """A new header for the same body, giving its file key to ``recipients`` and to nobody else.

    The old header's MAC is checked and a new one made; the body is neither read nor changed. Whoever kept the
    old header can still open the body: to shut somebody out, every copy of the old header must be destroyed.
    ``likely`` is the place of the stanza to try first.
    """
    return make_header(find_file_key(header, identities, likely=likely), recipients)
