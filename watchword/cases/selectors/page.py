# SPDX-License-Identifier: AGPL-3.0-or-later
"""The workbench: one case as one person may see it, with the reason beside everything that is not open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import prefetch_related_objects

from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.models import Case
from watchword.cases.selectors.alike import Alike, alike_of
from watchword.cases.selectors.applicant import applicant_waits
from watchword.cases.selectors.calls import CallRow, calls_of
from watchword.cases.selectors.compartments import CompartmentRow, compartments_of
from watchword.cases.selectors.erasing import due_to_erase
from watchword.cases.selectors.facts import facts_from, sections_in
from watchword.cases.selectors.joined import Joined, joined_of, together
from watchword.cases.selectors.letters import LetterRow, letters_of
from watchword.cases.selectors.looks import LastLook, new_records
from watchword.cases.selectors.notes import NotesRow, notes_of, why_not_note
from watchword.cases.selectors.people import People, people_of
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.tasks import TaskRow, tasks_of
from watchword.cases.selectors.timeline import TimelineRow, openings, timeline_rows
from watchword.cases.selectors.visibility import find
from watchword.core.procedure import APPLICANT, CaseFacts, Profile, Stage, Text, unmet
from watchword.core.procedure.letters import LetterTemplate
from watchword.core.procedure.stages import Exit
from watchword.core.refusals import Sentence
from watchword.journal.selectors import timeline
from watchword.vault import selectors as vault


@dataclass(frozen=True)
class ExitRow:
    """One way out of the stage, with everything that it still needs."""

    action: str
    title: Text
    ends: bool
    leads_to: Stage
    missing: tuple[Sentence, ...]
    why_not: Sentence | None

    @property
    def also_missing(self) -> tuple[Sentence, ...]:
        """What is missing besides the reason that is given first."""
        return self.missing[1:] if self.missing and self.why_not == self.missing[0] else ()


@dataclass(frozen=True)
class WritableLetter:
    """One kind of letter that this person's role writes."""

    id: str
    title: Text
    gaps: tuple[str, ...]
    sent: bool
    why_not: Sentence | None


@dataclass(frozen=True)
class CasePage:
    """Everything on the page of a case."""

    uid: str
    code: str
    version: int
    closed: bool
    danger: bool
    stage: Stage
    since: datetime
    due: date | None
    keeper: str
    missing: tuple[Sentence, ...]
    applicant: Sentence | None
    alike: Alike | None
    calls: tuple[CallRow, ...]
    look: LastLook
    timeline: tuple[TimelineRow, ...]
    compartments: tuple[CompartmentRow, ...]
    exits: tuple[ExitRow, ...]
    tasks: tuple[TaskRow, ...]
    why_not_set_tasks: Sentence | None
    notes: tuple[NotesRow, ...]
    why_not_note: Sentence | None
    letters: tuple[LetterRow, ...]
    writable: tuple[WritableLetter, ...]
    why_not_write: Sentence | None
    people: People
    joined: Joined
    decided_here: bool
    erasing: bool

    @property
    def news(self) -> int:
        """How much is new to this person."""
        return sum(row.new for row in self.timeline)


def case_page(code: str, *, viewer: Actor, now: datetime, look: LastLook | None = None) -> CasePage:
    """The page of a case; NotFound for whoever may not know of it. What came since ``look`` is marked."""
    return page_of(find(code, viewer=viewer), viewer=viewer, now=now, look=look)


