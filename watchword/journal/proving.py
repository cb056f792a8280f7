# SPDX-License-Identifier: AGPL-3.0-or-later
"""One entry with the proof that it stands in the ledger, for somebody who checks it on another machine."""

from collections.abc import Collection
from dataclasses import dataclass

from watchword.core.ledger.errors import NotProven
from watchword.core.ledger.proofs import prove_consistency, prove_inclusion
from watchword.core.ledger.tiles import TileNodes
from watchword.journal import selectors
from watchword.journal.disk import Disk
from watchword.journal.errors import NotIntegrated
from watchword.journal.events import Event
from watchword.journal.models import EntryDetail


@dataclass(frozen=True)
class Proven:
    """An entry's bytes at ``index`` under ``checkpoint``, a signed note; and that the log ``grew`` to it."""

    checkpoint: bytes
    entry: bytes
    index: int
    path: tuple[bytes, ...]
    grew: tuple[bytes, ...]


def prove(case: str | None, events: Collection[Event], named: tuple[str, str], *, since: int = 0) -> Proven:
    """The first entry of these events about a case whose payload has this member with this value.

    ``since``: how many entries whoever asks has seen proven before; 0 for none. NotIntegrated when it is not
    in the ledger, NotProven when the ledger never was of that size.
    """
    details = EntryDetail.objects.filter(case=case, event__in=list(events)).select_related("entry")
    name, value = named
    found = next((one.entry for one in details if one.payload.get(name) == value), None)
    if found is None or found.leaf_index is None:
        raise NotIntegrated("this entry is not in the ledger")
    signed = selectors.latest_checkpoint()
    size = signed.head.size
    if since > size:
        raise NotProven(f"the ledger has {size} entries, and never had {since}")
    node = TileNodes(Disk(selectors.ledger_directory()).read, size).node
    return Proven(
        checkpoint=str(signed.note).encode(),
        entry=bytes(found.entry),
        index=found.leaf_index,
        path=tuple(prove_inclusion(node, found.leaf_index, size)),
        grew=tuple(prove_consistency(node, since, size)) if since else (),
    )
