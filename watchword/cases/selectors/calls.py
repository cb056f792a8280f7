# SPDX-License-Identifier: AGPL-3.0-or-later
"""The calls of applicants, as far as they can be listed without opening any."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import names
from watchword.cases import rules
from watchword.cases.models import Call, Case
from watchword.cases.selectors.profiles import profile_of
from watchword.core.refusals import NotFound, Sentence, sentence

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


def open_calls(*, viewer: Actor) -> list[CallRow]:
    """The unanswered calls that this person hears, those for help first, then the longest waiting."""
    waiting = Call.objects.filter(answered_at=None).select_related("case").order_by("kind", "at", "pk")
    return _rows(waiting, viewer)


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


def _hears(viewer: Actor, case: Case) -> bool:
    profile = profile_of(case)
    return rules.may_hear(
        viewer, case.standing().ties, profile.compartment(profile.calls.compartment).readers
    )
