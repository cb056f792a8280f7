# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword matcher`: a key is made once, opened by two, and by nobody else."""

import getpass
import threading
from pathlib import Path

import pytest

from watchword.cli import demo_matcher, doctor_matcher
from watchword.cli.main import main
from watchword.core.sealing.armor import armor
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.scrypt import Passphrase
from watchword.core.sealing.seal import seal
from watchword.matcher import server
from watchword.matcher.client import Client
from watchword.matcher.service import Matcher


def test_two_custodians_open_it_and_a_stranger_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second custodian's key file is under a passphrase, mistyped once."""
    home, people = tmp_path / "m", [Identity.generate() for _ in range(3)]
    for number, who in enumerate(people):
        (tmp_path / f"{number}.txt").write_text(f"# custodian\n{who}\n")
    clear = (tmp_path / "1.txt").read_bytes()
    (tmp_path / "1.txt").write_bytes(armor(seal(clear, [Passphrase("five words of mine", work=1)])))
    typed = ["five words of yours", "five words of mine"]
    monkeypatch.setattr(getpass, "getpass", lambda _asking: typed.pop(0))

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
        assert "locked" not in unlocked_by(1)
        assert "open." in unlocked_by(1)
        assert "generation 2: open" in said("rotate")
        assert "locked" in said("lock")


def test_the_doctor_finds_the_demos_keys_an_open_folder_and_what_is_gone(tmp_path: Path) -> None:
    home = tmp_path / "matcher"
    demo_matcher.make(home, tmp_path / "matcher-custodians")

    def mistakes() -> str:
        return " ".join(one.what for check in doctor_matcher.checks(home) for one in check.look())

    assert "custodian-1.txt is a custodian's private key." in mistakes()
    for path in (tmp_path / "matcher-custodians").iterdir():
        path.unlink()
    assert str(tmp_path) not in mistakes()
    home.chmod(0o750)
    (home / "share-1-2.age").unlink()
    (home / "asked.log").write_text("{}\n")
    told = mistakes()
    assert "Other accounts may look" in told
    assert "share-1-2.age is missing" in told
    assert "altered" in told


def test_a_custodian_passes_on_and_two_name_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, people = tmp_path / "m", [Identity.generate() for _ in range(4)]
    files = [tmp_path / f"{number}.txt" for number in range(4)]
    for file, who in zip(files, people, strict=True):
        file.write_text(f"{who}\n")

    def said(verb: str, *words: object) -> str:
        socket = ("--socket", tmp_path / "s") if verb != "init" else ()
        main(list(map(str, ["matcher", verb, "--dir", home, *socket, *words])))
        return "".join(capsys.readouterr())

    def to(*numbers: int) -> list[str]:
        return [word for number in numbers for word in ("--to", str(people[number].recipient))]

    said("init", *to(0, 1))
    with server.listen(tmp_path / "s") as listening:
        threading.Thread(target=server.serve, args=(listening, Matcher(home)), daemon=True).start()
        assert "locked" in said("pass-on", "-i", files[0], *to(2))
        assert "no share" in said("unlock", "-i", files[0])
        said("unlock", "-i", files[1])
        assert "open." in said("unlock", "-i", files[2])
        assert "1 of 2 custodians have named" in said("replace", "-i", files[1], *to(1, 3))
        assert "generation 2: open." in said("replace", "-i", files[2], *to(1, 3))
        assert "no share" in said("unlock", "-i", files[2])


def test_the_demo_starts_one_that_was_made_before_and_opens_it(tmp_path: Path) -> None:
    demo_matcher.make(tmp_path / "matcher", tmp_path / "matcher-custodians")
    process = demo_matcher.start(tmp_path)
    try:
        assert not Client(tmp_path / "matcher" / "socket").state().locked
    finally:
        process.terminate()
        process.wait(timeout=20)
