# SPDX-License-Identifier: AGPL-3.0-or-later
"""What becomes of a case that goes over to a newer version of its procedure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from watchword.core.procedure.needs import CaseFacts
from watchword.core.procedure.profile import Profile
from watchword.core.procedure.questionnaire import Section
from watchword.core.procedure.stages import Stage
from watchword.core.refusals import Sentence, sentence


@dataclass(frozen=True)
class Preview:
    """The whole of a change of version, before anybody makes it.

    ``refused``: why it cannot be made at all. ``lost`` is what counts for no step any more, ``changed`` what
    is otherwise than before, ``asked`` the sections that letters will ask for. ``stage`` is where the case
    stands afterwards, None if there is no such place.
    """

    refused: Sentence | None
    stage: Stage | None
    kept: tuple[Sentence, ...] = ()
    lost: tuple[Sentence, ...] = ()
    asked: tuple[Section, ...] = ()
    changed: tuple[Sentence, ...] = ()


def preview(old: Profile, new: Profile, stage: str, facts: CaseFacts, sealed_in: Collection[str]) -> Preview:
    """Return what becomes of a case in ``stage``; ``sealed_in`` are the compartments that hold records.

    Nothing is destroyed by a change of version: what is lost only counts for no step any more.
    """
    here = next((one for one in new.stages if one.id == stage), None)
    refused = _refused(old, new, stage, here, sealed_in) or _lawless(old, new, stage, facts)
    if here is None or refused:
        return Preview(refused, here)
    return Preview(
        refused=None,
        stage=here,
        kept=tuple(_kept(new, facts)),
        lost=tuple(_lost(old, new, facts)),
        asked=tuple(_asked(new, here, facts)),
        changed=tuple(_changed(old, old.stage(stage), new, here)),
    )


def _refused(
    old: Profile, new: Profile, stage: str, here: Stage | None, sealed_in: Collection[str]
) -> Sentence | None:
    """Why there is no such place for this case."""
    if new.version <= old.version:
        return sentence("A case goes over to a newer version only.")
    if here is None:
        return sentence(
            "Version %(version)s has no stage “%(stage)s”. Move the case on first, or leave it as it is.",
            version=new.version,
            stage=old.stage(stage).title,
        )
    seats = new.custody.seats if new.custody else ()
    for name in sorted(set(sealed_in) - new.compartments.keys() - set(seats)):
        title = old.compartment(name).title if name in old.compartments else name
        return sentence(
            "Version %(version)s has no compartment “%(name)s”, and something is sealed there.",
            version=new.version,
            name=title,
        )
    return None


def _lawless(old: Profile, new: Profile, stage: str, facts: CaseFacts) -> Sentence | None:
    """Law 3 outlasts a change: it lets nobody into deciding. Nor does an open question lose its terms."""
    kinds = {kind.id for kind in new.evidence_kinds}
    for kind in old.evidence_kinds:
        if kind.id not in kinds and facts.evidence.get(kind.id) and (kind.keeps_from or kind.excludes):
            return sentence(
                "Version %(version)s does not know “%(title)s”, so it would no longer keep whoever recorded "
                "it from other acts in this case.",
                version=new.version,
                title=kind.title,
            )
    outcomes = {outcome.id for outcome in new.decision.outcomes_at(stage)}
    for outcome in old.decision.outcomes_at(stage):
        if outcome.id not in outcomes:
            return sentence(
                "In version %(version)s “%(title)s” cannot be decided here, and it may have been proposed.",
                version=new.version,
                title=outcome.title,
            )
    return None


def _kept(new: Profile, facts: CaseFacts) -> Iterator[Sentence]:
    for kind in new.evidence_kinds:
        if count := len(facts.evidence.get(kind.id, ())):
            yield sentence("%(count)s × “%(title)s”", count=count, title=kind.title)
    for section in new.questionnaire.every_section:
        if section.id in facts.sections:
            yield sentence("The answers to “%(title)s”", title=section.title)


def _lost(old: Profile, new: Profile, facts: CaseFacts) -> Iterator[Sentence]:
    kinds = {kind.id for kind in new.evidence_kinds}
    for kind in old.evidence_kinds:
        if kind.id not in kinds and facts.evidence.get(kind.id):
            count = len(facts.evidence[kind.id])
            yield sentence("%(count)s × “%(title)s” counts for no step.", count=count, title=kind.title)
    sections = {section.id for section in new.questionnaire.every_section}
    for section in old.questionnaire.every_section:
        if section.id in facts.sections - sections:
            yield sentence("The answers to “%(title)s” count for no step.", title=section.title)
    for letter in sorted(facts.letters & old.letters.keys() - new.letters.keys()):
        yield sentence("The letter “%(title)s” counts for no step.", title=old.letters[letter].title)


def _asked(new: Profile, here: Stage, facts: CaseFacts) -> Iterator[Section]:
    """What belongs to this stage or an earlier one, and is not here."""
    order = [stage.id for stage in new.stages]
    for section in new.questionnaire.later:
        due = order.index(section.asked_from or order[0]) <= order.index(here.id)
        if due and section.id not in facts.sections:
            yield section


def _changed(old: Profile, was: Stage, new: Profile, here: Stage) -> Iterator[Sentence]:
    if was.clock_days != here.clock_days:
        yield sentence(
            "The clock of this stage: %(now)s days instead of %(before)s, counted from the same day.",
            now=here.clock_days or "–",
            before=was.clock_days or "–",
        )
    for role in sorted(was.seen_by - here.seen_by):
        yield sentence("“%(role)s” no longer sees the case in this stage.", role=old.role(role).title)
    for role in sorted(here.seen_by - was.seen_by):
        yield sentence("“%(role)s” sees the case in this stage from now on.", role=new.role(role).title)
    before, after = ({way.action: way for way in stage.exits} for stage in (was, here))
    for action, way in after.items():
        if action not in before:
            yield sentence("A new step: “%(step)s”.", step=way.title)
        elif way.needs != before[action].needs or way.to != before[action].to:
            yield sentence("The step “%(step)s” needs, or leads to, something else.", step=way.title)
    for action in sorted(before.keys() - after.keys()):
        yield sentence("The step “%(step)s” is no longer there.", step=before[action].title)
