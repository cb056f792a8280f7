# SPDX-License-Identifier: AGPL-3.0-or-later
"""The flags of every cookie, as the settings of the real two programs work them out."""

import runpy
from pathlib import Path
from typing import Any

import pytest

SETTINGS = Path(__file__).parents[2] / "watchword" / "config" / "settings"
COOKIES = ("CSRF", "LANGUAGE", "SESSION")  # the messages of Django go by the flags of SESSION


def settings_of(
    program: str, home: Path, monkeypatch: pytest.MonkeyPatch, **environment: str
) -> dict[str, Any]:
    """The settings with which this program would start in ``home``."""
    (home / "forms.key").write_text("0" * 64)
    (home / "forms.key").chmod(0o600)
    for name, value in {"WATCHWORD_DIR": str(home), **environment}.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(SETTINGS / f"{program}.py"))


@pytest.mark.parametrize("program", ["gate", "desk"])
def test_no_cookie_goes_over_a_line_in_clear_or_to_another_site(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_of(program, tmp_path, monkeypatch)
    assert settings["SECURE_COOKIES"]
    assert all(settings[f"{cookie}_COOKIE_SECURE"] for cookie in COOKIES)
    assert {settings[f"{cookie}_COOKIE_SAMESITE"] for cookie in COOKIES} == {"Strict"}


@pytest.mark.parametrize("program", ["gate", "desk"])
def test_a_demo_on_one_machine_has_no_tls_and_its_cookies_do_not_ask_for_it(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_of(program, tmp_path, monkeypatch, WATCHWORD_DEMO="true")
    assert not any(settings[f"{cookie}_COOKIE_SECURE"] for cookie in COOKIES)
