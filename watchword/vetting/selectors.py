# SPDX-License-Identifier: AGPL-3.0-or-later
"""The evidence of a case in codes, for those who may read it; and what a person may record, or why not."""

from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import names
from watchword.cases import selectors as cases
from watchword.cases.rules import Standing, why_not_open
from watchword.core.procedure import EvidenceKind, Profile, Text
from watchword.core.refusals import NotFound, Sentence, sentence, why_not
from watchword.profiles import known
from watchword.vetting import rules
from watchword.vetting.models import Evidence

COMPARTMENT = "evidence"


@dataclass(frozen=True)
class Bench:
    """What the rules of recording ask about one case and one person."""

    standing: Standing
    profile: Profile
    recorded: tuple[EvidenceKind, ...]

    def check_may_record(self, kind: EvidenceKind, actor: Actor) -> None:
        """``rules.check_may_record`` with what the database knew."""
        titles = [role.title for role in self.profile.roles if role.id in kind.recorded_by]
        rules.check_may_record(actor, self.standing, kind, self.recorded, titles)


def bench(case_uid: str, *, actor: Actor) -> Bench:
    """What is known of this case and of what this person recorded in it."""
    case = cases.find_by_uid(case_uid, viewer=actor)
    profile = cases.profile_of(case)
    recorded = cases.recorded_kinds(case_uid, staff_id=actor.id)
    return Bench(
        case.standing(), profile, tuple(kind for kind in profile.evidence_kinds if kind.id in recorded)
    )


@dataclass(frozen=True)
class EvidenceRow:
    """One item in words a reader knows. ``caveat`` stands beside every item of a kind that has one."""

    uid: str
    kind: str
    kind_title: Text
    guideline: str
    guideline_title: Text
    grade: str
    grade_words: tuple[Sentence, Sentence]
    closed: bool
    bearing: str
    bearing_words: Sentence
    result: Text | None
    caveat: Text | None
    by: str
    at: datetime
    record: str


@dataclass(frozen=True)
class KindRow:
    """One kind of evidence that this person's role records, and why not now, if so."""

    id: str
    title: Text
    caveat: Text | None
    why_not: Sentence | None


@dataclass(frozen=True)
class EvidencePage:
    """The evidence of one case as one person may see it."""

    uid: str
    code: str
    rows: tuple[EvidenceRow, ...]
    hidden: int
    kinds: tuple[KindRow, ...]
    why_not_open: Sentence | None
    seen: str


def evidence(case_uid: str, *, viewer: Actor) -> list[EvidenceRow]:
    """All items for a role that reads evidence; for others those they recorded themselves. Oldest first."""
    case = cases.find_by_uid(case_uid, viewer=viewer)
    profile = cases.profile_of(case)
    items = Evidence.objects.filter(case=case_uid).order_by("record__revision")
    if why_not_open(viewer, case.standing(), profile.compartment(COMPARTMENT).readers) is not None:
        items = items.filter(recorded_by=viewer.id)
    staff = names(items.values_list("recorded_by", flat=True))
    return [_row(item, profile, staff) for item in items]


def evidence_page(code: str, *, viewer: Actor) -> EvidencePage:
    """Everything on the page of evidence."""
    case = cases.find(code, viewer=viewer)
    profile = cases.profile_of(case)
    rows = evidence(case.uid, viewer=viewer)
    at = bench(case.uid, actor=viewer)
    by_hand = [kind for kind in profile.evidence_kinds if kind.id not in rules.OWN_ROOM]
    mine = [kind for kind in by_hand if kind.recorded_by & viewer.roles]
    return EvidencePage(
        uid=case.uid,
        code=case.code,
        rows=tuple(rows),
        hidden=Evidence.objects.filter(case=case.uid).count() - len(rows),
        kinds=tuple(_kind(at, kind, viewer) for kind in mine),
        why_not_open=why_not_open(viewer, case.standing(), profile.compartment(COMPARTMENT).readers),
        seen=cases.seen_of(case),
    )


def form_page(code: str, kind: str, *, viewer: Actor) -> tuple[EvidencePage, Profile]:
    """The page on which an item of this kind is recorded; NotFound for a kind of another role."""
    page = evidence_page(code, viewer=viewer)
    if kind not in {row.id for row in page.kinds}:
        raise NotFound(sentence("There is no such kind of evidence for your role."))
    return page, cases.profile_of(cases.find(code, viewer=viewer))


def _kind(at: Bench, kind: EvidenceKind, viewer: Actor) -> KindRow:
    return KindRow(kind.id, kind.title, kind.caveat, why_not(at.check_may_record)(kind, viewer))


def _row(item: Evidence, profile: Profile, staff: dict[str, str]) -> EvidenceRow:
    kind = known(profile, lambda one: one.evidence_kind(item.kind))
    guidelines = {one.code: one.title for one in profile.guidelines}
    return EvidenceRow(
        uid=item.uid,
        kind=item.kind,
        kind_title=kind.title,
        guideline=item.guideline,
        guideline_title=guidelines[item.guideline],
        grade=f"{item.source_grade}{item.information_grade}",
        grade_words=(
            rules.SOURCE_GRADES[item.source_grade],
            rules.INFORMATION_GRADES[item.information_grade],
        ),
        closed=item.disclosure == "closed",
        bearing=item.bearing,
        bearing_words=rules.BEARINGS[item.bearing],
        result=next((one.title for one in kind.results if one.id == item.result), None),
        caveat=kind.caveat,
        by=staff.get(item.recorded_by_id, ""),
        at=item.at,
        record=item.record_id,
    )
