# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which cases have ended long enough ago that what is sealed in them is to be destroyed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q

from watchword.accounts.rules import Actor, Permission
from watchword.accounts.selectors import names
from watchword.cases import rules
from watchword.cases.models import Case
from watchword.cases.models.agreed import Erasure
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.visibility import find, known_among, procedures, under_each
from watchword.core.ledger.canonical import JSON, encode_plain
from watchword.core.procedure import Profile
from watchword.core.refusals import Sentence, WrongState, sentence, why_not
from watchword.core.sealing.primitives import sha256
from watchword.journal import selectors as journal
from watchword.journal.events import Event
from watchword.journal.services import pseudonym
from watchword.vault import selectors as vault


@dataclass(frozen=True)
class ErasePage:
    """The case that is to be erased, and why not now, if so.

    ``asked_by``: who waits for a second person. ``may_ask``: nobody has asked yet, and somebody has to.
    ``public``: what the ledger entry of the erasure says.
    """

    uid: str
    code: str
    why_not: Sentence | None
    asked_by: str = ""
    may_ask: bool = False
    is_mine: bool = False
    public: Mapping[str, bytes] = field(default_factory=dict)


def due_to_erase(case: Case) -> date | None:
    """The day from which the profile wants the records gone; None while the case goes on, or keeps them."""
    days = profile_of(case).stage(case.stage).purge_days
    if case.closed_at is None or days is None:
        return None
    return case.closed_at.date() + timedelta(days=days)


def to_erase(viewer: Actor, today: date) -> list[Case]:
    """The ended cases that this person may erase today, those that ended first before the others."""
    if not viewer.has(Permission.CASE_STAGE):
        return []
    # Whoever asked for it waits for somebody else.
    asked = Erasure.objects.filter(outcome="", by_id=viewer.id)
    due = Case.objects.exclude(closed_at=None).filter(_due(today)).exclude(pk__in=asked.values("case"))
    kept = vault.with_records(due.values_list("pk", flat=True))
    known = known_among(kept, viewer=viewer)
    return list(Case.objects.filter(pk__in=known).order_by("closed_at", "code")) if known else []


def _due(today: date) -> Q:
    """What `due_to_erase` says of one case, asked of all: nobody's page reads every case that ever ended."""

    def ended_long_ago(profile: Profile) -> Q:
        found = Q(pk__in=[])
        for stage in profile.stages:
            if stage.purge_days is not None:
                after = today - timedelta(days=stage.purge_days - 1)
                found |= Q(stage=stage.id, closed_at__lt=datetime.combine(after, time(), tzinfo=UTC))
        return found

    return under_each(procedures(), ended_long_ago)


def erase_page(code: str, *, viewer: Actor, today: date) -> ErasePage:
    """The page on which a case is erased."""
    case = find(code, viewer=viewer)
    reason = why_not_erase_now(viewer, case, today)
    if reason:
        return ErasePage(case.uid, case.code, reason)
    asked = asked_erasure(case)
    return ErasePage(
        case.uid,
        case.code,
        None,
        asked_by=names([asked.by_id])[asked.by_id] if asked else "",
        may_ask=asked is None and not was_withdrawn(case),
        is_mine=asked is not None and asked.by_id == viewer.id,
        public=shredding(case.uid),
    )


def check_may_erase_now(actor: Actor, case: Case, today: date) -> None:
    """Ended, due, and not erased before."""
    rules.check_may_erase(actor, case.standing(), due_to_erase(case), today)
    if not vault.with_records([case.uid]):
        raise WrongState(sentence("What was sealed here is erased already."))


why_not_erase_now = why_not(check_may_erase_now)


def asked_erasure(case: Case) -> Erasure | None:
    """The erasure that waits for a second person."""
    return Erasure.objects.filter(case=case, outcome="").first()


def was_withdrawn(case: Case) -> bool:
    """Whether the applicant left; the ledger tells it to whoever checks that one person was enough."""
    return Event.CASE_WITHDRAW in journal.counts(case.uid)


def shredding(case_uid: str) -> dict[str, bytes]:
    """The public facts of erasing this case.

    The pseudonym in it hangs on a key that goes with the case, so that nobody who guesses the case finds it.
    """
    action: dict[str, JSON] = {"act": "shred", "case": case_uid, "as": pseudonym(case_uid).hex()}
    return {"action": sha256(encode_plain(action))}
