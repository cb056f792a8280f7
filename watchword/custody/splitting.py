# SPDX-License-Identifier: AGPL-3.0-or-later
"""The run that splits anew: opens in memory, seals under fresh keys to the seats of now, and shows nobody.

Each case is one transaction that puts all of it in its place, so whoever is stopped, killed or overtaken
leaves every case as it was or wholly new. What is done stands in the records; the next run finds the rest.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases.rules import minute
from watchword.cases.services.locking import locked
from watchword.core.procedure.custody import SEATS
from watchword.core.refusals import Refused, Sentence, WrongState, plain_sentence, sentence
from watchword.core.sealing import frame
from watchword.core.sealing.custody import Part, entrust, pack
from watchword.core.sealing.seal import seal
from watchword.custody import rules, selectors
from watchword.custody.blind import Opened, Unlocked, open_lodged
from watchword.custody.models import Anew, AsItWas, Batch, Resplit
from watchword.custody.rules import CeremonyFacts, Stage
from watchword.custody.selectors import Lodged, Matter
from watchword.custody.services import end_batch
from watchword.custody.services.resplit_batches import going
from watchword.vault import selectors as vault
from watchword.vault.sealing_anew import Fresh, Place, put_in_place

AT_ONCE = 20
"""Cases in one request: some seconds, most of them for writing into the ledger."""

Sending = tuple[str, int]
"""A kind and a revision: for each seat there is one record, with its parts of all that came with it."""


@dataclass(frozen=True)
class Ran:
    """How many cases were split anew in this piece, how many stay for a reason, how many are to come."""

    done: int
    stayed: int
    left: int


@dataclass(frozen=True)
class _Run:
    """One piece of the work, and who does it."""

    one: Resplit
    batch: Batch
    actor: Actor
    now: datetime
    facts: CeremonyFacts


def run_on(*, actor: Actor, now: datetime, most: int = AT_ONCE) -> Ran:
    """Split anew the next cases of this person's batch; the last piece ends it."""
    one = going(actor)
    batch = selectors.resplit_batch(one, viewer=actor)
    if batch is None:
        raise WrongState(sentence("You have asked the custodians for nothing yet."))
    run = _Run(one, batch, actor, now, selectors.facts_of(one, left=0))
    waiting, left_out = selectors.left_of_batch(one, batch, viewer=actor, now=now)
    part = waiting[:most]
    lodged = {body.uid: (matter.uid, body) for matter in part for body in matter.lodged}
    opened = open_lodged(batch, lodged, actor=actor, now=now)
    for uid, reason in left_out.items():
        _stays(run, uid, reason)
    done = sum(_is_split(run, matter, opened) for matter in part)
    if len(part) == len(waiting):
        end_batch(batch_uid=batch.uid, actor=actor, now=now)
    return Ran(done, len(left_out) + len(part) - done, len(waiting) - len(part))


def _is_split(run: _Run, matter: Matter, opened: Opened) -> bool:
    """One case that cannot be split must not keep the others from it: it stays as it was, with the reason."""
    try:
        reason = _split(run, matter, opened)
    except Refused as refused:
        reason = refused.reason
    if reason:
        _stays(run, matter.uid, reason)
    return reason is None


@transaction.atomic
def _split(run: _Run, matter: Matter, opened: Opened) -> Sentence | None:
    """Put everything of one case in its place that opened; why something did not, if so."""
    locked(matter.uid)
    # Somebody may have ended it while this was being opened.
    stage = Stage(Resplit.objects.get(pk=run.one.pk).stage)
    rules.check_may_run(run.actor, replace(run.facts, stage=stage))
    selectors.check_no_release(matter.uid, run.now)
    sendings, shut = _sorted_out(matter, opened)
    put_in_place(
        case=matter.uid,
        fresh=_fresh(matter, sendings, opened, run.facts),
        signer=run.actor.signer,
        now=run.now,
    )
    done = [body.uid for bodies in sendings.values() for body in bodies]
    for uid, sha256 in vault.hashes_of(done).items():
        Anew.objects.update_or_create(resplit=run.one, record_id=uid, defaults={"sha256": sha256})
    AsItWas.objects.filter(resplit=run.one, case=matter.uid).delete()
    return shut


def _sorted_out(matter: Matter, opened: Opened) -> tuple[dict[Sending, list[Lodged]], Sentence | None]:
    """The sendings that opened as a whole; the first reason why another did not.

    A seat has one record for a sending: to put another there with a part of it would lose the rest.
    """
    here: dict[Sending, set[str]] = defaultdict(set)
    for body in selectors.lodged_in(matter.uid):
        here[body.kind, body.revision].add(body.uid)
    sendings: dict[Sending, list[Lodged]] = defaultdict(list)
    for body in matter.lodged:
        sendings[body.kind, body.revision].append(body)
    shut = [one.reason for one in (opened[body.uid] for body in matter.lodged) if isinstance(one, WrongState)]
    for sending, bodies in list(sendings.items()):
        whole = {body.uid for body in bodies} == here[sending]
        if not whole or any(isinstance(opened[body.uid], WrongState) for body in bodies):
            del sendings[sending]
            shut.append(_CHANGED)
    if not sendings:
        raise WrongState(shut[0])
    return sendings, next(iter(shut), None)


def _fresh(
    matter: Matter, sendings: Mapping[Sending, Sequence[Lodged]], opened: Opened, facts: CeremonyFacts
) -> Fresh:
    """Each sending under fresh keys, and for each seat what it is handed of them."""
    custody = matter.custody
    to = facts.receiving(custody.seats)
    if len(to) < custody.needed:
        raise WrongState(sentence("Fewer seats have a key than it takes to open: fill the others first."))
    sealed: dict[Place, bytes] = {}
    for (kind, revision), bodies in sendings.items():
        parts: list[tuple[Part, ...]] = []
        for body in bodies:
            made = entrust(body.compartment, needed=custody.needed, seats=len(custody.seats))
            payload = _framed(matter.uid, body.compartment, revision, _payload(opened[body.uid]))
            sealed[body.compartment, kind, revision] = seal(payload, [made.recipient])
            parts.append(made.parts)
        for seat in to:
            handed = pack(one_body[SEATS.index(seat)] for one_body in parts)
            seats_own = vault.manifest().recipients([seat])
            sealed[seat, kind, revision] = seal(_framed(matter.uid, seat, revision, handed), seats_own)
    was = {(body.compartment, body.kind, body.revision): body.sha256 for body in matter.lodged}
    return Fresh(
        sealed=sealed,
        was={place: was[place] for place in sealed.keys() & was.keys()},
        gone=[(seat, *sending) for sending in sendings for seat in SEATS if seat not in to],
    )


def _payload(found: Unlocked | WrongState) -> bytes:
    if isinstance(found, WrongState):
        raise found
    return found.payload


def _framed(case: str, compartment: str, revision: int, payload: bytes) -> bytes:
    return frame.pack(frame.Frame(bytes.fromhex(case), compartment, revision), payload)


def _stays(run: _Run, case_uid: str, reason: Sentence) -> None:
    said = {"reason": plain_sentence(reason), "at": minute(run.now), "batch": run.batch}
    AsItWas.objects.update_or_create(resplit=run.one, case_id=case_uid, defaults=said)


_CHANGED = sentence("Something came since custodians were asked, or was altered. Ask for it again.")
