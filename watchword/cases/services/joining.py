# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two cases of one person go on as one, and apart again: proposed by one officer, confirmed by another.

Nothing is copied. The one case keeps its stage, records and mailbox, and is only known, opened and told with
the other; parted, both are as if they had never been joined.
"""

from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.models import Case, Joining
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.visibility import find
from watchword.cases.services.locking import locked
from watchword.core.ledger.canonical import JSON, encode_plain
from watchword.core.refusals import NotFound, WrongState, sentence
from watchword.core.sealing.primitives import random_bytes, sha256
from watchword.journal.events import Event
from watchword.journal.services import record


@transaction.atomic
def propose_joining(*, code: str, leading: str, actor: Actor, now: datetime) -> Joining:
    """Propose that the case ``code`` goes on in ``leading``; both are to be known to whoever proposes."""
    case, other = _two(code, leading, actor)
    _check_may_join(actor, case, other)
    return _propose(case, other, parting=False, actor=actor, now=rules.minute(now))


@transaction.atomic
def propose_parting(*, code: str, actor: Actor, now: datetime) -> Joining:
    """Propose that this case is worked on by itself again."""
    leading = find(code, viewer=actor).continued_in
    if leading is None:
        raise WrongState(sentence("This case goes on in no other."))
    case, other = _two(code, leading.code, actor)
    _check_may_part(actor, case, other)
    return _propose(case, other, parting=True, actor=actor, now=rules.minute(now))


@transaction.atomic
def confirm_joining(*, code: str, actor: Actor, now: datetime) -> None:
    """Join or part the two, as the second person: everything that held when it was proposed must hold now."""
    now = rules.minute(now)
    joining = _waiting(code, actor)
    case, other = _two(code, joining.leading.code, actor)
    rules.check_is_second(actor, joining.by_id)
    if joining.parting:
        _check_may_part(actor, case, other)
    else:
        _check_may_join(actor, case, other)
    case.continued_in = None if joining.parting else other
    for one in (case, other):
        one.version += 1
        one.save(update_fields=["continued_in", "version"])
    _end(joining, "confirmed", Event.CASE_JOIN, actor=actor, now=now)


@transaction.atomic
def drop_joining(*, code: str, actor: Actor, now: datetime) -> None:
    """Leave the two as they are: by whoever proposed it, or by anybody who knows of both."""
    joining = _waiting(code, actor)
    _two(code, joining.leading.code, actor)
    _end(joining, "dropped", Event.CASE_JOIN_DROP, actor=actor, now=rules.minute(now))


def _two(code: str, leading: str, actor: Actor) -> tuple[Case, Case]:
    """Both cases, known to this person, and locked in the order in which everybody locks two."""
    uids = [find(one, viewer=actor).uid for one in (code, leading)]
    rows = {uid: locked(uid) for uid in sorted(set(uids))}
    return rows[uids[0]], rows[uids[1]]


def _check_may_join(actor: Actor, case: Case, other: Case) -> None:
    rules.check_may_join(
        actor,
        case.standing(),
        other.standing(),
        joined=any(one.continued_in_id or one.continued.exists() for one in (case,))
        or bool(other.continued_in_id),
        decided=bool(profile_of(case).decision.decides_at(case.stage)),
    )
    if (case.profile, case.profile_version) != (other.profile, other.profile_version):
        raise WrongState(
            sentence("The two cases run under different versions of the procedure. Bring them to one first.")
        )


def _check_may_part(actor: Actor, case: Case, other: Case) -> None:
    rules.check_may_part(actor, other.standing())
    if case.continued_in_id != other.uid:
        raise WrongState(sentence("These two cases are not joined."))


def _propose(case: Case, other: Case, *, parting: bool, actor: Actor, now: datetime) -> Joining:
    if case.joinings.filter(outcome="").exists():
        raise WrongState(sentence("This waits for a second person already."))
    # With chance in it, so that nobody who guesses two cases finds them among the public facts of the ledger.
    action: dict[str, JSON] = {
        "act": "part" if parting else "join",
        "case": case.uid,
        "leading": other.uid,
        "n": random_bytes(16).hex(),
    }
    joining = Joining.objects.create(
        uid=random_bytes(16).hex(),
        case=case,
        leading=other,
        parting=parting,
        by_id=actor.id,
        at=now,
        action_hash=sha256(encode_plain(action)).hex(),
    )
    _record(Event.CASE_JOIN_PROPOSE, joining, actor, now)
    return joining


def _waiting(code: str, actor: Actor) -> Joining:
    case = find(code, viewer=actor)
    joining = Joining.objects.select_for_update().filter(case=case, outcome="").first()
    if joining is None:
        raise NotFound(sentence("Nothing is proposed here."))
    return joining


def _end(joining: Joining, outcome: str, event: Event, *, actor: Actor, now: datetime) -> None:
    joining.outcome, joining.ended_by_id, joining.ended_at = outcome, actor.id, now
    joining.save(update_fields=["outcome", "ended_by", "ended_at"])
    _record(event, joining, actor, now)


def _record(event: Event, joining: Joining, actor: Actor, now: datetime) -> None:
    """In both cases: each file tells that it was joined, and with which other."""
    for one, other in ((joining.case, joining.leading), (joining.leading, joining.case)):
        record(
            event,
            signer=actor.signer,
            case=one.uid,
            payload={"with": other.code, "parting": joining.parting},
            public={"action": bytes.fromhex(joining.action_hash)},
            at=now,
        )
