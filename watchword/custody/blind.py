# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens what custodians released for a program, or for one person's program, and hands it over in memory.

No page shows what comes out of here as it is: a run compares and forgets, and two records laid side by side
are shown by the room that the release serves. Every opening is in the ledger first.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.cases import selectors as cases
from watchword.core.refusals import Refused, WrongState, sentence
from watchword.core.sealing.recipients import Identity
from watchword.custody import rules, selectors
from watchword.custody.models import Batch, BatchPart, Release, Resealed
from watchword.custody.rules import State
from watchword.custody.selectors import Lodged
from watchword.custody.together import Given, one_time_key, put_together
from watchword.vault.opening import open_released_together
from watchword.vault.rules import Released

_NOT_YOURS = sentence("You may not open this case.")


@dataclass(frozen=True)
class Unlocked:
    """One thing that was released. ``record``: its uid; ``key``: its own key, which is nowhere else."""

    payload: bytes = field(repr=False)
    record: str
    kind: str
    revision: int
    key: Identity = field(repr=False)


Bodies = dict[str, Unlocked]
"""By compartment."""

Lodgings = Mapping[str, tuple[str, Lodged]]
"""Records by uid, each with the uid of its case."""

Opened = dict[str, Unlocked | WrongState]
"""By the uid of a record."""


def open_batch(
    batch_uid: str, case_uids: Collection[str], *, actor: Actor, now: datetime
) -> dict[str, Bodies | WrongState]:
    """These cases of a batch, each opened or with the reason why it does not open."""
    batch = selectors.own_batch(batch_uid, viewer=actor)
    _checked(batch, actor, now)
    rules.check_among(case_uids, selectors.cases_of(batch))
    lodged, refused = _sorted_out(batch, case_uids, actor)
    opened = open_lodged(batch, lodged, actor=actor, now=now)
    return {uid: refused.get(uid) or _of_case(lodged, opened, uid) for uid in case_uids}


def open_lodged(batch: Batch, lodged: Lodgings, *, actor: Actor, now: datetime) -> Opened:
    """These records of a batch, each opened or with the reason why it does not open."""
    action = _checked(batch, actor, now)
    released = Released(
        uid=batch.uid,
        action=action,
        to=batch.asked_by_id,
        records=frozenset(lodged),
        purpose=batch.run,
        until=batch.until,
        told=None,
    )
    once = one_time_key(bytes(batch.sealed_key), actor)
    return _opened(lodged, _given_to(batch, lodged), released, once=once, actor=actor, now=now)


def _checked(batch: Batch, actor: Actor, now: datetime) -> bytes:
    """The hash of what was asked for, if it may be opened now and is still what was asked for."""
    rules.check_may_open_batch(actor, batch.run, batch.facts(), now)
    action = batch.request().hash
    rules.check_same(batch.action_hash, batch.action_hash, action.hex())
    return action


def released_to(case_uid: str, elements: Collection[str], *, actor: Actor, now: datetime) -> Bodies | None:
    """The same of one person's own release that is open now and covers these; None where there is none."""
    for release in selectors.of_case(case_uid):
        mine = release.asked_by_id == actor.id and not release.glass
        if mine and set(elements) <= set(release.elements) and release.facts().state(now) is State.OPEN:
            return _of_release(release, elements, actor, now)
    return None


def _of_release(release: Release, elements: Collection[str], actor: Actor, now: datetime) -> Bodies:
    one = selectors.matter_by_uid(release.case_id, viewer=actor)
    rules.check_keeps(actor, one.standing)
    rules.check_may_open(actor, release.facts(), one.standing.ties, now)
    action = release.request().hash
    rules.check_same(release.action_hash, release.action_hash, action.hex())
    every = selectors.bodies_of(release)
    released = Released(
        uid=release.uid,
        action=action,
        to=release.asked_by_id,
        records=frozenset(body.uid for body in every),
        purpose=release.serves,
        until=release.until,
        told=release.told,
    )
    lodged = {body.uid: (release.case_id, body) for body in every if body.compartment in elements}
    given: dict[str, list[Given]] = defaultdict(list)
    parts = Resealed.objects.filter(body__release=release).select_related("answer", "body")
    for part in parts:
        given[part.body.record_id].append((part.answer.seat, bytes(part.sealed)))
    once = one_time_key(bytes(release.sealed_key), actor)
    opened = _opened(lodged, given, released, once=once, actor=actor, now=now)
    bodies = _of_case(lodged, opened, release.case_id)
    if isinstance(bodies, WrongState):
        raise bodies
    return bodies


def _sorted_out(
    batch: Batch, case_uids: Collection[str], actor: Actor
) -> tuple[dict[str, tuple[str, Lodged]], dict[str, WrongState]]:
    """What opens, by the uid of its record and with its case; and of each other case why nothing of it does.

    A case is opened as it was when custodians were asked, or not at all: what the applicant wrote since was
    not asked for, and what they wrote before is not true any more.
    """
    lodged: dict[str, tuple[str, Lodged]] = {}
    refused = dict.fromkeys(case_uids, WrongState(_NOT_YOURS))
    asked: dict[str, dict[str, str]] = defaultdict(dict)
    for body in batch.bodies.all():
        asked[body.case_id][body.record_id] = body.sha256
    for one in selectors.matters(cases.find_several(case_uids, viewer=actor)):
        here = one.bodies(batch.elements)
        try:
            rules.check_in_it(actor, one.standing, lodged=bool(here))
            rules.check_as_asked({body.uid: body.sha256 for body in here}, asked[one.uid])
        except Refused as refusal:
            refused[one.uid] = WrongState(refusal.reason)
        else:
            del refused[one.uid]
            lodged |= {body.uid: (one.uid, body) for body in here}
    return lodged, refused


def _given_to(batch: Batch, records: Collection[str]) -> Mapping[str, list[Given]]:
    """By the uid of a record, what the seats gave of its key."""
    given: dict[str, list[Given]] = {record: [] for record in records}
    parts = BatchPart.objects.filter(answer__batch=batch, body__record__in=records)
    rows = parts.order_by("answer__number").values_list("body__record", "answer__seat", "sealed")
    for record, seat, sealed in rows:
        given[record].append((seat, bytes(sealed)))
    return given


def _opened(
    lodged: Lodgings,
    given: Mapping[str, list[Given]],
    released: Released,
    *,
    once: Identity,
    actor: Actor,
    now: datetime,
) -> Opened:
    """Each key is put together once, when the ledger holds its opening."""
    keys: dict[str, Identity] = {}

    def key_of(record: str) -> Callable[[], Identity]:
        def put() -> Identity:
            keys[record] = put_together(given[record], once)
            return keys[record]

        return put

    payloads = open_released_together(
        {record: key_of(record) for record in lodged}, actor=actor, released=released, now=now
    )
    return {
        record: Unlocked(payload, record, body.kind, body.revision, keys[record])
        if isinstance(payload := payloads[record], bytes)
        else payload
        for record, (_, body) in lodged.items()
    }


def _of_case(lodged: Lodgings, opened: Opened, case_uid: str) -> Bodies | WrongState:
    """Everything of one case, or the first reason why it is not whole."""
    bodies: Bodies = {}
    for record, (case, body) in lodged.items():
        one = opened[record]
        if case == case_uid and isinstance(one, WrongState):
            return one
        if case == case_uid and isinstance(one, Unlocked):
            bodies[body.compartment] = one
    return bodies
