# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many cases somebody has opened today; beyond what is usual they say why, and go on.

It counts what the ledger holds, so it cannot be got round by a path that forgot to ask. Nobody is stopped: in
an emergency a sentence is enough. But auditors read the sentence, and administrators see that it was needed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from watchword.core.ledger.canonical import JSON
from watchword.core.procedure.quotas import REASON_READERS, REASONS
from watchword.core.refusals import WrongState, sentence
from watchword.journal.events import Event
from watchword.journal.selectors import cases_of_a_day
from watchword.journal.services import hold, record
from watchword.vault import selectors
from watchword.vault.models import SealedRecord
from watchword.vault.rules import UNREAD, BeyondUsual, Opener
from watchword.vault.services import seal_record

KIND = "reason"
_COUNTED = (Event.COMPARTMENT_OPEN, Event.IDENTITY_OPEN, Event.READ_BEYOND)


@dataclass(frozen=True)
class _Day:
    """The cases of which somebody opened something today, and those for which they have said why."""

    opened: frozenset[str]
    explained: frozenset[str]

    def fresh(self, rows: Sequence[SealedRecord]) -> list[SealedRecord]:
        """One record of each case that is neither."""
        known = self.opened | self.explained
        return list({row.case: row for row in reversed(rows) if row.case not in known}.values())[::-1]


def check(rows: Sequence[SealedRecord], *, actor: Opener, purpose: str, now: datetime) -> None:
    """BeyondUsual where these would be more cases than is usual, and nothing was said about one of them.

    Inside the transaction that records the openings: two at once are counted one after the other.
    """
    usual = selectors.usual_for(actor.roles)
    if usual is None or purpose in UNREAD:
        return
    hold(actor.id)
    day = _day_of(actor, now)
    fresh = day.fresh(rows)
    if fresh and len(day.opened | {row.case for row in rows}) > usual:
        raise BeyondUsual([row.uid for row in fresh], purpose, opened=len(day.opened), usual=usual)


@transaction.atomic
def check_first(record_uids: Iterable[str], *, actor: Opener, purpose: str, now: datetime) -> None:
    """The same before one act opens several cases one after another: so it is asked about once."""
    check([selectors.record_by_id(uid) for uid in record_uids], actor=actor, purpose=purpose, now=now)


@transaction.atomic
def explain(*, record_uids: Iterable[str], purpose: str, reason: str, actor: Opener, now: datetime) -> None:
    """Keep why somebody opens further cases today, sealed to those who watch; for these and for that day."""
    if not reason.strip():
        raise WrongState(sentence("Write in a sentence why you need more than is usual."))
    hold(actor.id)
    day = _day_of(actor, now)
    for row in day.fresh([selectors.record_by_id(uid) for uid in record_uids]):
        said: dict[str, JSON] = {"record": row.uid, "purpose": purpose, "opened": len(day.opened)}
        _keep(row, reason, said, actor, now)


def _keep(row: SealedRecord, reason: str, said: Mapping[str, JSON], actor: Opener, now: datetime) -> None:
    # Two records of one compartment made at once would be given the same revision.
    list(selectors.records(row.case).select_for_update().values_list("pk"))
    sealed = seal_record(
        case=row.case,
        compartment=REASONS,
        kind=KIND,
        payload=reason.strip().encode(),
        signer=actor.signer,
        now=now,
        readers=sorted(REASON_READERS),
    )
    codes = {**said, "reason": sealed.uid}
    record(Event.READ_BEYOND, signer=actor.signer, case=row.case, payload=codes, at=now)


def _day_of(actor: Opener, now: datetime) -> _Day:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    done = cases_of_a_day(actor.id, _COUNTED, since=midnight, but=UNREAD)
    explained = {case for event, case in done if event is Event.READ_BEYOND}
    opened = {case for event, case in done if event is not Event.READ_BEYOND}
    return _Day(frozenset(opened), frozenset(explained))
