# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether anybody could ever meet a need: somebody who has seen the case by then and may do it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from watchword.core.procedure.needs import AnyEvidence, LetterSent, Need, Opened
from watchword.core.procedure.needs_of_appeals import AnyLetter
from watchword.core.procedure.profile import Profile
from watchword.core.refusals import Sentence, sentence

Way = tuple[str, str]
"""An exit: its stage and its action."""


@dataclass(frozen=True)
class Reach:
    """A profile, the roles that may write letters and those that may record evidence."""

    profile: Profile
    writing: frozenset[str]
    recording: frozenset[str]

    @cached_property
    def open_ways(self) -> frozenset[Way]:
        """The exits that a case can ever take, found step by step from the first stage on.

        What is needed in a stage must be possible in it or before it, and no exit counts that is itself
        only open after this one.
        """
        found: frozenset[Way] = frozenset()
        while True:
            wider = frozenset(self._openable(found))
            if wider == found:
                return found
            found = wider

    def stages_until(self, stage: str, ways: frozenset[Way] | None = None) -> frozenset[str]:
        """Return ``stage`` and every stage through which a case can come to it."""
        taken = self.open_ways if ways is None else ways
        found: set[str] = set()
        waiting = {stage}
        while waiting:
            here = waiting.pop()
            found.add(here)
            waiting |= {
                one.id
                for one in self.profile.stages
                if any(way.to == here and (one.id, way.action) in taken for way in one.exits)
            } - found
        return frozenset(found)

    def _openable(self, ways: frozenset[Way]) -> Iterator[Way]:
        first = self.profile.first_stage.id
        for stage in self.profile.stages:
            until = self.stages_until(stage.id, ways)
            if first in until:
                for way in stage.exits:
                    if not any(_hopeless(need, until, self) for need in way.needs):
                        yield stage.id, way.action


def hopeless(needs: Sequence[Need], stage: str, reach: Reach) -> Iterator[Sentence]:
    """Yield a sentence for each of ``needs`` of an exit of ``stage`` that nobody could ever meet.

    None for a stage to which no case comes: the exit that keeps it out is told, and that is enough.
    """
    until = reach.stages_until(stage)
    if reach.profile.first_stage.id in until:
        for need in needs:
            if what := _hopeless(need, until, reach):
                yield what


def _hopeless(need: Need, until: frozenset[str], reach: Reach) -> Sentence | None:
    profile = reach.profile
    seen = frozenset().union(*(stage.seen_by for stage in profile.stages if stage.id in until))
    match need:
        case Opened(name, _) if not profile.compartment(name).readers & seen:
            return sentence("nobody who has seen the case by then may open “%(name)s”", name=name)
        case AnyLetter(options):
            reasons = [_hopeless(one, until, reach) for one in options]
            return None if None in reasons else reasons[0]
        case LetterSent(name, _) if not _can_be_sent(name, until, seen, reach):
            return sentence("nobody who has seen the case by then may send the letter “%(name)s”", name=name)
        case AnyEvidence(options):
            kinds = [profile.evidence_kind(one.kind) for one in options]
            if not any(kind.recorded_by & seen & reach.recording for kind in kinds):
                names = ", ".join(kind.id for kind in kinds)
                return sentence("nobody who has seen the case by then may record “%(name)s”", name=names)
    return None


def _can_be_sent(letter: str, until: frozenset[str], seen: frozenset[str], reach: Reach) -> bool:
    """By hand, or because the case went through what sends it: a decision, or the asking for a part."""
    profile = reach.profile
    decided = any(one.letter == letter and one.at_stage in until for one in profile.decision.outcomes)
    asked = any(one.id == letter for here in until for one in profile.letters_asking_from(here))
    return decided or asked or bool(profile.letter(letter).written_by & seen & reach.writing)
