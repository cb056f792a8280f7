# SPDX-License-Identifier: AGPL-3.0-or-later
"""A whole application as text, made where there is no network, to be pasted or uploaded: docs/spec/parcel.md.

Its seals are the same age files that a page makes. Around them stands only what the Gate may know: how to
find the mailbox, how to recognise its holder, whom to seal letters to, and where each entry belongs.
"""

import re
from dataclasses import dataclass

from watchword.core.refusals import sentence
from watchword.core.sealing.armor import dearmor
from watchword.core.sealing.errors import Malformed

FIRST_LINE = "watchword parcel 1"
LAST_LINE = "end of parcel"
BY_HAND = b"-----BEGIN AGE ENCRYPTED FILE-----"
MOST_ENTRIES = 64
_MAILBOX = re.compile(
    r"mailbox (?P<locator>[0-9]{8}) (?P<login_hash>[0-9a-f]{64}) (?P<recipient>age1pq1[a-z0-9]{1952})"
)
_ENTRY = re.compile(
    r"entry (?P<compartment>[a-z][a-z0-9-]{0,63}) (?P<kind>[a-z0-9:_-]{1,64}) (?P<revision>[0-9]{1,9})"
)
_END = "-----END AGE ENCRYPTED FILE-----"


@dataclass(frozen=True)
class ParcelEntry:
    """One sealed age file, with what its frame must say."""

    compartment: str
    kind: str
    revision: int
    sealed: bytes


@dataclass(frozen=True)
class ParcelText:
    """What was read: 8 digits, 32 bytes, an age1pq recipient, and the entries in order."""

    locator: str
    login_hash: bytes
    recipient: str
    entries: tuple[ParcelEntry, ...]


def read_parcel(text: str) -> ParcelText:
    """Read a parcel strictly; Malformed for anything else. Mail and paper may add blanks around lines."""
    lines = [stripped for line in text.splitlines() if (stripped := line.strip())]
    if len(lines) < 3 or lines[0] != FIRST_LINE or lines[-1] != LAST_LINE:
        raise Malformed(_CUT)
    mailbox = _MAILBOX.fullmatch(lines[1])
    if mailbox is None:
        raise Malformed(_CUT)
    entries = tuple(_entries(lines[2:-1]))
    if not entries or len({entry.revision for entry in entries}) < len(entries):
        raise Malformed(_CUT)
    login_hash = bytes.fromhex(mailbox["login_hash"])
    return ParcelText(mailbox["locator"], login_hash, mailbox["recipient"], entries)


def _entries(lines: list[str]) -> list[ParcelEntry]:
    found: list[ParcelEntry] = []
    while lines:
        named = _ENTRY.fullmatch(lines[0])
        if named is None or _END not in lines or len(found) == MOST_ENTRIES:
            raise Malformed(_CUT)
        end = lines.index(_END) + 1
        sealed = dearmor("\n".join(lines[1:end]).encode("ascii", errors="replace"))
        found.append(ParcelEntry(named["compartment"], named["kind"], int(named["revision"]), sealed))
        lines = lines[end:]
    return found


_CUT = sentence("This is not a whole parcel: something is missing or was changed on the way. Copy all of it.")
