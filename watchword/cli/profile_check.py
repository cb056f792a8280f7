# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads a whole profile, its older versions too, and says what is wrong and what no program could follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from watchword.cli import faults
from watchword.cli.forms_check import folder_of
from watchword.cli.founding_answers import CannotFound, read_answers
from watchword.core.procedure import Problem, Profile, ProfileError
from watchword.core.procedure.editing import editing_problems
from watchword.core.procedure.fitting import fitting_problems
from watchword.core.procedure.translated import translation_problems
from watchword.core.refusals import sentence
from watchword.decisions.procedure import programs
from watchword.profiles import read_folder
from watchword.profiles.loading import OLDER


@dataclass(frozen=True)
class Chosen:
    """A sound profile, and the folder it was read from."""

    profile: Profile
    folder: Traversable


def check(what: str | None, answers: Path | None = None) -> tuple[list[str], str]:
    """Return a line for each fault of one profile, or of all that come along, and a sentence."""
    if what is None:
        pairs = [check(name, answers) for name in shipped()]
        return [line for found, _ in pairs for line in found], "\n".join(told for _, told in pairs)
    folder = folder_of(what)
    if folder is None:
        return [f"{what}: there is no such profile or folder"], "Nothing was checked."
    found = [line for place in _versions(folder) for line in _faults(place, folder.name)]
    if not found:
        found = [*_left_behind(folder), *_missing_people(what, answers)]
    if found:
        return found, f"{len(found)} to mend."
    profile = read_folder(folder, folder.name)
    steps = sum(len(stage.exits) for stage in profile.stages)
    return [], (
        f"{profile.name}, version {profile.version}: {len(profile.stages)} stages, {steps} steps, "
        f"{len(profile.letters)} letters, nothing to mend."
    )


def shipped() -> list[str]:
    """The names of the profiles that come along."""
    folders = files("watchword.profiles").iterdir()
    return sorted(one.name for one in folders if (one / "profile.toml").is_file())


def chosen(what: str) -> Chosen:
    """The profile that ``check`` has found sound."""
    folder = folder_of(what)
    assert folder is not None, "checked before"
    return Chosen(read_folder(folder, folder.name), folder)


def _versions(folder: Traversable) -> Iterator[Traversable]:
    """The folder itself, and those of older versions inside it."""
    yield folder
    yield from sorted((one for one in folder.iterdir() if OLDER.match(one.name)), key=lambda one: one.name)


def _faults(folder: Traversable, name: str) -> list[str]:
    try:
        profile = read_folder(folder, name)
    except ProfileError as error:
        return faults.lines(folder, error.problems)
    problems: list[Problem] = [
        *fitting_problems(name, profile, programs()),
        *translation_problems(name, profile),
        *editing_problems("questionnaire.toml", profile.questionnaire),
    ]
    if OLDER.match(folder.name) and folder.name != f"v{profile.version}":
        what = sentence(
            "this folder is for another version: rename it to v%(version)s", version=profile.version
        )
        problems.append(Problem("profile.toml", "version", what))
    return faults.lines(folder, problems)


def _left_behind(folder: Traversable) -> list[str]:
    """The Gate shows pages of the newest version alone: what an older one asks for must be among them."""
    newest = read_folder(folder, folder.name)
    known = {section.id for section in newest.questionnaire.every_section}
    problems = []
    for older in list(_versions(folder))[1:]:
        profile = read_folder(older, folder.name)
        for section in profile.questionnaire.later:
            if section.id not in known:
                what = sentence(
                    "cases of version %(version)s are asked for “%(name)s”, which the Gate would no longer "
                    "show: keep it, or move those cases to the newest version first",
                    version=profile.version,
                    name=section.id,
                )
                problems.append(Problem("questionnaire.toml", "sections", what))
    return faults.lines(folder, problems)


def _missing_people(what: str, answers: Path | None) -> list[str]:
    """A quorum above the board, and whatever else too few people could never do."""
    if answers is None:
        return []
    try:
        read_answers(answers.read_bytes(), chosen(what).profile)
    except CannotFound as reason:
        return [f"{answers}: {reason}"]
    except OSError as error:
        return [f"{answers}: {error.strerror}"]
    return []
