# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads a profile, or one questionnaire alone, and says each fault as ``file:line: place: what``."""

import re
import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from watchword.cli import faults
from watchword.core.procedure import FILES, Problem, Profile, ProfileError
from watchword.core.procedure.collecting import collecting_problems
from watchword.core.procedure.editing import editing_problems
from watchword.core.procedure.reading_questionnaire import read_questionnaire
from watchword.core.procedure.tables import NAME, Table
from watchword.core.refusals import sentence
from watchword.profiles import read_folder

QUESTIONNAIRE = "questionnaire.toml"


def check(what: str, *, editing: bool = True) -> tuple[list[str], str]:
    """Return a line for each fault, and what was checked in a sentence.

    With ``editing`` also what could be asked as it stands, but should be mended.
    """
    path = Path(what)
    if path.is_file() and not all((path.parent / f"{part}.toml").is_file() for part in FILES):
        return _alone(path)
    folder = folder_of(what)
    if folder is None:
        return [f"{what}: there is no such profile, folder or file"], "Nothing was checked."
    try:
        profile = read_folder(folder, folder.name)
    except ProfileError as error:
        return _lines(folder, error.problems)
    if not editing:
        return [], ""
    return _lines(folder, list(editing_problems(QUESTIONNAIRE, profile.questionnaire)), profile)


def folder_of(what: str) -> Traversable | None:
    """The folder of a profile that is given by name, by its folder, or by one of its files."""
    path = Path(what)
    if path.is_file():
        return path.resolve().parent
    if path.is_dir():
        return path.resolve()
    known = files("watchword.profiles") / what if NAME.match(what) else None
    return known if known is not None and known.is_dir() else None


def _lines(
    folder: Traversable, problems: "tuple[Problem, ...] | list[Problem]", profile: Profile | None = None
) -> tuple[list[str], str]:
    found = faults.lines(folder, problems)
    if found or profile is None:
        return found, f"{len(found)} to mend."
    parts = profile.questionnaire.every_section
    count = sum(len(part.questions) for part in parts)
    return (
        [],
        f"{profile.name}, version {profile.version}: {len(parts)} parts, {count} questions, nothing to mend.",
    )


def _alone(path: Path) -> tuple[list[str], str]:
    """One questionnaire without its profile: compartments and stages are taken as it names them."""
    try:
        text = path.read_text(encoding="utf-8")
        parsed = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        fault = Problem(str(path), "", sentence("this file is not TOML: %(error)s", error=error))
        return [faults.told(str(path), "", fault)], "1 to mend."
    table = Table(str(path), parsed)
    named = set(re.findall(r'^(?:compartment|asked_from)\s*=\s*"([^"]*)"', text, re.MULTILINE))
    questionnaire = read_questionnaire(table, named, named)
    table.refuse_unknown()
    if not table.problems:
        table.problems += [
            *collecting_problems(str(path), questionnaire),
            *editing_problems(str(path), questionnaire),
        ]
    found = [faults.told(str(path), text, problem) for problem in table.problems]
    rest = "Compartments, stages and letters were not compared: the rest of the profile is not beside it."
    return found, f"{len(found)} to mend. {rest}"
