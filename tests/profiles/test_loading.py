# SPDX-License-Identifier: AGPL-3.0-or-later
"""Profiles are loaded once, by name and version, and never from a path that somebody made up."""

import shutil
from pathlib import Path

import pytest

from watchword.core.procedure import ProfileError
from watchword.core.refusals import NotFound
from watchword.profiles import load, read_folder

LEGION = Path(__file__).resolve().parents[2] / "watchword" / "profiles" / "legion"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LEGION, tmp_path / "legion"))


def raise_version(folder: Path, version: int) -> None:
    file = folder / "profile.toml"
    file.write_text(file.read_text("utf-8").replace("version = 1\n", f"version = {version}\n"), "utf-8")


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../core", "legion/", "/etc", "legion\n", "Legion", "nobody"]
)
def test_a_name_that_is_no_profile_is_not_found(name: str) -> None:
    with pytest.raises(NotFound):
        load(name)


@pytest.mark.parametrize("version", [0, 2, -1])
def test_a_version_that_is_not_here_is_not_found(version: int) -> None:
    with pytest.raises(NotFound, match="has no version"):
        load("legion", version)


def test_a_profile_is_one_object_however_it_is_asked_for() -> None:
    assert load("legion") is load("legion", 1)


def test_a_case_finds_the_version_that_it_is_pinned_to(folder: Path) -> None:
    shutil.copytree(LEGION, folder / "v1")
    raise_version(folder, 2)
    assert read_folder(folder, "legion").version == 2
    assert read_folder(folder, "legion", 2).version == 2
    assert read_folder(folder, "legion", 1).version == 1


def test_an_older_version_in_the_wrong_folder_is_refused(folder: Path) -> None:
    shutil.copytree(LEGION, folder / "v3")
    with pytest.raises(ProfileError, match=r"legion/v3/profile.toml, version: the folder says version 3"):
        read_folder(folder, "legion", 3)


def test_a_missing_file_and_a_file_that_is_not_toml_are_both_named(folder: Path) -> None:
    (folder / "letters.toml").unlink()
    (folder / "stages.toml").write_text("[[stages]\n", "utf-8")
    (folder / "decision.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ProfileError) as caught:
        read_folder(folder, "legion")
    assert [problem.file for problem in caught.value.problems] == [
        "legion/stages.toml",
        "legion/decision.toml",
        "legion/letters.toml",
    ]
