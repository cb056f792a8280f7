# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks a whole profile: every stage is reached, none is a trap, and no law of the house is written away."""

from collections.abc import Iterator, Mapping, Sequence

from watchword.core.procedure.decision import DecisionDef
from watchword.core.procedure.errors import Problem
from watchword.core.procedure.evidence import DECIDING, EvidenceKind
from watchword.core.procedure.grounds import GroundLaw
from watchword.core.procedure.letters import LetterTemplate
from watchword.core.procedure.needs import Lodged, ReplyOrDays
from watchword.core.procedure.questionnaire import Section
from watchword.core.procedure.roles import APPLICANT
from watchword.core.procedure.stages import Stage
from watchword.core.refusals import sentence

_UNREAD = sentence("nobody who sees a case in this stage could read the answers")
# A technical signal, and what nobody chooses: they may be mentioned, they cannot carry a refusal.
WEAK_SOURCES = frozenset({"citizenship", "polygraph", "relatives"})


def stage_problems(file: str, stages: Sequence[Stage]) -> Iterator[Problem]:
    """Yield a problem for each stage that nobody reaches, that has no way on, or that never ends.

    The first stage of the file is where every case begins.
    """
    ways = {stage.id: {way.to for way in stage.exits} for stage in stages}
    reached = _reached({stages[0].id} if stages else set(), ways)
    ending = _reached({stage.id for stage in stages if stage.final}, _reversed(ways))
    for stage in stages:
        place = f"stages[{stage.id}]"
        if stage.id not in reached:
            yield Problem(file, place, sentence("no way leads to this stage"))
        if not stage.final and all(way.by == {APPLICANT} for way in stage.exits):
            yield Problem(file, f"{place}.exits", sentence("the staff have no way out of this stage"))
        if stage.id not in ending:
            yield Problem(file, place, sentence("no way leads from this stage to an end"))
        yield from _twin_exits(file, place, stage)
    if stages and not any(stage.final for stage in stages):
        yield Problem(file, "stages", sentence("no stage is final"))


def reading_problems(
    file: str, stages: Sequence[Stage], readers: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    """Yield a problem where the applicant's messages would go to somebody who may not know of the case."""
    for stage in stages:
        if not readers.get(stage.replies_to, frozenset()) & stage.seen_by:
            what = sentence("nobody who sees a case in this stage could read what the applicant writes")
            yield Problem(file, f"stages[{stage.id}].replies_to", what)


def asking_problems(
    file: str,
    later: Sequence[Section],
    stages: Sequence[Stage],
    letters: Sequence[LetterTemplate],
    readers: Mapping[str, frozenset[str]],
) -> Iterator[Problem]:
    """Yield a problem for each section asked for later that nobody would ask for, or nobody could read.

    What is in custody is in none of ``readers``: no stage needs anybody who reads it.
    The first stage asks for nothing: the applicant has not yet heard from the Desk, and could be at a clone.
    """
    seen_by = {stage.id: stage.seen_by for stage in stages}
    for section in later:
        place = f"sections[{section.id}].asked_from"
        stage = section.asked_from or ""
        if sum(section.id in letter.asks for letter in letters) != 1:
            yield Problem(file, place, sentence("one letter must ask for this section, and only one"))
        if stages and stage == stages[0].id:
            yield Problem(file, place, sentence("nothing is asked before the Desk has answered"))
        seeing = seen_by.get(stage, frozenset())
        unread = [one for one in section.compartments if one in readers and not readers[one] & seeing]
        if section.compartment in unread:
            yield Problem(file, place, _UNREAD)
        for question in section.questions:
            if question.compartment in unread:
                yield Problem(file, f"sections[{section.id}].questions[{question.id}].compartment", _UNREAD)


def waiting_problems(file: str, later: Sequence[Section], stages: Sequence[Stage]) -> Iterator[Problem]:
    """Yield a problem for each exit that waits for a section which is asked only in a later stage."""
    ways = {stage.id: {way.to for way in stage.exits} for stage in stages}
    asked_by = {section.id: _reached({section.asked_from or ""}, ways) for section in later}
    for stage in stages:
        for way in stage.exits:
            for need in way.needs:
                if isinstance(need, Lodged) and stage.id not in asked_by.get(need.section, {stage.id}):
                    what = sentence("“%(name)s” is asked only later", name=need.section)
                    yield Problem(file, f"stages[{stage.id}].exits[{way.action}].needs", what)


def law_problems(file: str, law: GroundLaw) -> Iterator[Problem]:
    """Yield a problem when a weak ground is made to carry a refusal."""
    for source in law.sources:
        if source.id in WEAK_SOURCES and not source.never_alone:
            what = sentence("this can never be the only ground of a refusal, so never_alone must be true")
            yield Problem(file, f"ground_sources[{source.id}].never_alone", what)
    if not any(guideline.never_alone for guideline in law.guidelines):
        what = sentence("no guideline is marked never_alone, though exposure to coercion must be")
        yield Problem(file, "guidelines", what)


def evidence_problems(file: str, kinds: Sequence[EvidenceKind]) -> Iterator[Problem]:
    """Yield a problem when a polygraph is allowed without the safeguards that every profile must keep."""
    known = {kind.id: kind for kind in kinds}
    polygraph = known.get("polygraph")
    if polygraph is None:
        return
    if polygraph.caveat is None or not polygraph.keeps_from.issuperset(DECIDING):
        what = sentence("a polygraph needs its caveat, and its examiner must be kept from deciding")
        yield Problem(file, "evidence_kinds[polygraph]", what)
    interview = known.get("interview")
    if interview and "interview" not in polygraph.excludes and "polygraph" not in interview.excludes:
        what = sentence("whoever interviews must be kept from examining in the same case")
        yield Problem(file, "evidence_kinds[polygraph].excludes", what)


def reply_problems(file: str, decision: DecisionDef) -> Iterator[Problem]:
    """Yield a problem when a refusal could become final before its applicant had the days for a reply."""
    announced = {outcome.to_stage for outcome in decision.outcomes if outcome.needs_reply}
    for outcome in decision.outcomes:
        times = [need.days for need in outcome.needs if isinstance(need, ReplyOrDays)]
        if outcome.adverse and outcome.at_stage in announced and max(times, default=0) < decision.reply_days:
            what = sentence(
                "needs reply-or-days:%(days)s, the days promised for a reply", days=decision.reply_days
            )
            yield Problem(file, f"decision.outcomes[{outcome.id}].needs", what)


def _twin_exits(file: str, place: str, stage: Stage) -> Iterator[Problem]:
    actions = [way.action for way in stage.exits]
    for twin in sorted({action for action in actions if actions.count(action) > 1}):
        yield Problem(file, f"{place}.exits", sentence("“%(name)s” stands here twice", name=twin))


def _reached(start: set[str], ways: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = set(start)
    while waiting:
        here = waiting.pop()
        reached.add(here)
        waiting |= ways.get(here, set()) - reached
    return reached


def _reversed(ways: Mapping[str, set[str]]) -> dict[str, set[str]]:
    back: dict[str, set[str]] = {}
    for here, there in ways.items():
        for stage in there:
            back.setdefault(stage, set()).add(here)
    return back
