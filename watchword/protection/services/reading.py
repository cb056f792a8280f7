# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens a call sign for a custodian; the opening is in the ledger first."""

from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.core.procedure.text import Text
from watchword.protection import selectors
from watchword.protection.sealed import sign_in
from watchword.vault.opening import open_record

PURPOSE = "call-sign"


@dataclass(frozen=True)
class Shown:
    """A call sign with its case; lives as long as one answer to a page."""

    code: str
    sign: Text
    at: datetime
    ended_at: datetime | None


def open_sign(*, sign_uid: str, actor: Actor, now: datetime) -> Shown:
    """Which call sign it is."""
    found = selectors.sign_of(sign_uid, viewer=actor)
    payload = open_record(found.record_id, actor=actor, purpose=PURPOSE, now=now)
    return Shown(found.case.code, sign_in(payload), found.at, found.ended_at)
