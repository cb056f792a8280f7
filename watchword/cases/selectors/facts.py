# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the procedure may know of a case: codes, counts and days."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter

from watchword.cases import rules
from watchword.cases.models import Case, EvidenceMark
from watchword.cases.selectors.profiles import profile_of
from watchword.core.procedure import CaseFacts
from watchword.journal.events import Event
from watchword.journal.selectors import Moment, timeline
from watchword.vault import selectors as vault

SECTION = "section:"


def case_facts(case: Case, *, now: datetime) -> CaseFacts:
    """The facts on which exits open. ``countersigned`` is for whoever countersigns to fill in."""
    return facts_from(case, timeline(case.uid), sections_of(case), now=now)


def facts_from(
    case: Case, moments: Iterable[Moment], sections: frozenset[str], *, now: datetime
) -> CaseFacts:
    """The same for whoever has read the timeline of this case and the sections in it already."""
    evidence: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for mark in sorted(case.marks.all(), key=attrgetter("pk")):
        evidence[mark.kind] += (mark.staff_id,)
    letters = sorted(case.letters.all(), key=attrgetter("number"))
    received = [one for one in letters if one.direction == "in"]
    sent = [one for one in letters if one.direction == "out"]
    return CaseFacts(
        opened=_opened(moments),
        letters=frozenset(one.kind for one in sent),
        sections=sections,
        evidence=dict(evidence),
        recused=case.standing().ties,
        open_questions=sum(one.needs_answer and one.answered_at is None for one in sent),
        replied=len(received) > case.heard_before,
        days_in_stage=(now - case.stage_since).days,
        days_silent=(now - (received[-1].at if received else case.received)).days,
    )


def ties(case_uid: str) -> frozenset[str]:
    """The staff who declared a tie in this case, or in one that is joined with it."""
    case = Case.objects.filter(pk=case_uid).first()
    return case.standing().ties if case else frozenset()


def asked_for(case: Case) -> frozenset[str]:
    """The sections that letters of this case have asked for."""
    letters = profile_of(case).letters
    sent = case.letters.filter(direction="out").values_list("kind", flat=True)
    return frozenset().union(*(letters[kind].asks for kind in sent if kind in letters))


def sections_of(case: Case) -> frozenset[str]:
    """The sections that have arrived."""
    return sections_in(vault.outlines([case.uid]))


def sections_in(records: Iterable[vault.Outline]) -> frozenset[str]:
    """The sections among these records."""
    return frozenset(one.kind.removeprefix(SECTION) for one in records if one.kind.startswith(SECTION))


def recorded_kinds(case_uid: str, *, staff_id: str) -> frozenset[str]:
    """The kinds of evidence that this person has recorded in this case."""
    return frozenset(
        EvidenceMark.objects.filter(case=case_uid, staff=staff_id).values_list("kind", flat=True)
    )


def _opened(moments: Iterable[Moment]) -> frozenset[str]:
    """The compartments that somebody has opened to read; a comparison shows nobody what it opens."""
    return frozenset(
        str(moment.payload["compartment"])
        for moment in moments
        if moment.event is Event.COMPARTMENT_OPEN and moment.payload["purpose"] != rules.COMPARING
    )
