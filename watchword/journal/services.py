# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recording what is done, in the same transaction as the doing, and bringing it into the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Protocol

from django.conf import settings
from django.db import connection, transaction

from watchword.core.ledger.acts import RULES
from watchword.core.ledger.assertion import BY_CODE, Proof
from watchword.core.ledger.canonical import JSON
from watchword.core.ledger.commitments import SALT_LENGTH, case_pseudonym, commit
from watchword.core.ledger.entry import NONCE_LENGTH, Statement
from watchword.core.ledger.errors import Malformed
from watchword.core.ledger.spelling import to_base64url
from watchword.core.ledger.tree import TreeHead, leaf_hash
from watchword.core.refusals import NotPermitted, sentence
from watchword.core.sealing import primitives
from watchword.core.sealing.keystore import derived
from watchword.journal import selectors, sequencer
from watchword.journal.disk import Disk
from watchword.journal.errors import NotIntegrated, NotInTransaction
from watchword.journal.events import Event
from watchword.journal.keyfile import LogKey, make_key_file, read_key_file
from watchword.journal.models import ActorHead, CaseKey, EntryDetail, PendingEntry
from watchword.journal.rules import check_payload
from watchword.journal.tilelog import TileLog
from watchword.keystore import services as keystore

PublicFact = str | int | bytes


class Signer(Protocol):
    """Whoever acts: a pseudonym, the public key that signs, and the signing. The key stays with them."""

    @property
    def id(self) -> str: ...
    @property
    def session_public(self) -> bytes: ...
    def sign(self, message: bytes, /) -> bytes: ...


@dataclass(frozen=True)
class Recorded:
    """An entry that will be in the ledger if the transaction commits; ``nonce`` names it."""

    nonce: str


