# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks on a custodian's own machine what a Desk handed over, before anything of it is opened."""

from collections.abc import Mapping
from datetime import datetime

from watchword.cli.custodian_key import CannotDo, Kept
from watchword.core.ledger.acts import Act
from watchword.core.ledger.checkpoint import SignedCheckpoint
from watchword.core.ledger.entry import Statement
from watchword.core.ledger.errors import LedgerError
from watchword.core.ledger.note import VerifierKey
from watchword.core.ledger.shown import check_grown, check_signed, entry_shown
from watchword.core.ledger.spelling import to_base64url
from watchword.core.sealing import batch_request
from watchword.core.sealing import request as requests
from watchword.core.sealing.asked import Asked
from watchword.core.sealing.asked_batch import AskedBatch
from watchword.core.sealing.batch_request import SeatBatch
from watchword.core.sealing.handed import Shown
from watchword.core.sealing.request import SeatRequest
from watchword.custody.rules import RUNS
from watchword.journal.keyfile import VERIFYING
from watchword.trust.manifest import Manifest, read


def check(request: SeatRequest | SeatBatch, kept: Kept, now: datetime) -> SignedCheckpoint:
    """The checkpoint that the request stands in; an error with a sentence when something is amiss."""
    if isinstance(request, SeatBatch):
        _check_known(request.asked.run)
        batch_request.check(request, int(now.timestamp()))
        act = Act.IDENTITY_BATCH
    else:
        requests.check(request, int(now.timestamp()))
        act = Act.IDENTITY_BREAK if request.asked.glass else Act.IDENTITY_REQUEST
    shown = request.ledger
    manifest = believed(shown.manifest, kept, now)
    try:
        signed = SignedCheckpoint.parse(shown.checkpoint.encode())
        check_signed(signed, [VerifierKey.parse(text) for text in manifest.logs], VERIFYING)
        check_grown(kept.signed, signed, shown.since, shown.growth)
        statement = _statement(shown, signed)
    except LedgerError as error:
        raise CannotDo(f"the ledger does not bear this request out: {error}") from None
    _check_asked(request.asked, act, statement)
    return signed


def believed(note: str, kept: Kept, now: datetime) -> Manifest:
    """The signed list of keys, by the roots that were pinned here; Untrusted otherwise."""
    return read(note.encode(), kept.roots, kept.needed, now.date())


def _statement(shown: Shown, signed: SignedCheckpoint) -> Statement:
    return entry_shown(shown.entry.encode(), shown.index, shown.proof, signed, VERIFYING)


def _check_known(run: str) -> None:
    """What a program does, this one says in its own words, and not in those of whoever asks."""
    if run not in RUNS:
        raise CannotDo(
            f"what the program {run} does is not known here; answer it with a newer `watchword`, if at all"
        )


def _check_asked(asked: Asked | AskedBatch, act: Act, statement: Statement) -> None:
    if statement.act is not act or statement.actor != asked.asked_by:
        raise CannotDo("the entry in the ledger is by somebody else, or of another act")
    if dict(statement.public) != spelled(asked.public):
        raise CannotDo(
            "what this file asks for is not what the ledger says was asked for: something in it was exchanged"
        )


def spelled(public: Mapping[str, bytes | int]) -> dict[str, str | int]:
    """Public facts as the ledger writes them."""
    return {
        name: to_base64url(value) if isinstance(value, bytes) else value for name, value in public.items()
    }
