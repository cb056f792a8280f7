# SPDX-License-Identifier: AGPL-3.0-or-later
"""Changes who holds which role: one administrator proposes, another confirms; one alone takes away at once.

Whoever loses a role loses the copies of its key with it, in the same transaction.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from watchword.accounts import proposals, rules, selectors
from watchword.accounts.models import Grant, RoleProposal, Staff
from watchword.accounts.rules import Actor, Change, RoleChange, State
from watchword.accounts.services import role_keys
from watchword.core.refusals import NotFound, NotPermitted, WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.services import record

_PROPOSED = {
    Change.GRANT: Event.ROLE_PROPOSE,
    Change.REVOKE: Event.ROLE_PROPOSE_REVOKE,
    Change.REVOKED: Event.ROLE_REVOKE_NOW,
}
_CONFIRMED = {
    Change.GRANT: Event.ROLE_GRANT,
    Change.REVOKE: Event.ROLE_REVOKE,
    Change.REVOKED: Event.ROLE_REVOKE_SECOND,
}


def propose(
    *,
    change: Change,
    staff_id: str,
    role: str,
    reason: str,
    actor: Actor,
    now: datetime,
    until: date | None = None,
) -> RoleProposal:
    """Ask for a role for somebody or for its withdrawal; nothing changes until another confirms it.

    ``until``: the day on which a mandate ends; without it the last that is possible.
    """
    end = rules.mandate_until(role, until, now) if change is Change.GRANT else None
    with transaction.atomic():
        take_turns(actor)
        staff = _present(staff_id)
        wanted = _facts(staff, role, change)
        waiting = proposals.open_proposals().filter(staff=staff, role=role, change=change).exists()
        rules.check_may_propose(actor, wanted, waiting=waiting)
        proposal = _open(wanted, reason, actor, now, end)
        _journal(_PROPOSED[change], proposal, actor, now)
    return proposal


def confirm(*, uid: str, actor: Actor, now: datetime) -> RoleProposal:
    """The other administrator agrees: the role is given, or taken away, or was rightly taken away at once."""
    with transaction.atomic():
        take_turns(actor)
        proposal = _found(uid)
        rules.check_may_confirm(actor, proposals.facts(proposal))
        change, staff, role = Change(proposal.change), proposal.staff, proposal.role
        rules.check_is_not_over(proposal.until, now)
        if change is not Change.REVOKED:
            _present(staff.pk)
        _settle(proposal, State.CONFIRMED, actor, now)
        _journal(_CONFIRMED[change], proposal, actor, now)
        if change is Change.GRANT:
            end_mandates(Grant.objects.filter(staff=staff, role=role, revoked__isnull=True), now)
            give(staff, role, by=actor, reason=proposal.reason, now=now, until=proposal.until)
        elif change is Change.REVOKE:
            take(staff, role, by=actor, reason=proposal.reason, now=now)
    return proposal


def drop(*, uid: str, actor: Actor, now: datetime) -> RoleProposal:
    """The proposal was a mistake, or is refused."""
    with transaction.atomic():
        take_turns(actor)
        proposal = _found(uid)
        rules.check_may_drop(actor, proposals.facts(proposal))
        _settle(proposal, State.DROPPED, actor, now)
        _journal(Event.ROLE_DROP, proposal, actor, now)
    return proposal


def revoke_now(*, staff_id: str, role: str, reason: str, actor: Actor, now: datetime) -> None:
    """An emergency: the role is gone at once, and another administrator has to look at it afterwards."""
    with transaction.atomic():
        take_turns(actor)
        staff = _present(staff_id)
        wanted = _facts(staff, role, Change.REVOKED)
        rules.check_may_propose(actor, wanted, waiting=False)
        end_at_once(staff, role, reason=reason, actor=actor, now=now)


def take_turns(actor: Actor) -> None:
    """One change of roles at a time, by somebody who administers then and not only when they clicked.

    Every change begins here: whoever waited sees what the one before has done.
    """
    live = Grant.objects.select_for_update(no_key=True).filter(role=rules.ADMINISTRATOR, revoked__isnull=True)
    if actor.id not in [grant.staff_id for grant in live.order_by("pk")]:
        raise NotPermitted(sentence("Your role does not allow this."))


def end_at_once(staff: Staff, role: str, *, reason: str, actor: Actor, now: datetime) -> None:
    """Take the role away and leave word for another administrator; the caller has checked that it may be."""
    drop_all(staff, role, actor=actor, now=now)
    # Taken away, given again and taken away once more: the look at the first is one at the second too.
    if not proposals.open_proposals().filter(staff=staff, role=role).exists():
        _open(_facts(staff, role, Change.REVOKED), reason, actor, now)
    _journal_change(Event.ROLE_REVOKE_NOW, staff.uid, role, actor, now)
    take(staff, role, by=actor, reason=reason, now=now)


def drop_all(staff: Staff, *roles: str, actor: Actor, now: datetime) -> None:
    """What was proposed about these roles of somebody, or all of theirs, has no object any more."""
    waiting = proposals.open_proposals().filter(staff=staff).exclude(change=Change.REVOKED)
    for proposal in waiting.filter(role__in=roles) if roles else waiting:
        _settle(proposal, State.DROPPED, actor, now)
        _journal(Event.ROLE_DROP, proposal, actor, now)


def end_what_is_over(now: datetime) -> None:
    """Mandates end by themselves: keys and sessions go. The ledger's entry of the grant said when."""
    over = selectors.mandates_over(now)
    if not over.exists():
        return
    with transaction.atomic():
        for grant in over.select_for_update(of=("self",)):
            role_keys.withdraw_from(grant.staff, grant.role, now=now)
            grant.staff.sessions.all().delete()
        end_mandates(over, now)


