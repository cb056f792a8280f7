# SPDX-License-Identifier: AGPL-3.0-or-later
"""Loads a profile from its folder, once; whoever starts a program learns at once when a profile is broken."""

import re
import tomllib
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from watchword.core.procedure import FILES, Problem, Profile, ProfileError, read_profile
from watchword.core.procedure.tables import NAME
from watchword.core.refusals import NotFound, sentence

Found = TypeVar("Found")
OLDER = re.compile(r"v[1-9][0-9]*\Z")
# Inside the directory of a program: the procedures that an organisation wrote itself.
OWN = "profiles"


def load(name: str, version: int | None = None) -> Profile:
    """Return a profile: the newest version, or the one to which a case is pinned. The same object each time.

    An organisation's own profile, in the directory of the program, goes before one that comes along. The
    newest version stands in the folder itself, older ones in folders ``v1``, ``v2`` and so on inside it.
    Raises NotFound for a profile or version that is not there, ProfileError for one that is broken.
    """
    newest = _loaded(name, _directory(), None)
    return newest if version in (None, newest.version) else _loaded(name, _directory(), version)


def versions(name: str) -> tuple[Profile, ...]:
    """Return every version of a profile that is here, the newest first. Errors as in ``load``."""
    newest = load(name)
    folders = _folder(name, _directory()).iterdir()
    numbers = {int(one.name[1:]) for one in folders if OLDER.match(one.name)} - {newest.version}
    return (newest, *(load(name, number) for number in sorted(numbers, reverse=True)))


def known(profile: Profile, find: Callable[[Profile], Found]) -> Found:
    """Return what ``find`` finds in ``profile`` or, if that dropped it, in another version, the newest first.

    So that what was done under an older version can still be read. Raises NotFound as ``find`` does.
    """
    try:
        return find(profile)
    except NotFound:
        for other in versions(profile.name):
            with suppress(NotFound):
                return find(other)
        raise


def _directory() -> Path | None:
    """The directory of the program that this process is, if it is one."""
    return getattr(settings, "WATCHWORD_DIR", None) if settings.configured else None


@lru_cache(maxsize=16)
def _loaded(name: str, directory: Path | None, version: int | None) -> Profile:
    return read_folder(_folder(name, directory), name, version)


def _folder(name: str, directory: Path | None) -> Traversable:
    # A name reaches us from a database row, and must not become a path out of these two places.
    places = [*([Path(directory) / OWN] if directory else []), files("watchword.profiles")]
    for place in places if NAME.match(name) else ():
        if (place / name / "profile.toml").is_file():
            return place / name
    raise NotFound(sentence("There is no profile “%(name)s”.", name=name))


def read_folder(folder: Traversable, name: str, version: int | None = None) -> Profile:
    """Read the profile in ``folder``, an older ``version`` from a folder inside it. Errors as in ``load``."""
    newest = _read_files(folder, name, name)
    if version is None or version == newest.version:
        return newest
    older = folder / f"v{version}"
    if not older.is_dir():
        raise NotFound(
            sentence("The profile “%(name)s” has no version %(version)s here.", name=name, version=version)
        )
    profile = _read_files(older, name, f"{name}/v{version}")
    if profile.version != version:
        what = sentence("the folder says version %(version)s", version=version)
        raise ProfileError([Problem(f"{name}/v{version}/profile.toml", "version", what)])
    return profile


def _read_files(folder: Traversable, name: str, place: str) -> Profile:
    problems: list[Problem] = []
    parsed: dict[str, object] = {}
    for part in FILES:
        try:
            parsed[part] = tomllib.loads((folder / f"{part}.toml").read_text(encoding="utf-8"))
        except FileNotFoundError:
            problems.append(Problem(f"{place}/{part}.toml", "", sentence("this file is missing")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            what = sentence("this file is not TOML: %(error)s", error=error)
            problems.append(Problem(f"{place}/{part}.toml", "", what))
    if problems:
        raise ProfileError(problems)
    return read_profile(name, place, parsed)
