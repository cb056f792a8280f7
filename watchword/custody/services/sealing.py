# SPDX-License-Identifier: AGPL-3.0-or-later
"""Seals the words of requests, refusals and reviews to the custodians, and to those who may ask."""

from collections.abc import Collection
from datetime import datetime

from watchword.accounts.rules import CUSTODIANS, SCREENING, Actor
from watchword.core.procedure.custody import REQUESTS
from watchword.custody.action import Words
from watchword.custody.selectors import Matter
from watchword.vault import services as vault


def readers_of_asking(one: Matter, actor: Actor) -> frozenset[str]:
    """The seats, and of those who may ask the role that does: screening reads nothing of vetting's."""
    readers = one.profile.compartment(REQUESTS).readers
    screens = SCREENING in actor.roles
    return frozenset(role for role in readers if role in CUSTODIANS or (role == SCREENING) is screens)


def seal_words(
    words: Words, one: Matter, *, kind: str, readers: Collection[str], actor: Actor, now: datetime
) -> str:
    """The uid of the record; the caller holds the case’s lock. An answer has the readers of the asking."""
    return vault.seal_record(
        case=one.uid,
        compartment=REQUESTS,
        kind=kind,
        payload=words.encode(),
        signer=actor.signer,
        now=now,
        readers=sorted(readers),
    ).uid
