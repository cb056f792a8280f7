# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the procedure may know of a case: codes, counts and days."""

from collections import defaultdict
from datetime import datetime

from watchword.cases import rules
from watchword.cases.models import Case, EvidenceMark
from watchword.cases.selectors.profiles import profile_of
from watchword.core.procedure import CaseFacts
from watchword.journal.events import Event
from watchword.journal.selectors import timeline
from watchword.vault import selectors as vault

SECTION = "section:"


def case_facts(case: Case, *, now: datetime) -> CaseFacts:
    """The facts on which exits open. ``countersigned`` is for whoever countersigns to fill in."""
    evidence: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for mark in case.marks.order_by("pk"):
        evidence[mark.kind] += (mark.staff_id,)
    received = case.letters.filter(direction="in").order_by("number")
    last = received.last()
    return CaseFacts(
        opened=_opened(case),
        letters=frozenset(case.letters.filter(direction="out").values_list("kind", flat=True)),
        sections=sections_of(case),
        evidence=dict(evidence),
        recused=case.standing().ties,
        open_questions=case.letters.filter(direction="out", needs_answer=True, answered_at=None).count(),
        replied=received.count() > case.heard_before,
        days_in_stage=(now - case.stage_since).days,
        days_silent=(now - (last.at if last else case.received)).days,
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
    kinds = vault.records(case.uid).filter(kind__startswith=SECTION).values_list("kind", flat=True)
    return frozenset(kind.removeprefix(SECTION) for kind in kinds)


def recorded_kinds(case_uid: str, *, staff_id: str) -> frozenset[str]:
    """The kinds of evidence that this person has recorded in this case."""
    return frozenset(
        EvidenceMark.objects.filter(case=case_uid, staff=staff_id).values_list("kind", flat=True)
    )


def _opened(case: Case) -> frozenset[str]:
    """The compartments that somebody has opened to read; a comparison shows nobody what it opens."""
    return frozenset(
        str(moment.payload["compartment"])
        for moment in timeline(case.uid)
        if moment.event is Event.COMPARTMENT_OPEN and moment.payload["purpose"] != rules.COMPARING
    )
