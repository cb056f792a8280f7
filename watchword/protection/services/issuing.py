# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws three call signs, and gives out the one that a custodian chose; it is never free again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases import selectors as cases
from watchword.cases.rules import minute
from watchword.cases.services.locking import locked
from watchword.core import names
from watchword.core.procedure.text import LANGUAGES, Text
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.keystore import services as keystore
from watchword.protection import marks, rules, selectors
from watchword.protection.meaning import gives_away, words_of
from watchword.protection.models import CallSign, TakenMarks
from watchword.protection.sealed import encode_sign
from watchword.protection.wordlist import every_call_sign, stops
from watchword.vault import services as vault

RECORD_KIND = "call-sign"


@dataclass(frozen=True)
class Offer:
    """Three call signs for one case, as one custodian was shown them."""

    case: str
    signs: tuple[Text, ...]


@transaction.atomic
def draw(*, code: str, actor: Actor, now: datetime) -> Offer:
    """Three that are free, by lot; recorded: whoever draws until a favourite comes is seen to do it."""
    case = cases.find_for_custodian(code, viewer=actor)
    rules.check_may_issue(actor, case.standing())
    pool, key = _pool()
    signs = tuple(_free(bytes(pool.marks), key))
    if len(signs) < rules.OFFERED:
        raise WrongState(sentence("Too few call signs are left: the list of words must grow."))
    record(Event.CALLSIGN_DRAW, signer=actor.signer, case=case.uid, payload={}, at=minute(now))
    return Offer(case.uid, signs)


@transaction.atomic
def issue(*, offer: Offer, reasons: Sequence[str], actor: Actor, now: datetime) -> CallSign:
    """Give out the one without a reason against it. An earlier one of this case ends, and stays taken."""
    case, now = locked(offer.case), minute(now)
    rules.check_may_issue(actor, case.standing())
    rules.check_choice(reasons)
    pool, key = _pool()
    by_reason = list(zip(offer.signs, reasons, strict=True))
    (chosen,) = [sign for sign, reason in by_reason if reason == rules.CHOSEN]
    others = [(sign, reason) for sign, reason in by_reason if reason != rules.CHOSEN]
    taken = bytes(pool.marks)
    if marks.is_taken(chosen, key, taken):
        raise WrongState(sentence("Somebody else was given this one just now. Draw once more."))
    struck = [sign for sign, reason in others if reason in rules.STRUCK]
    pool.marks = marks.with_taken(taken, [chosen, *struck], key)
    pool.save(update_fields=["marks"])
    CallSign.objects.filter(case=case, ended_at=None).update(ended_at=now)
    lodged = vault.seal_record(
        case=case.uid,
        compartment=rules.COMPARTMENT,
        kind=RECORD_KIND,
        payload=encode_sign(chosen, others),
        signer=actor.signer,
        now=now,
        readers=sorted(selectors.readers()),
    )
    given = CallSign.objects.create(
        uid=random_bytes(16).hex(), case=case, record=lodged, issued_by_id=actor.id, at=now
    )
    record(Event.CALLSIGN_ISSUE, signer=actor.signer, case=case.uid, payload={"record": lodged.uid}, at=now)
    return given


def _pool() -> tuple[TakenMarks, bytes]:
    """The pool, held until the transaction ends, and its key."""
    pool = TakenMarks.objects.select_for_update().filter(pk=1).first()
    if pool is None:
        pool, _ = TakenMarks.objects.get_or_create(pk=1, defaults={"key": keystore.make()})
    key = keystore.secret(pool.key)
    if key is None:
        raise WrongState(
            sentence("The key of the pool of call signs is gone, so nobody can tell which are taken.")
        )
    return pool, key


def _free(pool: bytes, key: bytes) -> Iterator[Text]:
    """Three by lot: free, without a meaning, and with no word in common."""
    left, seen = list(every_call_sign()), set[str]()
    found = 0
    while left and found < rules.OFFERED:
        sign = left.pop(int.from_bytes(random_bytes(8)) % len(left))
        words = {word for language in LANGUAGES for word in words_of(sign, language)}
        if words & seen or marks.is_taken(sign, key, pool):
            continue
        if gives_away(sign, stops(), names.lexicon()) is None:
            seen |= words
            found += 1
            yield sign
