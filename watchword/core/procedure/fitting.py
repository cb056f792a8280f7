# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks a profile against what the programs can do: nothing in it waits for what nobody can ever do."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from watchword.core.procedure.errors import Problem
from watchword.core.procedure.meeting import Reach, hopeless
from watchword.core.procedure.profile import Profile
from watchword.core.procedure.roles import APPLICANT
from watchword.core.procedure.stages import Stage
from watchword.core.refusals import Sentence, sentence

# The Desk and the Gate seal into these by name, whatever the organisation.
NEEDED_COMPARTMENTS = ("routing", "evidence", "decision")
# Where the Desk's screening finds who somebody is, and where it seals what it found of them.
NAMES_PAGE, FOUND_COMPARTMENT = "identity", "screening"
# What the Desk fills into the letter that announces a decision.
FILLED = frozenset({"reasons", "conditions", "days"})
# Not refused, and not let in either: what these lead to has other doors.
NOT_YET = frozenset({"defer", "rerun"})


@dataclass(frozen=True)
class Programs:
    """What the programs let each role do. Every value holds ids of roles, but for ``kinder``.

    ``needed``: without them nothing arrives, nobody keeps a case, or nobody grants anything. ``kinder`` are
    the outcomes that the Desk knows to be in the applicant's favour: it takes every other one for a refusal.
    """

    roles: frozenset[str]
    needed: frozenset[str]
    moving: frozenset[str]
    writing: frozenset[str]
    recording: frozenset[str]
    proposing: frozenset[str]
    voting: frozenset[str]
    countersigning: frozenset[str]
    screening: frozenset[str]
    kinder: frozenset[str]


def fitting_problems(place: str, profile: Profile, programs: Programs) -> Iterator[Problem]:
    """Yield a problem for each thing in a profile that the programs would never do, or let nobody do."""
    yield from _role_problems(f"{place}/profile.toml", profile, programs)
    if programs.screening & {role.id for role in profile.roles}:
        yield from _screening_problems(f"{place}/profile.toml", profile)
    yield from _letter_problems(f"{place}/letters.toml", profile, programs)
    yield from _outcome_problems(f"{place}/decision.toml", profile, programs)
    reach = Reach(profile, programs.writing, programs.recording)
    for stage in profile.stages:
        yield from _stage_problems(f"{place}/stages.toml", stage, profile, programs, reach)
    yield from _door_problems(f"{place}/stages.toml", profile)


def _role_problems(file: str, profile: Profile, programs: Programs) -> Iterator[Problem]:
    named = {role.id for role in profile.roles}
    for role in sorted(named - programs.roles):
        yield Problem(file, f"roles[{role}].id", _unknown_role(role, programs))
    for role in sorted(programs.needed - named):
        yield Problem(file, "roles", sentence("the role “%(name)s” is needed: add it", name=role))
    for name in NEEDED_COMPARTMENTS:
        if name not in profile.compartments:
            what = sentence("the compartment “%(name)s” is needed: the Desk seals into it", name=name)
            yield Problem(file, "compartments", what)
    for kind in profile.evidence_kinds:
        if not kind.recorded_by & programs.recording:
            yield Problem(file, f"evidence_kinds[{kind.id}].recorded_by", _allowed(programs.recording))


def _screening_problems(file: str, profile: Profile) -> Iterator[Problem]:
    """Names are compared blind, so no role may read them; what was found has a compartment of its own."""
    asked = [page for page in profile.questionnaire.later if page.id == NAMES_PAGE]
    if not asked:
        what = sentence("screening compares what the page “%(page)s” asks: there is none", page=NAMES_PAGE)
        yield Problem(file, "roles", what)
    for name in (name for page in asked for name in page.compartments):
        if not profile.compartment(name).custody:
            what = sentence("names are compared without anybody reading them: write custody = true")
            yield Problem(file, f"compartments[{name}].custody", what)
    if FOUND_COMPARTMENT not in profile.compartments:
        what = sentence("screening seals what it finds into “%(name)s”: add it", name=FOUND_COMPARTMENT)
        yield Problem(file, "compartments", what)


def _unknown_role(role: str, programs: Programs) -> Sentence:
    return sentence(
        "no program knows the role “%(name)s”; give one of these your own title: %(known)s",
        name=role,
        known=", ".join(sorted(programs.roles)),
    )


