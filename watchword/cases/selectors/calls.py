# SPDX-License-Identifier: AGPL-3.0-or-later
"""The calls of applicants, as far as they can be listed without opening any."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from watchword.accounts.rules import Actor, Permission
from watchword.accounts.selectors import names
from watchword.cases import rules
from watchword.cases.models import Call, Case, Tie
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.visibility import procedures, under_each
from watchword.cases.selectors.waits import first_few
from watchword.core.procedure import Profile
from watchword.core.refusals import NotFound, Sentence, sentence

MOST = 50
"""More than of anything else on the home page: somebody may be in danger."""

WHAT = {
    "alarm": sentence("The applicant calls for help"),
    "consent": sentence("The applicant takes back a consent"),
}


@dataclass(frozen=True)
class CallRow:
    """One call: when it came, and who has taken it and when; ``taker`` is empty while nobody has."""

    uid: str
    code: str
    what: Sentence
    at: datetime
    taker: str
    taken_at: datetime | None
    answered_at: datetime | None
    why_not_take: Sentence | None
    why_not_answer: Sentence | None


@dataclass(frozen=True)
class Calls:
    """The first unanswered calls that one person hears, and how many more; None: nobody knows how many."""

    rows: list[CallRow]
    more: int | None


def open_calls(*, viewer: Actor) -> Calls:
    """The unanswered calls that this person hears, those for help first, then the longest waiting."""
    if not viewer.has(Permission.CASE_MESSAGE):
        return Calls([], 0)
    waiting = Call.objects.filter(_heard_by(viewer), answered_at=None)
    waiting = waiting.exclude(case__in=Tie.objects.filter(staff=viewer.id).values("case"))
    rows, more = first_few(waiting.select_related("case").order_by("kind", "at", "pk"), MOST)
    return Calls(_rows(rows, viewer), more)


def calls_of(case: Case, *, viewer: Actor) -> list[CallRow]:
    """The calls of one case, newest first."""
    return _rows(case.calls.select_related("case").order_by("-at", "pk"), viewer)


def call_row(call_uid: str, *, viewer: Actor) -> CallRow:
    """One call; NotFound for whoever does not hear it."""
    return _rows([find_call(call_uid, viewer=viewer)], viewer)[0]


def find_call(call_uid: str, *, viewer: Actor) -> Call:
    """The call itself, for whoever hears it."""
    call = Call.objects.select_related("case").filter(pk=call_uid).first()
    if call is None or not _hears(viewer, call.case):
        raise NotFound(sentence("There is no such call."))
    return call


def _rows(calls: Iterable[Call], viewer: Actor) -> list[CallRow]:
    heard = [call for call in calls if _hears(viewer, call.case)]
    takers = names(call.taken_by_id for call in heard if call.taken_by_id)
    return [_row(call, viewer, takers.get(call.taken_by_id or "", "")) for call in heard]


def _row(call: Call, viewer: Actor, taker: str) -> CallRow:
    state = (viewer, call.taken_by_id, call.answered_at is not None)
    return CallRow(
        uid=call.uid,
        code=call.case.code,
        what=WHAT[call.kind],
        at=call.at,
        taker=taker,
        taken_at=call.taken_at,
        answered_at=call.answered_at,
        why_not_take=rules.why_not_take(*state),
        why_not_answer=rules.why_not_answer_call(*state),
    )


def _heard_by(viewer: Actor) -> Q:
    """What `_hears` says of one call, asked of all; a test holds the two together."""

    def heard(profile: Profile) -> Q:
        readers = profile.compartment(profile.calls.compartment).readers
        return Q() if viewer.roles & readers else Q(pk__in=[])

    return under_each(procedures(), heard, "case__")


def _hears(viewer: Actor, case: Case) -> bool:
    profile = profile_of(case)
    return rules.may_hear(
        viewer, case.standing().ties, profile.compartment(profile.calls.compartment).readers
    )
