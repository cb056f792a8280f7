# SPDX-License-Identifier: AGPL-3.0-or-later
"""Seals what goes into custody: to a key that nobody has, and that key in shares to the seats."""

from collections.abc import Iterator, Mapping

from watchword.core.procedure.custody import Custody
from watchword.core.sealing import frame
from watchword.core.sealing.custody import entrust, pack
from watchword.core.sealing.seal import seal
from watchword.intake import envelopes


def sealed_page(
    custody: Custody, *, case: str, revision: int, payloads: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """Yield each compartment and its age file: the answers of ``payloads``, then what each seat is handed.

    All bear one ``revision``, by which the Desk finds the shares of an answer.
    """
    compartments = envelopes.profile().compartment
    kept = {
        name: entrust(name, needed=custody.needed, seats=len(custody.seats))
        for name in payloads
        if compartments(name).custody
    }
    for name, payload in payloads.items():
        framed = frame.pack(envelopes.frame_of(case, name, revision), payload)
        yield name, seal(framed, [kept[name].recipient] if name in kept else envelopes.readers(name))
    for place, seat in enumerate(custody.seats):
        handed = pack(one.parts[place] for one in kept.values())
        yield seat, envelopes.sealed(case=case, compartment=seat, revision=revision, payload=handed)
