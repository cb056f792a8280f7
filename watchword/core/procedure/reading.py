# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads the six parsed files of a profile into a Profile, or says everything that is wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from watchword.core.procedure.appealing import appeal_problems
from watchword.core.procedure.calls import read_calls
from watchword.core.procedure.collecting import collecting_problems
from watchword.core.procedure.completeness import (
    asking_problems,
    evidence_problems,
    law_problems,
    reading_problems,
    reply_problems,
    stage_problems,
    waiting_problems,
)
from watchword.core.procedure.custody import SEATS, Custody, custody_problems, read_custody, with_seats
from watchword.core.procedure.decision import read_decision
from watchword.core.procedure.errors import Problem
from watchword.core.procedure.evidence import EvidenceKind, read_evidence_kind
from watchword.core.procedure.grounds import GroundLaw, read_ground_source, read_guideline
from watchword.core.procedure.letters import LetterTemplate, read_letter
from watchword.core.procedure.need_words import Vocabulary
from watchword.core.procedure.profile import Profile
from watchword.core.procedure.questionnaire import Questionnaire
from watchword.core.procedure.quotas import quota_problems
from watchword.core.procedure.reading_questionnaire import read_questionnaire
from watchword.core.procedure.reading_stages import Names, read_stage, read_withdrawal, with_derived_exits
from watchword.core.procedure.retention import read_retention, retention_problems
from watchword.core.procedure.roles import CompartmentDef, RoleDef, read_compartment, read_role
from watchword.core.procedure.tables import Table

LARGEST_ATTACHMENT = 500_000_000
"""Bytes of one file at most: what the courier, and the web servers in front, are told to let through."""

FILES = ("profile", "stages", "decision", "questionnaire", "letters", "calls")


@dataclass(frozen=True)
class _Ground:
    """What the other files of a profile may refer to."""

    roles: tuple[RoleDef, ...]
    custody: Custody | None
    compartments: Mapping[str, CompartmentDef]
    kinds: tuple[EvidenceKind, ...]
    questionnaire: Questionnaire
    letters: Mapping[str, LetterTemplate]
    stage_rows: Sequence[Table]

    @property
    def stages(self) -> frozenset[str]:
        return frozenset(row.peek("id") for row in self.stage_rows)

    @property
    def role_names(self) -> frozenset[str]:
        return frozenset(role.id for role in self.roles)

    @property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(
            compartments={one.id: one.title for one in self.compartments.values() if not one.custody},
            letters={one.id: one.title for one in self.letters.values()},
            evidence={kind.id: kind.title for kind in self.kinds},
            sections=self.questionnaire.titles_to_be_sent(),
            later=self.questionnaire.titles_later(),
        )


def read_profile(name: str, place: str, files: Mapping[str, object]) -> Profile:
    """Return the profile written in ``files``: parsed TOML by name, see FILES.

    ``place`` names their folder in faults. Raises ProfileError with everything that is wrong.
    """
    problems: list[Problem] = []
    tables = {part: Table(f"{place}/{part}.toml", files.get(part), "", problems) for part in FILES}
    ground = _read_ground(tables)
    profile = _read_rest(name, tables, ground)
    for table in tables.values():
        table.refuse_unknown()
    # The whole is judged once each file is sound by itself: a misspelt name would show as many faults.
    if not problems:
        problems += _whole(place, profile)
    tables["profile"].raise_problems()
    return profile


