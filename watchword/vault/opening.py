# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one door: the opening is in the ledger first, and only then is anything unsealed.

Plaintext is handed to the caller and kept nowhere. Limit, said plainly: somebody who runs his own program on
this machine with stolen keys is not stopped by this order; he is stopped by not having the keys.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import transaction

from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing import frame, unseal
from watchword.core.sealing.errors import NoMatchingKey, SealingError
from watchword.core.sealing.recipients import Identity, Recipient
from watchword.journal.events import Event
from watchword.journal.services import record, wait_until_integrated
from watchword.vault import bodies, headers, rules, selectors, usual
from watchword.vault.models import SealedRecord
from watchword.vault.rules import Opener, Released


def open_record(record_uid: str, *, actor: Opener, purpose: str, now: datetime) -> bytes:
    """The payload of a record, once the ledger holds who opened it and what for."""
    row, identities = _found(record_uid, actor)
    _check_whole(row)
    _announce([row], _read(purpose), actor=actor, now=now)
    return _opened(row, identities)


def open_together(
    record_uids: Iterable[str], *, actor: Opener, purpose: str, now: datetime
) -> dict[str, bytes | WrongState]:
    """Like ``open_record`` for many small records: an entry for each, and every entry before any plaintext.

    A record that was altered or erased comes back as its refusal, so that it does not keep the others shut.
    Many records cost the ledger one turn; to name them in one entry would leave their cases without a word
    of it, and their codes in an entry whose salt does not go when one of the cases is erased.
    """
    found = [_found(record_uid, actor) for record_uid in record_uids]
    refused = {row.uid: reason for row, _ in found if (reason := _why_not_whole(row))}
    whole = [row for row, _ in found if row.uid not in refused]
    _announce(whole, _read(purpose), actor=actor, now=now)
    return {row.uid: refused.get(row.uid) or _tried(partial(_opened, row, keys)) for row, keys in found}


def open_stream(record_uid: str, *, actor: Opener, purpose: str, now: datetime) -> Iterator[bytes]:
    """Like ``open_record`` in pieces and constant memory; the ledger entry is made before this returns.

    Each piece is genuine, but only the end of the iteration without an error says that nothing was cut off.
    """
    row, identities = _found(record_uid, actor)
    _check_whole(row)
    _announce([row], _read(purpose), actor=actor, now=now)
    return _pieces(row, identities)


def open_released(
    record_uid: str, *, key: Callable[[], Identity], actor: Opener, released: Released, now: datetime
) -> bytes:
    """The payload of a record that no role reads, for the one person to whom custodians released it.

    ``key`` puts their shares together. It is called when the ledger holds the opening, and not before.
    """
    row = selectors.record_by_id(record_uid)
    rules.check_released(actor, released, record=record_uid, now=now)
    _check_whole(row)
    _announce([row], _let(released), actor=actor, now=now)
    return _put_together(row, key)


def open_released_together(
    keys: Mapping[str, Callable[[], Identity]], *, actor: Opener, released: Released, now: datetime
) -> dict[str, bytes | WrongState]:
    """Like ``open_released`` for many records, each with what puts its shares together: one turn for all.

    As with ``open_together``, a record that does not open comes back as its refusal.
    """
    rows = [selectors.record_by_id(record_uid) for record_uid in keys]
    for row in rows:
        rules.check_released(actor, released, record=row.uid, now=now)
    refused = {row.uid: reason for row in rows if (reason := _why_not_whole(row))}
    _announce([row for row in rows if row.uid not in refused], _let(released), actor=actor, now=now)
    return {
        row.uid: refused.get(row.uid) or _tried(partial(_put_together, row, keys[row.uid])) for row in rows
    }


def take_out(
    record_uids: Iterable[str], *, actor: Opener, purpose: str, now: datetime
) -> dict[str, bytes | WrongState]:
    """Records as age files, unopened, for a reader whose key never was here; recorded as if opened here.

    What they do with it on a machine of their own nobody here sees: so handing it out is the opening.
    """
    rows = [selectors.record_by_id(record_uid) for record_uid in record_uids]
    for row in rows:
        rules.check_may_open(actor, readers=readers(row), held=row.held, written_by=row.written_by)
    refused = {row.uid: reason for row in rows if (reason := _why_not_whole(row))}
    _announce([row for row in rows if row.uid not in refused], _read(purpose), actor=actor, now=now)
    return {row.uid: refused.get(row.uid) or _tried(partial(_as_stored, row)) for row in rows}


def unlock(sealed: bytes, identity: Identity) -> bytes:
    """Key material for its owner: staff keys, copies of role keys, sessions. Never a case record."""
    return unseal.unseal(sealed, [identity])


