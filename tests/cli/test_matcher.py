# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword matcher`: a key is made once, opened by two, and by nobody else."""

import threading
from pathlib import Path

import pytest

from watchword.cli import demo_matcher
from watchword.cli.main import main
from watchword.core.sealing.recipients import Identity
from watchword.matcher import server
from watchword.matcher.client import Client
from watchword.matcher.service import Matcher


def test_two_custodians_open_it_and_a_stranger_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, people = tmp_path / "m", [Identity.generate() for _ in range(3)]
    for number, who in enumerate(people):
        (tmp_path / f"{number}.txt").write_text(f"# custodian\n{who}\n")

    def said(verb: str, *words: str) -> str:
        main(["matcher", verb, "--dir", str(home), *words])
        return "".join(capsys.readouterr())

    def unlocked_by(number: int) -> str:
        return said("unlock", "-i", str(tmp_path / f"{number}.txt"))

    to = [word for who in people[:2] for word in ("--to", str(who.recipient))]
    assert "2 of 2 custodians" in said("init", *to)
    assert "already" in said("init", *to)
    assert (home.stat().st_mode | (home / "key.json").stat().st_mode) & 0o077 == 0
    assert "does not answer" in said("state")
    with server.listen(home / server.SOCKET) as listening:
        threading.Thread(target=server.serve, args=(listening, Matcher(home)), daemon=True).start()
        assert "no share" in unlocked_by(2)
        assert "locked; 1 of 2 shares are in" in unlocked_by(0)
        assert "open." in unlocked_by(1)
        assert "generation 2: open" in said("rotate")
        assert "locked" in said("lock")


def test_the_demo_starts_one_that_was_made_before_and_opens_it(tmp_path: Path) -> None:
    demo_matcher.make(tmp_path / "matcher", tmp_path / "matcher-custodians")
    process = demo_matcher.start(tmp_path)
    try:
        assert not Client(tmp_path / "matcher" / "socket").state().locked
    finally:
        process.terminate()
        process.wait(timeout=20)
