# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be said of a sealed file without a key: whom it seems to be for, and how much it can hold.

None of it is proof. A Gate that holds no key keeps out what nobody could open, and no more than that.
"""

from collections.abc import Iterable

from watchword.core.sealing.envelope import find_header_end, parse_header
from watchword.core.sealing.errors import Malformed
from watchword.core.sealing.padding import padded_length
from watchword.core.sealing.primitives import TAG_SIZE
from watchword.core.sealing.stream import CHUNK_SIZE, SALT_SIZE

_SEALED_CHUNK = CHUNK_SIZE + TAG_SIZE


def check_header(beginning: bytes, kinds: Iterable[str]) -> int:
    """The length of the header that ``beginning`` holds whole, with one stanza for each of ``kinds``.

    Malformed for any other beginning. Whether a stanza is for the right key shows only to its holder.
    """
    end = find_header_end(beginning)
    if end is None:
        raise Malformed("the header of an age file is cut short")
    found = sorted(stanza.arguments[0] for stanza in parse_header(beginning[:end]).stanzas)
    if found != sorted(kinds):
        raise Malformed("this is not sealed to those who read this compartment")
    return end


def check_length(sealed: int, header: int) -> None:
    """Malformed unless a padded frame of whole chunks has just this sealed length.

    What is not padded would tell its exact size to everybody on its way.
    """
    body = sealed - header - SALT_SIZE
    chunks = max(1, -(-body // _SEALED_CHUNK))
    framed = body - chunks * TAG_SIZE
    if framed <= 0 or framed <= (chunks - 1) * CHUNK_SIZE or padded_length(framed) != framed:
        raise Malformed("this is not a padded frame in whole chunks")


def sealed_length(framed: int) -> int:
    """How many bytes follow the header when a frame of so many bytes is padded and sealed."""
    padded = padded_length(framed)
    return SALT_SIZE + padded + TAG_SIZE * max(1, -(-padded // CHUNK_SIZE))
