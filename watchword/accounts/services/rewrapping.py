# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs the re-wrapping of a role's records behind a holder's session, until it is done or must stop.

It stops by itself between two chunks when somebody stops it, when the holder leaves or loses the role, and
when the session whose keys it uses ends or locks. The next run goes on with what is left.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import close_old_connections
from django.utils import timezone

from watchword.accounts import outside, rules, selectors
from watchword.accounts.models import RewrapRun, RoleKey, StaffSession
from watchword.accounts.rules import Actor
from watchword.accounts.services import role_keys
from watchword.core.refusals import NotPermitted, WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.vault import rewrapping
from watchword.vault import selectors as vault

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Run:
    """A claim on the work of one role: who does it, with which session, since which signed list of keys."""

    role: str
    token: str
    since: int
    total: int
    actor: Actor
    session: str
    """The handle of the session; empty for a command, whose process is its session."""


@dataclass(frozen=True)
class Progress:
    """Where a run stands after a chunk."""

    done: int
    total: int
    ended: bool


def begin(*, role: str, actor: Actor, session: str = "", now: datetime) -> Run:
    """Claim the work of a role for this session; whoever did it before stops at the next chunk.

    A holder who lacks the key of an old epoch cannot do it: to them a record of that epoch would look like
    one that was sealed to others.
    """
    if role not in actor.roles or actor.keys is None:
        raise NotPermitted(sentence("This compartment is not for your role."))
    _check_has_every_key(role, actor)
    if not selectors.copies(actor.id, [role]).exists():
        outside.check_is_here(role)
    key = role_keys.note_named(role)
    rewrapping.forget_damaged(role)
    total = vault.still_to_rewrap(role, key.named_by).count()
    token = random_bytes(16).hex()
    claim = {"token": token, "by_id": actor.id, "total": total, "left": total, "beat": now, "ended": False}
    RewrapRun.objects.update_or_create(role=role, defaults=claim)
    return Run(role, token, key.named_by, total, actor, session)


def chunks(run: Run, clock: Clock) -> Iterator[Progress]:
    """Do the work, chunk by chunk, each in a transaction of its own; ends early when it has to stop."""
    after, done = "", 0
    while _may_go_on(run, clock()):
        chunk = rewrapping.next_chunk(run.role, since=run.since, after=after, actor=run.actor, now=clock())
        if chunk.last is None:
            # What the courier brought meanwhile stands before the place where this run is.
            left = vault.still_to_rewrap(run.role, run.since).count()
            _beat(run, clock(), left=left, ended=True)
            yield Progress(run.total, run.total, ended=True)
            return
        after, done = chunk.last, done + chunk.resealed + chunk.unopenable
        _beat(run, clock(), left=max(run.total - done, 0))
        yield Progress(min(done, run.total), run.total, ended=False)


def stop(*, role: str, actor: Actor) -> None:
    """Stop the run of a role, whoever began it; what it has done stays done."""
    rules.check_may_destroy_key(actor, role=role)
    if not RewrapRun.objects.filter(pk=role, ended=False).update(ended=True):
        raise WrongState(sentence("Nothing is being sealed to a new key at this moment."))


def in_background(run: Run) -> threading.Thread:
    """The same in a thread of this process; the pages show how far it is."""
    thread = threading.Thread(target=_work, args=(run,), name=f"re-wrap {run.role}", daemon=True)
    thread.start()
    return thread


def _work(run: Run) -> None:
    try:
        for _ in chunks(run, timezone.now):
            pass
    except Exception:  # whatever stopped it, the records say what is left, and the page offers to go on
        log.error("sealing to a new key stopped", exc_info=True)
    finally:
        close_old_connections()


def _may_go_on(run: Run, now: datetime) -> bool:
    if not RewrapRun.objects.filter(pk=run.role, token=run.token, ended=False).exists():
        return False
    if run.role not in selectors.roles_of(run.actor.id):
        return False
    if not run.session:
        return True
    awake = StaffSession.objects.filter(handle=run.session, staff_id=run.actor.id, until__gt=now)
    return awake.exclude(sealed=b"").exists()


def _beat(run: Run, now: datetime, *, left: int, ended: bool = False) -> None:
    RewrapRun.objects.filter(pk=run.role, token=run.token).update(left=left, beat=now, ended=ended)


def _check_has_every_key(role: str, actor: Actor) -> None:
    kept = RoleKey.objects.filter(role=role, copies__isnull=False).distinct().count()
    if selectors.copies(actor.id, [role]).count() < kept:
        raise WrongState(
            sentence("You lack an older key of this role. Ask a colleague to hand it over to you first.")
        )
