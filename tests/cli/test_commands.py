# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line as a whole: it lists what it can do, and a ledger is believed for the right reason."""

from pathlib import Path

import pytest

from tests.cli.founded import Founded
from tests.cli.terminal import Said, here
from watchword.cli import main
from watchword.trust.manifest import Root

COMMANDS = {"demo", "init", "run", "manifest", "seal", "open", "ledger"}


def test_help_names_every_command_with_what_it_does() -> None:
    said = here("--help")
    lines = [line.split(maxsplit=1) for line in said.out.partition("COMMAND\n")[2].splitlines() if line]
    told = {words[0] for words in lines if len(words) == 2}
    assert told >= COMMANDS


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main.main([command, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: watchword {command} ")


def verified(founded: Founded, *words: str) -> Said:
    note = founded.home / "gate" / "manifest.note"
    return here("ledger", "verify", founded.home / "desk" / "ledger", "--manifest", note, *words)


def test_a_new_ledger_is_believed_because_two_roots_named_its_keys(founded: Founded) -> None:
    said = verified(founded, *(f"--root={root}" for root in founded.roots))
    assert said.status == 0, said.out + said.err
    assert "taken on trust" not in said.out


def test_a_manifest_whose_roots_nobody_named_is_taken_on_trust_and_that_is_said(founded: Founded) -> None:
    said = verified(founded)
    assert said.status == 0
    assert "its keys are taken on trust" in said.out


def test_a_manifest_of_other_roots_is_not_believed(founded: Founded) -> None:
    strangers = [Root(f"root-{number}", bytes([number]) * 32).key for number in (1, 2, 3)]
    said = verified(founded, *(f"--root={root}" for root in strangers))
    assert said.status == 2
    assert "0 of the roots signed the manifest; 2 must" in said.err


def test_one_named_root_is_too_few(founded: Founded) -> None:
    assert verified(founded, f"--root={founded.roots[0]}").status == 2


def test_a_manifest_that_is_not_there_is_named(founded: Founded, tmp_path: Path) -> None:
    said = here("ledger", "verify", founded.home / "desk" / "ledger", "--manifest", tmp_path / "no")
    assert said.status == 2
    assert "Traceback" not in said.err