def _letter_problems(file: str, profile: Profile, programs: Programs) -> Iterator[Problem]:
    for letter in profile.letters.values():
        place = f"letters[{letter.id}]"
        if letter.written_by and not letter.written_by & programs.writing:
            yield Problem(file, f"{place}.written_by", _allowed(programs.writing))
        if not letter.written_by and letter.id not in _sent_with_an_act(profile):
            what = sentence("nobody sends this letter: name who writes it in written_by, or delete it")
            yield Problem(file, place, what)


def _sent_with_an_act(profile: Profile) -> set[str]:
    """The letters that go out by themselves: with a decision, to answer a call, or to ask for a part."""
    decided = {outcome.letter for outcome in profile.decision.outcomes}
    called = {alarm.letter for alarm in profile.calls.alarms} | {profile.calls.withdrawn_consent}
    asking = {letter.id for letter in profile.letters.values() if letter.asks}
    return decided | called | asking | {"card-countersign"}


def _outcome_problems(file: str, profile: Profile, programs: Programs) -> Iterator[Problem]:
    decision = profile.decision
    for key, roles, allowed in (
        ("propose_roles", decision.propose_roles, programs.proposing),
        ("vote_roles", decision.vote_roles, programs.voting),
        ("countersign_roles", decision.countersign_roles, programs.countersigning),
    ):
        if not roles & allowed:
            yield Problem(file, f"decision.{key}", _allowed(allowed))
        for outcome in decision.outcomes:
            if not roles & profile.stage(outcome.at_stage).seen_by:
                what = sentence(
                    "nobody of %(key)s sees a case in “%(stage)s”", key=key, stage=outcome.at_stage
                )
                yield Problem(file, f"decision.outcomes[{outcome.id}].at_stage", what)
    for outcome in decision.outcomes:
        place = f"decision.outcomes[{outcome.id}]"
        if not outcome.adverse and outcome.id not in programs.kinder:
            known = ", ".join(sorted(programs.kinder))
            what = sentence("mark it adverse, or take one of these names: %(known)s", known=known)
            yield Problem(file, f"{place}.id", what)
        for gap in sorted(profile.letter(outcome.letter).gaps - FILLED):
            what = sentence("nothing fills the gap “%(gap)s” of its letter", gap=gap)
            yield Problem(file, f"{place}.letter", what)


def _stage_problems(
    file: str, stage: Stage, profile: Profile, programs: Programs, reach: Reach
) -> Iterator[Problem]:
    place = f"stages[{stage.id}]"
    if not stage.final and stage.clock_days is None:
        what = sentence("a clock is missing: write after how many days a case here is late (clock_days)")
        yield Problem(file, place, what)
    decided = {outcome.id for outcome in profile.decision.outcomes_at(stage.id)}
    for way in stage.exits:
        if way.by == {APPLICANT} or way.action in decided:
            continue
        here = f"{place}.exits[{way.action}]"
        if not way.by & programs.moving:
            yield Problem(file, f"{here}.by", _allowed(programs.moving))
        elif not way.by & programs.moving & stage.seen_by:
            what = sentence("none of these roles sees a case in this stage: add one of them to seen_by")
            yield Problem(file, f"{here}.by", what)
        for what in hopeless(way.needs, stage.id, reach):
            yield Problem(file, f"{here}.needs", what)


def _door_problems(file: str, profile: Profile) -> Iterator[Problem]:
    """Law 2: what the board opens has no second door. A stage behind it can go on from there."""
    opened = _opened_by_decisions(profile)
    for stage in profile.stages:
        decided = {outcome.id for outcome in profile.decision.outcomes_at(stage.id)}
        for way in stage.exits:
            if way.to in opened and way.action not in decided and stage.id not in opened:
                what = sentence("only a decision leads to “%(stage)s”: delete this exit", stage=way.to)
                yield Problem(file, f"stages[{stage.id}].exits[{way.action}].to", what)


def _opened_by_decisions(profile: Profile) -> Collection[str]:
    kinder = [one for one in profile.decision.outcomes if not one.adverse and one.id not in NOT_YET]
    return {one.to_stage for one in kinder}


def _allowed(roles: Collection[str] | Mapping[str, object]) -> Sentence:
    return sentence(
        "none of these roles may do this; at the Desk it is for: %(roles)s", roles=", ".join(sorted(roles))
    )