def rewrap_header(
    header: bytes, identities: Sequence[Identity], recipients: Sequence[Recipient], *, likely: int
) -> bytes:
    """A new header for the same body; a SealingError when none of the identities opens the old one."""
    return unseal.rewrap(header, identities, recipients, likely=likely)


def _found(record_uid: str, actor: Opener) -> tuple[SealedRecord, list[Identity]]:
    """The record, and the keys of this person that may open it."""
    row = selectors.record_by_id(record_uid)
    return row, _identities(row, actor, held=row.held)


def _check_whole(row: SealedRecord) -> None:
    headers.check(row)
    bodies.check(row.body_sha256)


def _why_not_whole(row: SealedRecord) -> WrongState | None:
    try:
        _check_whole(row)
    except WrongState as refused:
        return refused
    return None


@dataclass(frozen=True)
class _Act:
    """What the ledger says of an opening, besides which record it is of."""

    event: Event
    said: Mapping[str, str]
    public: Mapping[str, bytes] = field(default_factory=dict)


def _read(purpose: str) -> _Act:
    """By a reader of the compartment."""
    return _Act(Event.COMPARTMENT_OPEN, {"purpose": purpose})


def _let(released: Released) -> _Act:
    """By custodians' leave, under the hash that they have answered."""
    told = released.told.isoformat() if released.told else ""
    said = {"purpose": released.purpose, "release": released.uid, "told": told}
    return _Act(Event.IDENTITY_OPEN, said, {"action": released.action})


def _announce(rows: Sequence[SealedRecord], act: _Act, *, actor: Opener, now: datetime) -> None:
    """Write the entries in a transaction of their own and wait until the tile log holds them.

    ``durable`` refuses to run inside somebody else's transaction, whose rollback would take the entries with
    it after the plaintext was seen.
    """
    with transaction.atomic(durable=True):
        usual.check(rows, actor=actor, purpose=act.said["purpose"], now=now)
        entries = [
            record(
                act.event,
                signer=actor.signer,
                case=row.case,
                payload={"record": row.uid, "compartment": row.compartment, "kind": row.kind, **act.said},
                public=act.public,
                at=now,
            )
            for row in rows
        ]
    for entry in entries:
        wait_until_integrated(entry.nonce)


def _opened(row: SealedRecord, identities: list[Identity]) -> bytes:
    body = b"".join(bodies.read(row.body_sha256))
    try:
        plain = unseal.unseal_parts(headers.bare(row), body, identities)
        # The one kind without a frame. Whoever shows it must say that nothing binds it to its case.
        return plain if row.kind == rules.BY_HAND else frame.unpack(plain, _frame(row))
    except SealingError as error:
        raise _refusal(row, error) from error


def _put_together(row: SealedRecord, key: Callable[[], Identity]) -> bytes:
    return _opened(row, [key()])


def _tried(opening: Callable[[], bytes]) -> bytes | WrongState:
    try:
        return opening()
    except WrongState as refused:
        return refused


def readers(row: SealedRecord) -> frozenset[str]:
    """Those of the record whom the profile allows: a changed row can shut readers out but not let any in."""
    return selectors.readers_of(row.compartment) & frozenset(row.readers)


def _identities(row: SealedRecord, actor: Opener, *, held: bool) -> list[Identity]:
    allowed = readers(row)
    rules.check_may_open(actor, readers=allowed, held=held, written_by=row.written_by)
    assert actor.keys is not None  # the rule above refuses locked keys
    identities = actor.keys.identities(sorted(actor.roles & allowed))
    rules.check_has_identities(identities)
    return identities


def _frame(row: SealedRecord) -> frame.Frame:
    return frame.Frame(bytes.fromhex(row.case), row.compartment, row.revision)


def _as_stored(row: SealedRecord) -> bytes:
    try:
        return b"".join(_sealed(row))
    except SealingError as error:
        raise _refusal(row, error) from error


def _pieces(row: SealedRecord, identities: list[Identity]) -> Iterator[bytes]:
    opened = unseal.unseal_stream(_sealed(row), identities)
    try:
        yield from frame.unpack_stream(opened, _frame(row))
    except SealingError as error:
        raise _refusal(row, error) from error


def _sealed(row: SealedRecord) -> Iterator[bytes]:
    yield headers.bare(row)
    yield from bodies.read(row.body_sha256)


def _refusal(row: SealedRecord, error: SealingError) -> WrongState:
    if isinstance(error, NoMatchingKey):
        return WrongState(
            sentence("None of your keys opens this record: it was sealed to others, or to an older key.")
        )
    return WrongState(
        sentence(
            "The sealed record %(name)s is not what was stored: %(reason)s.",
            name=row.uid,
            reason=error.reason,
        )
    )