def page_of(case: Case, *, viewer: Actor, now: datetime, look: LastLook | None = None) -> CasePage:
    """The page of a case that was found for this person."""
    profile = profile_of(case)
    standing = case.standing()
    stage = profile.stage(case.stage)
    cases = together(case)
    prefetch_related_objects(cases, "letters", "marks")
    records = _records(cases)
    places = {one.uid: one.compartment for of_case in records for one in of_case}
    moments = timeline(*(one.uid for one in cases))
    own = [one for one in moments if one.case == case.uid]
    facts = facts_from(case, own, sections_in(records[0]), now=now)
    exits = _exits(case, standing, profile, facts, viewer)
    writable = tuple(_writable(standing, profile, facts, viewer))
    look = look or LastLook(viewer.id)
    opened, fresh = openings(moments), new_records(moments, look)
    codes = {one.uid: one.code for one in cases[1:]}
    people = people_of(case, standing, viewer=viewer)
    return CasePage(
        uid=case.uid,
        code=case.code,
        version=case.version,
        closed=standing.closed,
        danger=case.danger_declared,
        stage=stage,
        since=case.stage_since,
        due=stage.deadline(case.stage_since.date()),
        keeper=people.keeper,
        # The first exit of a stage is its way on; the others lead back or out.
        missing=exits[0].missing if exits else (),
        applicant=applicant_waits(case, standing, today=now.date()),
        alike=alike_of([case], viewer=viewer).get(case.pk),
        calls=tuple(calls_of(case, viewer=viewer)),
        look=look,
        timeline=tuple(timeline_rows(moments, profile, look, codes)),
        compartments=tuple(compartments_of(records, profile, standing, opened, fresh, viewer=viewer)),
        exits=exits,
        tasks=tuple(tasks_of(case, standing, viewer=viewer)),
        why_not_set_tasks=rules.why_not_set_tasks(viewer, standing),
        notes=tuple(notes_of(case, profile, standing, places, fresh, viewer=viewer)),
        why_not_note=why_not_note(profile, standing, viewer=viewer),
        letters=tuple(row for one in cases for row in letters_of(one, profile, places, viewer=viewer)),
        writable=writable,
        why_not_write=_one_reason(writable),
        people=people,
        joined=joined_of(case, viewer=viewer),
        erasing=due_to_erase(case) is not None and bool(vault.with_records([case.uid])),
        decided_here=bool(profile.decision.outcomes_at(case.stage)),
    )


def _records(cases: Sequence[Case]) -> list[list[vault.Outline]]:
    """What lies in the vault of each of the cases."""
    every = vault.outlines(one.uid for one in cases)
    return [[record for record in every if record.case == one.uid] for one in cases]


def _exits(
    case: Case, standing: rules.Standing, profile: Profile, facts: CaseFacts, viewer: Actor
) -> tuple[ExitRow, ...]:
    """The exits taken by hand: the board's outcomes have a page of their own, and withdrawal is not ours."""
    decided = {outcome.id for outcome in profile.decision.outcomes_at(case.stage)}
    by_hand = [
        way for way in profile.stage(case.stage).exits if way.action not in decided and way.by != {APPLICANT}
    ]
    return tuple(_exit(standing, profile, way, facts, viewer) for way in by_hand)


def _exit(standing: rules.Standing, profile: Profile, way: Exit, facts: CaseFacts, viewer: Actor) -> ExitRow:
    missing = unmet(way, facts)
    return ExitRow(
        action=way.action,
        title=way.title,
        ends=profile.stage(way.to).final,
        leads_to=profile.stage(way.to),
        missing=missing,
        why_not=rules.why_not_move(viewer, standing, way.by, missing),
    )


def _writable(
    standing: rules.Standing, profile: Profile, facts: CaseFacts, viewer: Actor
) -> list[WritableLetter]:
    mine = [letter for letter in profile.letters.values() if viewer.roles & letter.written_by]
    return [_letter(letter, standing, facts, viewer) for letter in mine]


def _letter(
    letter: LetterTemplate, standing: rules.Standing, facts: CaseFacts, viewer: Actor
) -> WritableLetter:
    return WritableLetter(
        id=letter.id,
        title=letter.title,
        gaps=tuple(sorted(letter.gaps)),
        sent=letter.id in facts.letters,
        why_not=rules.why_not_write(viewer, standing, letter.written_by),
    )


def _one_reason(letters: tuple[WritableLetter, ...]) -> Sentence | None:
    """The reason that keeps every letter from being written, when it is the same for all."""
    reasons = [letter.why_not for letter in letters]
    return reasons[0] if reasons and all(reason == reasons[0] for reason in reasons) else None