def end_mandates(grants: QuerySet[Grant], now: datetime) -> None:
    """Close the rows of mandates that are over, or issued anew."""
    grants.update(revoked=_minute(now), revoke_reason="mandate")


def give(
    staff: Staff,
    role: str,
    *,
    by: Actor | None,
    reason: str,
    now: datetime,
    until: datetime | None = None,
) -> None:
    """The row of a grant that the caller has checked and journals."""
    Grant.objects.create(
        uid=random_bytes(16).hex(),
        staff=staff,
        role=role,
        granted_by_id=by.id if by else None,
        granted=_minute(now),
        until=until,
        reason=reason,
    )


def give_second_administrator(staff: Staff, *, founder: Actor, now: datetime) -> None:
    """The only grant that nobody confirms: before it there is nobody who could."""
    if Grant.objects.exclude(staff_id=founder.id).exists():
        raise WrongState(sentence("This Desk has two administrators. One proposes, another confirms."))
    give(staff, rules.ADMINISTRATOR, by=founder, reason="founding", now=now)
    _journal_change(Event.ROLE_GRANT, staff.uid, rules.ADMINISTRATOR, founder, now)


def take(staff: Staff, role: str, *, by: Actor, reason: str, now: datetime) -> None:
    """End a grant and destroy the copies of the role's key that went with it."""
    if role == rules.ADMINISTRATOR:
        live = Grant.objects.filter(role=role, revoked__isnull=True).count()
        rules.check_administrators_stay([role], administrators=live)
    Grant.objects.filter(staff=staff, role=role, revoked__isnull=True).update(
        revoked=_minute(now), revoked_by_id=by.id, revoke_reason=reason
    )
    role_keys.withdraw_from(staff, role, now=now)


def _open(
    wanted: RoleChange, reason: str, actor: Actor, now: datetime, until: datetime | None = None
) -> RoleProposal:
    return RoleProposal.objects.create(
        uid=random_bytes(16).hex(),
        staff_id=wanted.staff_id,
        role=wanted.role,
        change=wanted.change,
        state=State.OPEN,
        proposed_by_id=actor.id,
        proposed=_minute(now),
        until=until,
        reason=reason,
    )


def _found(uid: str) -> RoleProposal:
    found = (
        RoleProposal.objects.select_for_update(of=("self",)).select_related("staff").filter(pk=uid).first()
    )
    if found is None:
        raise NotFound(sentence("There is no such proposal."))
    return found


def _settle(proposal: RoleProposal, state: State, actor: Actor, now: datetime) -> None:
    proposal.state, proposal.settled_by_id, proposal.settled = state, actor.id, _minute(now)
    proposal.save(update_fields=["state", "settled_by", "settled"])


def _facts(staff: Staff, role: str, change: Change) -> RoleChange:
    held = selectors.roles_of(staff.pk)
    others = selectors.holders(role).exclude(pk=staff.pk).count()
    return RoleChange(change, staff.pk, role, held, is_service=staff.is_service, others=others)


def _journal(event: Event, proposal: RoleProposal, actor: Actor, now: datetime) -> None:
    until = proposal.until if event in {Event.ROLE_PROPOSE, Event.ROLE_GRANT} else None
    _say(event, proposals.public_facts(proposal.staff_id, proposal.role, until), actor, now)


def _journal_change(event: Event, staff_id: str, role: str, actor: Actor, now: datetime) -> None:
    _say(event, proposals.public_facts(staff_id, role, None), actor, now)


def _say(event: Event, said: dict[str, str | int], actor: Actor, now: datetime) -> None:
    """Nobody but the staff's pseudonym is named, so that a stranger can check who may change whom."""
    record(event, signer=actor.signer, case=None, payload=said, public=said, at=now, proof=actor.proof)


def _present(staff_id: str) -> Staff:
    staff = Staff.objects.select_for_update(no_key=True).get(pk=selectors.staff_by_id(staff_id).pk)
    if staff.left is not None:
        raise WrongState(sentence("This person has left."))
    return staff


def _minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)
