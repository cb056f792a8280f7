# SPDX-License-Identifier: AGPL-3.0-or-later
"""Takes a case over to a newer version of its procedure: by two people if something is lost."""

from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases import rules, versions
from watchword.cases.models import Case
from watchword.cases.models.versions import VersionProposal
from watchword.cases.selectors.facts import asked_for
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.versions import newest_for, preview_of, waiting_proposal
from watchword.cases.services.letters import queue_status, write_letter
from watchword.cases.services.locking import locked
from watchword.core.procedure import Profile
from watchword.core.procedure.newer import Preview
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.services import record


@transaction.atomic
def change_version(*, case_uid: str, actor: Actor, seen: tuple[int, int], now: datetime) -> bool:
    """Take the case over, or propose it when something is lost; whether it was taken over.

    ``seen``: the version of the case and that of the procedure on the page on which this was decided.
    """
    now = rules.minute(now)
    case, newer, change = _expected(case_uid, actor, seen, now)
    versions.check_may_change_version(actor, case.standing(), _movers(case), change)
    if waiting_proposal(case):
        raise WrongState(sentence("This waits for a second person already."))
    if not change.lost:
        _take_over(case, newer, change, actor=actor, now=now)
        return True
    VersionProposal.objects.create(
        uid=random_bytes(16).hex(), case=case, to_version=newer.version, by_id=actor.id, at=now
    )
    _record(Event.CASE_VERSION_PROPOSE, case, (case.profile_version, newer.version), actor, now)
    return False


@transaction.atomic
def confirm_version(*, case_uid: str, actor: Actor, seen: tuple[int, int], now: datetime) -> None:
    """A second person has read what is lost, and takes the case over."""
    now = rules.minute(now)
    case, newer, change = _expected(case_uid, actor, seen, now)
    proposed = _proposed(case)
    versions.check_may_confirm_version(actor, case.standing(), _movers(case), change, proposed.by_id)
    if proposed.to_version != newer.version:
        raise WrongState(sentence("This was proposed for another version. Drop it and propose it again."))
    _end(proposed, now)
    _take_over(case, newer, change, actor=actor, now=now)


@transaction.atomic
def drop_version(*, case_uid: str, actor: Actor, now: datetime) -> None:
    """Leave the case on its version: whoever may move it on may say so, also the one who proposed it."""
    now = rules.minute(now)
    case = locked(case_uid)
    rules.check_may_know(actor, case.standing())
    rules.check_acts_as(actor, case.standing(), _movers(case))
    proposed = _proposed(case)
    _end(proposed, now)
    _record(Event.CASE_VERSION_DROP, case, (case.profile_version, proposed.to_version), actor, now)


def _expected(
    case_uid: str, actor: Actor, seen: tuple[int, int], now: datetime
) -> tuple[Case, Profile, Preview]:
    """The locked case with the newest version, when both are those that the person has read about."""
    case = locked(case_uid)
    rules.check_may_know(actor, case.standing())
    rules.check_may_work(actor, case.standing())
    newer = newest_for(case)
    if newer is None:
        raise WrongState(sentence("This case runs under the newest version already."))
    if (case.version, newer.version) != seen:
        raise WrongState(
            sentence(
                "Somebody changed this case while you were looking at it. Read it again before you go on."
            )
        )
    return case, newer, preview_of(case, newer, now=now)


def _movers(case: Case) -> frozenset[str]:
    return versions.movers(profile_of(case).stage(case.stage))


def _proposed(case: Case) -> VersionProposal:
    found = waiting_proposal(case)
    if found is None:
        raise WrongState(sentence("Nothing waits for a second person here."))
    return found


def _end(proposed: VersionProposal, now: datetime) -> None:
    proposed.ended = now
    proposed.save(update_fields=["ended"])


def _take_over(case: Case, newer: Profile, change: Preview, *, actor: Actor, now: datetime) -> None:
    """The stage goes on from the same day; what the newer version asks for is asked for now."""
    way = case.profile_version, newer.version
    case.profile_version = newer.version
    case.version += 1
    case.save(update_fields=["profile_version", "version"])
    _record(Event.CASE_VERSION, case, way, actor, now)
    wanted = {section.id for section in change.asked} - asked_for(case)
    if case.mailbox_recipient:
        for letter in newer.letters.values():
            if letter.asks & wanted:
                write_letter(case, template=letter.id, filled={}, actor=actor, now=now)
        queue_status(case, now=now)


def _record(event: Event, case: Case, way: tuple[int, int], actor: Actor, now: datetime) -> None:
    payload = {"from": way[0], "to": way[1]}
    record(event, signer=actor.signer, case=case.uid, payload=payload, at=now)
