# SPDX-License-Identifier: AGPL-3.0-or-later
"""Moves a case from stage to stage: by hand, by the board's decision, or because the applicant withdrew."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases import rules
from watchword.cases.models import Case
from watchword.cases.selectors.facts import case_facts
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.services.letters import ask_for_sections, queue_status, write_letter
from watchword.cases.services.locking import locked
from watchword.core.procedure.stages import Exit, unmet
from watchword.core.refusals import WrongState, sentence
from watchword.journal.events import Event
from watchword.journal.services import record


@transaction.atomic
def move_stage(*, case_uid: str, action: str, actor: Actor, expected_version: int, now: datetime) -> Case:
    """Take one exit of the present stage, when nothing that it needs is missing.

    ``expected_version`` is the version that the person saw: what they did not see, they did not decide.
    """
    now = rules.minute(now)
    case = locked(case_uid)
    rules.check_may_know(actor, case.standing())
    if case.version != expected_version:
        raise WrongState(
            sentence(
                "Somebody changed this case while you were looking at it. Read it again before you go on."
            )
        )
    way = profile_of(case).stage(case.stage).exit(action)
    rules.check_may_move(actor, case.standing(), way.by, unmet(way, case_facts(case, now=now)))
    _enter(case, way, actor=actor, now=now)
    _end_joined(case, way, actor=actor, now=now)
    return case


@transaction.atomic
def apply_outcome(
    *,
    case_uid: str,
    outcome: str,
    filled: Mapping[str, str],
    actor: Actor,
    now: datetime,
    breached: bool = False,
) -> Case:
    """Carry out a decision that is countersigned in this same transaction: its letter, then its next stage.

    ``filled`` gives the words for the gaps of the outcome's letter. ``breached``: a review of the conditions
    has found a breach, which is the caller's to know.
    """
    now = rules.minute(now)
    check_has(actor, Permission.DECISION_COUNTERSIGN)
    case = locked(case_uid)
    rules.check_may_know(actor, case.standing())
    rules.check_not_recused(actor, case.standing().ties)
    rules.check_leads(case.standing())
    profile = profile_of(case)
    # A closed case has this exit only where the procedure lets a decision lead back.
    way = profile.stage(case.stage).exit(outcome)
    for reason in unmet(way, replace(case_facts(case, now=now), countersigned=outcome, breached=breached)):
        raise WrongState(reason)
    write_letter(case, template=profile.outcome(outcome).letter, filled=filled, actor=actor, now=now)
    _enter(case, way, actor=actor, now=now)
    _end_joined(case, way, actor=actor, now=now)
    return case


def withdraw(case: Case, *, actor: Actor, now: datetime) -> None:
    """Follow the applicant out of a locked, open case."""
    profile = profile_of(case)
    _enter(case, profile.stage(case.stage).exit(profile.withdrawal.action), actor=actor, now=now)


def _enter(case: Case, way: Exit, *, actor: Actor, now: datetime) -> None:
    left = case.stage
    case.stage, case.stage_since = way.to, now
    case.heard_before = case.letters.filter(direction="in").count()
    case.version += 1
    case.closed_at = now if profile_of(case).stage(way.to).final else None
    case.save(update_fields=["stage", "stage_since", "heard_before", "version", "closed_at"])
    record(
        Event.CASE_STAGE,
        signer=actor.signer,
        case=case.uid,
        payload={"from": left, "to": way.to, "action": way.action},
        at=now,
    )
    ask_for_sections(case, actor=actor, now=now)
    queue_status(case, now=now)


def _end_joined(case: Case, way: Exit, *, actor: Actor, now: datetime) -> None:
    """What we end for a person ends in each of their mailboxes; their own withdrawal, where they sent it.

    A parcel that comes to one mailbox must not end another: whoever made it may hold one receipt only.
    """
    if case.closed_at is not None:
        for other in Case.objects.select_for_update().filter(continued_in=case, closed_at=None):
            _enter(other, way, actor=actor, now=now)