def _read_ground(tables: Mapping[str, Table]) -> _Ground:
    main = tables["profile"]
    roles = tuple(read_role(row, SEATS) for row in main.tables("roles"))
    names = frozenset(role.id for role in roles)
    custody = read_custody(main.table("custody")) if main.has("custody") else None
    readers = names.union(custody.seats if custody else ())
    compartments = [read_compartment(row, readers, SEATS) for row in main.tables("compartments")]
    by_name = MappingProxyType({one.id: one for one in compartments})
    places = frozenset(by_name)
    rows = main.tables("evidence_kinds")
    kinds = [row.peek("id") for row in rows]
    stage_rows = tables["stages"].tables("stages")
    stages = frozenset(row.peek("id") for row in stage_rows)
    written = read_questionnaire(tables["questionnaire"], places, stages)
    questionnaire = with_seats(written, by_name, custody)
    later = questionnaire.titles_later()
    letters = [read_letter(row, places, names, later) for row in tables["letters"].tables("letters")]
    return _Ground(
        roles=roles,
        custody=custody,
        compartments=by_name,
        kinds=tuple(read_evidence_kind(row, names, kinds) for row in rows),
        questionnaire=questionnaire,
        letters=MappingProxyType({one.id: one for one in letters}),
        stage_rows=stage_rows,
    )


def _read_rest(name: str, tables: Mapping[str, Table], ground: _Ground) -> Profile:
    main = tables["profile"]
    roles = ground.role_names
    decision = read_decision(
        tables["decision"].table("decision"), roles, ground.stages, ground.letters, ground.vocabulary
    )
    names = Names(ground.stages, roles, ground.compartments.keys(), ground.vocabulary)
    withdrawal = read_withdrawal(tables["stages"].table("withdrawal"), ground.stages)
    written = [read_stage(row, names) for row in ground.stage_rows]
    return Profile(
        name=name,
        version=main.integer("version", least=1),
        title=main.text("title"),
        roles=(*ground.roles, *(ground.custody.roles() if ground.custody else ())),
        custody=ground.custody,
        compartments=ground.compartments,
        stages=tuple(with_derived_exits(stage, decision, withdrawal) for stage in written),
        withdrawal=withdrawal,
        retention=tuple(
            read_retention(row, ground.stages, ground.compartments.keys())
            for row in tables["stages"].tables("retention")
        ),
        guidelines=tuple(read_guideline(row) for row in tables["decision"].tables("guidelines")),
        ground_sources=tuple(read_ground_source(row) for row in tables["decision"].tables("ground_sources")),
        evidence_kinds=ground.kinds,
        decision=decision,
        questionnaire=ground.questionnaire,
        letters=ground.letters,
        calls=read_calls(
            tables["calls"],
            ground.compartments.keys(),
            {one.id: bool(one.gaps) for one in ground.letters.values()},
        ),
        attachments=main.integer("attachments", least=1),
        attachment_limit=main.integer("attachment_limit", least=1, most=LARGEST_ATTACHMENT),
        draft_days=main.integer("draft_days", least=1),
    )


def _whole(place: str, profile: Profile) -> list[Problem]:
    readers = {one.id: one.readers for one in profile.compartments.values() if not one.custody}
    law = GroundLaw(profile.guidelines, profile.ground_sources)
    return [
        *stage_problems(f"{place}/stages.toml", profile.stages),
        *retention_problems(f"{place}/stages.toml", profile.retention, profile.stages),
        *reading_problems(f"{place}/stages.toml", profile.stages, readers),
        *asking_problems(
            f"{place}/questionnaire.toml",
            profile.questionnaire.later,
            profile.stages,
            tuple(profile.letters.values()),
            readers,
        ),
        *waiting_problems(f"{place}/stages.toml", profile.questionnaire.later, profile.stages),
        *collecting_problems(f"{place}/questionnaire.toml", profile.questionnaire),
        *custody_problems(
            f"{place}/profile.toml",
            profile.compartments.values(),
            profile.custody,
            {profile.calls.compartment, *(letter.compartment for letter in profile.letters.values())},
        ),
        *quota_problems(
            f"{place}/profile.toml",
            profile.roles,
            profile.compartments.values(),
            profile.custody.seats if profile.custody else (),
        ),
        *reply_problems(f"{place}/decision.toml", profile.decision),
        *appeal_problems(place, profile.decision, profile.stages),
        *law_problems(f"{place}/decision.toml", law),
        *evidence_problems(f"{place}/profile.toml", profile.evidence_kinds),
    ]