def record(
    event: Event,
    *,
    signer: Signer,
    case: str | None,
    payload: Mapping[str, JSON],
    at: datetime,
    public: Mapping[str, PublicFact] | None = None,
    proof: Proof | Literal["code"] | None = None,
) -> Recorded:
    """Record one act, inside the transaction that performs it: both become true together or neither does.

    ``payload`` holds codes and ids; it is committed to, not published. ``public`` is what the act's rule in
    ``core.ledger.acts`` asks for, keys and hashes as bytes. ``proof`` is how the person confirmed an act that
    asks for it, NotPermitted without; other acts leave it alone. LedgerError when anything else is wrong.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction("an entry is recorded inside the transaction of the change it speaks of")
    check_payload(payload)
    obj = _object(case)
    newest = hold(signer.id)
    statement = Statement(
        at=_minute(at),
        nonce=primitives.random_bytes(NONCE_LENGTH),
        act=event,
        case=obj.pseudonym,
        actor=signer.id,
        commitment=b"",
        base=selectors.latest_checkpoint().head,
        previous=bytes(newest.entry_hash),
        session=signer.session_public,
        public={name: _spelled(value) for name, value in (public or {}).items()},
    )
    statement = _confirmed(statement, proof)
    # Only now: a passkey that has confirmed the act chose the nonce, and the salt follows from it.
    salt = obj.salt(statement.nonce)
    statement = replace(statement, commitment=commit(payload, salt))
    raw = statement.signed(signer.sign(statement.message()))
    newest.entry_hash = leaf_hash(raw)
    newest.save(update_fields=["entry_hash"])
    entry = PendingEntry.objects.create(nonce=statement.nonce.hex(), actor=signer.id, entry=raw)
    at, salt = at.replace(second=0, microsecond=0), b"" if case else salt
    EntryDetail.objects.create(
        entry=entry, case=case, event=event, actor=signer.id, at=at, payload=payload, salt=salt
    )
    return Recorded(statement.nonce.hex())


def hold(actor: str) -> ActorHead:
    """What this person recorded last; until the transaction ends, nobody else records in their name."""
    ActorHead.objects.get_or_create(actor=actor)
    return ActorHead.objects.select_for_update().get(actor=actor)


def challenge(
    event: Event,
    *,
    signer: Signer,
    case: str | None,
    public: Mapping[str, PublicFact],
    nonce: bytes,
    base: TreeHead,
) -> bytes:
    """What a passkey is asked to sign before this act may be recorded with this nonce and base."""
    statement = Statement(
        at=0,
        nonce=nonce,
        act=event,
        case=_object(case).pseudonym,
        actor=signer.id,
        commitment=b"",
        base=base,
        previous=b"",
        session=signer.session_public,
        public={name: _spelled(value) for name, value in public.items()},
    )
    return statement.challenge()


def integrate(now: datetime) -> int:
    """Bring everything committed into the ledger; returns how many entries. Not inside a transaction."""
    return sequencer.integrate(_log(), timestamp=_minute(now) * 60)


def wait_until_integrated(nonce: str) -> int:
    """Return the index of a committed entry once it is in the ledger, durably; NotIntegrated otherwise.

    The caller becomes the sequencer for a moment, so there is nothing to wait for but the lock.
    """
    entry = PendingEntry.objects.filter(nonce=nonce).select_related("detail").first()
    if entry is None:
        raise NotIntegrated("this entry was never recorded")
    if entry.leaf_index is None:
        integrate(entry.detail.at)
        entry.refresh_from_db()
    if entry.leaf_index is None:
        raise NotIntegrated("this entry is not in the ledger")
    return entry.leaf_index


def create_log(directory: Path, key_path: Path, origin: str) -> LogKey:
    """Make a new ledger and its key file; returns the key, whose ``vkeys`` go into the manifest.

    What its entries commit to follows from keys of cases, so there is a key store from the same moment.
    """
    keystore.create()
    make_key_file(key_path, origin)
    key = read_key_file(key_path)
    directory.mkdir(parents=True, exist_ok=True)
    TileLog.create(Disk(directory), key)
    return key


def open_log(*, founder: Signer, at: datetime) -> Recorded:
    """Record the first entry of a new ledger, signed by the first administrator's long-term key.

    Everyone else's enrolment is signed by somebody enrolled before, so who pins this key pins all of them.
    """
    origin_hash = primitives.sha256(selectors.latest_checkpoint().checkpoint.origin.encode())
    with transaction.atomic():
        return record(
            Event.LOG_OPEN,
            signer=founder,
            case=None,
            payload={},
            at=at,
            public={"origin_hash": origin_hash, "key": founder.session_public},
        )


def forget(case: str) -> None:
    """Part the case from its entries for good: its key goes, and with it the salts and the pseudonym.

    The last entry about the erasure comes before this; what is recorded later has a pseudonym of its own.
    """
    keys = CaseKey.objects.filter(case=case)
    keystore.destroy(keys.values_list("key", flat=True))
    keys.delete()


def pseudonym(case: str) -> bytes:
    """By what name the ledger speaks of this case: nobody finds it again once the case was forgotten."""
    return _object(case).pseudonym


def _confirmed(statement: Statement, proof: Proof | Literal["code"] | None) -> Statement:
    """A decisive act with its confirmation; NotPermitted when there is none, or one for another act."""
    rule = RULES[statement.act]
    if not rule.fresh and not (rule.by_passkey and isinstance(proof, Proof)):
        return statement
    if proof is None:
        raise NotPermitted(sentence("Confirm this act with a passkey or a one-time code."))
    if not isinstance(proof, Proof):
        return replace(statement, fresh=BY_CODE)
    asked = replace(statement, nonce=proof.nonce, base=proof.base, fresh=proof.assertion)
    answered = proof.assertion.answers(asked.challenge())
    if not answered or PendingEntry.objects.filter(nonce=proof.nonce.hex()).exists():
        raise NotPermitted(sentence("The passkey has confirmed another act than this one."))
    return asked


def _log() -> TileLog:
    return sequencer.tile_log(selectors.ledger_directory(), Path(settings.WATCHWORD_LEDGER_KEY))


@dataclass(frozen=True)
class _Object:
    """What an entry is about: the pseudonym of a case, and the key that its salts follow from."""

    pseudonym: bytes = b""
    key: bytes = b""

    def salt(self, nonce: bytes) -> bytes:
        """Of a case nothing is stored, so that nothing of it lies in a copy of the database."""
        if not self.key:
            return primitives.random_bytes(SALT_LENGTH)
        return primitives.hmac_sha256(derived(self.key, "salt"), nonce)


def _object(case: str | None) -> _Object:
    if case is None:
        return _Object()
    try:
        uid = bytes.fromhex(case)
    except ValueError:
        raise Malformed("a case is named by the hexadecimal digits of its uid") from None
    key = _key_of(case)
    return _Object(case_pseudonym(derived(key, "pseudonym"), uid), key)


def _key_of(case: str) -> bytes:
    """The secret of a case, made for its first entry, and again for the first after it was erased."""
    kept = CaseKey.objects.filter(case=case).first()
    if kept is None:
        kept, _ = CaseKey.objects.get_or_create(case=case, defaults={"key": keystore.make()})
    secret = keystore.secret(kept.key)
    if secret is None:
        # Erased, and brought back by an old copy of the database.
        kept.key = keystore.make()
        kept.save(update_fields=["key"])
        return _key_of(case)
    return secret


def _spelled(value: PublicFact) -> JSON:
    return to_base64url(value) if isinstance(value, bytes) else value


def _minute(moment: datetime) -> int:
    """Whole minutes since 1970: the ledger knows no time finer than that."""
    if moment.tzinfo is None:
        raise Malformed("a time in the ledger needs its time zone")
    return int(moment.astimezone(UTC).timestamp()) // 60
