# SPDX-License-Identifier: AGPL-3.0-or-later
"""A broken profile is refused, and each fault is named with its file and its key."""

from collections.abc import Callable

import pytest

from tests.core.procedure.written import Files, faults, legion, read, row
from watchword.core.refusals import NotFound

Breaking = Callable[[Files], object]

BROKEN: dict[str, tuple[Breaking, str]] = {
    "a missing language": (
        lambda f: row(f["stages"]["stages"], "board")["title"].pop("uk"),
        "legion/stages.toml, stages[board].title.uk: this is missing",
    ),
    "a blank text": (
        lambda f: f["profile"]["title"].update(ru="  "),
        "legion/profile.toml, title.ru: words are needed here",
    ),
    "a language that nobody else speaks": (
        lambda f: f["profile"]["title"].update(fr="Légion"),
        "legion/profile.toml, title.fr: nothing of this name is known here",
    ),
    "a text without languages": (
        lambda f: f["profile"].update(title="Legion"),
        "legion/profile.toml, title: a table is needed here",
    ),
    "a misspelt key": (
        lambda f: row(f["stages"]["stages"], "held").update(clock_day=3),
        "legion/stages.toml, stages[held].clock_day: nothing of this name is known here",
    ),
    "a key of the whole file that nobody knows": (
        lambda f: f["questionnaire"].update(version=2),
        "legion/questionnaire.toml, version: nothing of this name is known here",
    ),
    "a missing version": (
        lambda f: f["profile"].pop("version"),
        "legion/profile.toml, version: this is missing",
    ),
    "a version that is true": (
        lambda f: f["profile"].update(version=True),
        "legion/profile.toml, version: a whole number of at least 1 is needed here",
    ),
    "a reader who is no role": (
        lambda f: row(f["profile"]["compartments"], "story").update(readers=["vetting", "chief"]),
        "legion/profile.toml, compartments[story].readers: there is no “chief” in this profile",
    ),
    "a compartment that nobody reads": (
        lambda f: row(f["profile"]["compartments"], "story").update(readers=[]),
        "legion/profile.toml, compartments[story].readers: the list is empty",
    ),
    "a section for a compartment that is not there": (
        lambda f: row(f["questionnaire"]["sections"], "safety").update(compartment="rumours"),
        "legion/questionnaire.toml, sections[safety].compartment: there is no “rumours” in this profile",
    ),
    "a call that is answered with a letter of many gaps": (
        lambda f: row(f["calls"]["alarms"], "pressured").update(letter="message"),
        "legion/calls.toml, alarms[pressured].letter: there is no “message” in this profile",
    ),
    "no call of the second receipt": (
        lambda f: f["calls"]["alarms"].remove(row(f["calls"]["alarms"], "second-receipt")),
        "legion/calls.toml, alarms: an alarm “second-receipt” is needed: somebody may be made to open",
    ),
    "a role twice": (
        lambda f: f["profile"]["roles"].append(f["profile"]["roles"][0]),
        "legion/profile.toml, roles: “intake” stands here twice",
    ),
    "a role twice in one list": (
        lambda f: f["decision"]["decision"].update(vote_roles=["board", "board"]),
        "legion/decision.toml, decision.vote_roles: a name stands here twice",
    ),
    "an exit to nowhere": (
        lambda f: row(f["stages"]["stages"], "medical")["exits"][0].update(to="moon"),
        "legion/stages.toml, stages[medical].exits[polygraph].to: there is no “moon” in this profile",
    ),
    "an outcome that leads nowhere": (
        lambda f: row(f["decision"]["decision"]["outcomes"], "accept").update(to_stage="moon"),
        "legion/decision.toml, decision.outcomes[accept].to_stage: there is no “moon” in this profile",
    ),
    "an outcome announced by no letter": (
        lambda f: row(f["decision"]["decision"]["outcomes"], "defer").update(letter="poem"),
        "legion/decision.toml, decision.outcomes[defer].letter: there is no “poem” in this profile",
    ),
    "a board of one": (
        lambda f: f["decision"]["decision"].update(quorum=1),
        "legion/decision.toml, decision.quorum: a whole number of at least 2 is needed here",
    ),
    "a board that can decide nothing": (
        lambda f: f["decision"]["decision"].update(outcomes=[]),
        "legion/decision.toml, decision.outcomes: the list is empty",
    ),
    "too few days for a reply": (
        lambda f: f["decision"]["decision"].update(reply_days=7),
        "legion/decision.toml, decision.reply_days: a whole number of at least 20 is needed here",
    ),
    "a name with a path in it": (
        lambda f: row(f["stages"]["stages"], "held").update(id="../held"),
        "legion/stages.toml, stages[../held].id: a name of small letters",
    ),
    "a flag in words": (
        lambda f: row(f["stages"]["stages"], "closed").update(final="yes"),
        "legion/stages.toml, stages[closed].final: true or false is needed here",
    ),
    "a clock held by nobody": (
        lambda f: row(f["stages"]["stages"], "held").update(clock_holder="law"),
        "legion/stages.toml, stages[held].clock_holder: there is no “law” in this profile",
    ),
    "a list where one table is needed": (
        lambda f: f["stages"].update(withdrawal=[]),
        "legion/stages.toml, withdrawal: a table is needed here",
    ),
    "a table where a list is needed": (
        lambda f: f["letters"].update(letters={}),
        "legion/letters.toml, letters: a list of tables is needed here",
    ),
    "needs that are no words": (
        lambda f: row(f["stages"]["stages"], "medical")["exits"][0].update(needs=[3]),
        "legion/stages.toml, stages[medical].exits[polygraph].needs: a list of words is needed here",
    ),
    "roles that are one word": (
        lambda f: f["decision"]["decision"].update(vote_roles="board"),
        "legion/decision.toml, decision.vote_roles: a list of names is needed here",
    ),
    "evidence that excludes itself": (
        lambda f: row(f["profile"]["evidence_kinds"], "interview").update(excludes=["interview"]),
        "legion/profile.toml, evidence_kinds[interview].excludes: a kind cannot exclude itself",
    ),
    "a gap that one language lacks": (
        lambda f: row(f["letters"]["letters"], "question")["body"].update(ru="У нас есть вопрос."),
        "legion/letters.toml, letters[question].body.ru: the gaps are not the same as in English",
    ),
    "a final stage with a clock": (
        lambda f: row(f["stages"]["stages"], "closed").update(clock_days=3),
        "legion/stages.toml, stages[closed].final: a final stage has neither exits nor a clock",
    ),
    "records destroyed while the case goes on": (
        lambda f: row(f["stages"]["stages"], "checks").update(purge_days=3),
        "legion/stages.toml, stages[checks].purge_days: only the records of a final stage",
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_profile_is_refused_and_the_place_is_named(kind: str) -> None:
    files = legion()
    breaking, expected = BROKEN[kind]
    breaking(files)
    assert any(fault.startswith(expected) for fault in faults(files)), faults(files)


def test_a_missing_file_is_named() -> None:
    files = legion()
    del files["letters"]
    assert "legion/letters.toml: a table is needed here" in faults(files)


def test_all_faults_are_reported_at_once() -> None:
    files = legion()
    for name in ("a missing language", "a misspelt key", "a reader who is no role", "a board of one"):
        BROKEN[name][0](files)
    assert len(faults(files)) == 4


def test_one_fault_is_reported_once() -> None:
    for breaking, _ in BROKEN.values():
        files = legion()
        breaking(files)
        assert len(faults(files)) == len(set(faults(files)))


def test_a_sound_profile_has_no_faults() -> None:
    assert faults(legion()) == []


def test_what_is_not_there_is_refused_by_name_and_not_by_a_key_error() -> None:
    profile = read(legion())
    for look in (
        profile.stage,
        profile.role,
        profile.compartment,
        profile.evidence_kind,
        profile.outcome,
        profile.letter,
        profile.questionnaire.section,
    ):
        with pytest.raises(NotFound, match="There is no such"):
            look("nothing-of-the-kind")


def test_a_profile_cannot_be_changed_after_it_was_loaded() -> None:
    profile = read(legion())
    with pytest.raises(TypeError):
        profile.letters["closed"] = profile.letters["held"]  # type: ignore[index]  # must not be possible
