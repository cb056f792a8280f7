# SPDX-License-Identifier: AGPL-3.0-or-later
"""A whole profile: an organisation's words, stages, roles and rules, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass

from watchword.core.procedure.calls import Calls
from watchword.core.procedure.custody import Custody
from watchword.core.procedure.decision import DecisionDef, Outcome
from watchword.core.procedure.evidence import EvidenceKind
from watchword.core.procedure.grounds import GroundLaw, GroundSource, Guideline
from watchword.core.procedure.letters import LetterTemplate
from watchword.core.procedure.questionnaire import Questionnaire, Section
from watchword.core.procedure.reading_stages import Withdrawal
from watchword.core.procedure.retention import Retention
from watchword.core.procedure.roles import CompartmentDef, RoleDef
from watchword.core.procedure.stages import Stage
from watchword.core.procedure.text import Text
from watchword.core.refusals import NotFound, sentence


@dataclass(frozen=True)
class Apart:
    """A question that is not sealed with its section, and the roles that can read the answer, in words."""

    label: str
    readers: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Profile:
    """One version of one procedure. A case is pinned to the version it started under.

    Each is loaded once and equal only to itself, so that profiles can be members of a set.
    The first of ``stages`` is where every case begins. ``attachments`` counts the files that
    go with an application or a letter at most, and ``attachment_limit`` the bytes of each. ``draft_days`` is
    how long the Gate keeps what was begun and never sent. ``roles`` ends with those of the seats of
    ``custody``; ``compartments`` are those that the file names, without the seats' own.
    """

    name: str
    version: int
    title: Text
    roles: tuple[RoleDef, ...]
    custody: Custody | None
    compartments: Mapping[str, CompartmentDef]
    stages: tuple[Stage, ...]
    withdrawal: Withdrawal
    retention: tuple[Retention, ...]
    guidelines: tuple[Guideline, ...]
    ground_sources: tuple[GroundSource, ...]
    evidence_kinds: tuple[EvidenceKind, ...]
    decision: DecisionDef
    questionnaire: Questionnaire
    letters: Mapping[str, LetterTemplate]
    calls: Calls
    attachments: int
    attachment_limit: int
    draft_days: int

    @property
    def first_stage(self) -> Stage:
        """The stage in which a case begins."""
        return self.stages[0]

    @property
    def ground_law(self) -> GroundLaw:
        """The law of this profile on what may carry a refusal."""
        return GroundLaw(self.guidelines, self.ground_sources)

    def stage(self, name: str) -> Stage:
        """Return a stage by id. Raises NotFound."""
        for stage in self.stages:
            if stage.id == name:
                return stage
        raise NotFound(sentence("There is no such stage in this procedure."))

    def retention_rule(self, name: str) -> Retention:
        """Return a rule of what is erased by itself. Raises NotFound."""
        for rule in self.retention:
            if rule.id == name:
                return rule
        raise NotFound(sentence("There is no such rule in this procedure."))

    def next_stages(self, name: str) -> tuple[Stage, ...]:
        """Return the stages that can follow ``name``, in the order of the procedure. Raises NotFound."""
        following = {way.to for way in self.stage(name).exits}
        return tuple(stage for stage in self.stages if stage.id in following)

    def role(self, name: str) -> RoleDef:
        """Return a role by id. Raises NotFound."""
        for role in self.roles:
            if role.id == name:
                return role
        raise NotFound(sentence("There is no such role in this procedure."))

    def compartment(self, name: str) -> CompartmentDef:
        """Return a compartment by id, also that of a seat. Raises NotFound."""
        seats = self.custody.compartments() if self.custody else {}
        if name not in self.compartments and name not in seats:
            raise NotFound(sentence("There is no such compartment in this procedure."))
        return self.compartments.get(name) or seats[name]

    def readers_in_words(self, compartment: str, language: str) -> tuple[str, ...]:
        """Return who can open a compartment: the roles that read it in their order, or how many custodians.

        Raises NotFound.
        """
        one = self.compartment(compartment)
        if one.custody and self.custody:
            return (self.custody.in_words(language),)
        readers = one.readers
        return tuple(role.title.in_language(language) for role in self.roles if role.id in readers)

    def read_apart(self, section: Section, language: str) -> tuple[Apart, ...]:
        """Return the questions of ``section`` that other people read than the rest of it, and who does.

        What the same people read stands for itself, though it may lie in a compartment of its own.
        """
        others = self.readers_in_words(section.compartment, language)
        apart = [
            Apart(one.label.in_language(language), self.readers_in_words(one.compartment, language))
            for one in section.questions
            if one.compartment not in (None, section.compartment)
        ]
        return tuple(one for one in apart if one.readers != others)

    def evidence_kind(self, name: str) -> EvidenceKind:
        """Return a kind of evidence by id. Raises NotFound."""
        for kind in self.evidence_kinds:
            if kind.id == name:
                return kind
        raise NotFound(sentence("There is no such kind of evidence in this procedure."))

    def outcome(self, name: str) -> Outcome:
        """Return an outcome by id. Raises NotFound."""
        for outcome in self.decision.outcomes:
            if outcome.id == name:
                return outcome
        raise NotFound(sentence("There is no such outcome in this procedure."))

    def letter(self, name: str) -> LetterTemplate:
        """Return the template of a letter by id. Raises NotFound."""
        if name not in self.letters:
            raise NotFound(sentence("There is no such letter in this procedure."))
        return self.letters[name]

    def letters_asking_from(self, stage: str) -> tuple[LetterTemplate, ...]:
        """Return the letters that ask for a section on entering ``stage``."""
        due = {section.id for section in self.questionnaire.later if section.asked_from == stage}
        return tuple(letter for letter in self.letters.values() if letter.asks & due)
