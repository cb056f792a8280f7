# SPDX-License-Identifier: AGPL-3.0-or-later
"""Seals the words of requests, refusals and reviews to the custodians, and to those who may ask."""

from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.core.procedure.custody import REQUESTS
from watchword.custody.action import Words
from watchword.custody.selectors import Matter
from watchword.vault import services as vault


def seal_words(words: Words, one: Matter, *, kind: str, actor: Actor, now: datetime) -> str:
    """The uid of the record; the caller holds the lock of the case."""
    readers = one.profile.compartment(REQUESTS).readers
    return vault.seal_record(
        case=one.uid,
        compartment=REQUESTS,
        kind=kind,
        payload=words.encode(),
        signer=actor.signer,
        now=now,
        readers=sorted(readers),
    ).uid
