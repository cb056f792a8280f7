# SPDX-License-Identifier: AGPL-3.0-or-later
"""A program that cannot follow its procedure does not start, and says why."""

from pathlib import Path

import pytest
from django.core import checks
from django.test import override_settings

from watchword.core.procedure import ProfileError
from watchword.profiles import read_folder
from watchword.profiles.checks import faults, profile_is_sound


def test_a_profile_that_is_not_there_is_an_error_at_start() -> None:
    with override_settings(WATCHWORD_PROFILE="observers-of-the-moon"):
        found = [message for message in checks.run_checks() if message.id == "profiles.E001"]
    assert [message.msg for message in found] == ["There is no profile “observers-of-the-moon”."]
    assert found[0].is_serious()


def test_each_fault_of_a_broken_profile_is_an_error_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as caught:
        read_folder(tmp_path, "empty")
    found = faults(caught.value)
    assert [message.msg for message in found] == [str(problem) for problem in caught.value.problems]
    assert "empty/stages.toml: this file is missing" in [message.msg for message in found]
    assert all(message.is_serious() for message in found)


def test_the_profile_of_the_house_is_sound() -> None:
    assert profile_is_sound() == []
