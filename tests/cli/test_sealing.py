# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword seal` and `watchword open`: what cannot be opened whole leaves nothing behind."""

from pathlib import Path

import pytest

from watchword.cli import main
from watchword.core.sealing.recipients import Identity

SECRET = b"Dov lived by the river. " * 10_000


@pytest.fixture
def ada(tmp_path: Path) -> Identity:
    identity = Identity.generate()
    (tmp_path / "ada.key").write_text(f"# Ada keeps this\n{identity}\n", encoding="ascii")
    return identity


@pytest.fixture
def sealed(tmp_path: Path, ada: Identity) -> Path:
    (tmp_path / "story").write_bytes(SECRET)
    assert run("seal", "-r", str(ada.recipient), tmp_path / "story", "-o", tmp_path / "story.age") == 0
    return tmp_path / "story.age"


def run(*words: str | Path) -> int:
    return main.main([str(word) for word in words])


def opened(tmp_path: Path, sealed: Path, identity: str = "ada.key") -> int:
    return run("open", "-i", tmp_path / identity, sealed, "-o", tmp_path / "opened")


def test_what_was_sealed_is_opened_with_the_right_key(tmp_path: Path, sealed: Path) -> None:
    assert SECRET[:24] not in sealed.read_bytes()
    assert opened(tmp_path, sealed) == 0
    assert (tmp_path / "opened").read_bytes() == SECRET


@pytest.mark.parametrize("kept", [0, 10, 100, 3000, -20_000, -1])
def test_a_truncated_file_leaves_no_output(
    tmp_path: Path, sealed: Path, kept: int, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed.write_bytes(sealed.read_bytes()[:kept])
    before = sorted(tmp_path.iterdir())
    assert opened(tmp_path, sealed) == 1
    assert capsys.readouterr().err.startswith("watchword: ")
    assert sorted(tmp_path.iterdir()) == before


def test_a_refused_opening_leaves_the_last_one_alone(tmp_path: Path, sealed: Path) -> None:
    (tmp_path / "opened").write_bytes(b"from yesterday")
    sealed.write_bytes(sealed.read_bytes()[:-1])
    assert opened(tmp_path, sealed) == 1
    assert (tmp_path / "opened").read_bytes() == b"from yesterday"


def test_cleo_opens_nothing(tmp_path: Path, sealed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cleo.key").write_text(f"{Identity.generate()}\n", encoding="ascii")
    assert opened(tmp_path, sealed, "cleo.key") == 1
    assert "watchword: " in capsys.readouterr().err
    assert not (tmp_path / "opened").exists()


@pytest.mark.parametrize("text", ["", "AGE-SECRET-KEY-1NONSENSE", "\u0456"])
def test_a_file_that_is_no_identity_is_not_shown(
    tmp_path: Path, sealed: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no.key").write_text(text, encoding="utf-8")
    assert opened(tmp_path, sealed, "no.key") == 1
    assert "NONSENSE" not in capsys.readouterr().err
    assert not (tmp_path / "opened").exists()


def test_what_is_missing_is_named(tmp_path: Path, ada: Identity, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("seal", "-r", "age1nobody", tmp_path / "ada.key", "-o", tmp_path / "out") == 1
    assert run("seal", "-r", str(ada.recipient), tmp_path / "nowhere", "-o", tmp_path / "out") == 1
    assert run("open", "-i", tmp_path / "nowhere", tmp_path / "ada.key", "-o", tmp_path / "out") == 1
    assert capsys.readouterr().err.count("watchword: ") == 3
    assert not (tmp_path / "out").exists()
