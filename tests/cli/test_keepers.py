# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword keepers`: a page for each root, each member of staff and the witness."""

from pathlib import Path

from tests.cli.founded import Founded
from tests.cli.terminal import here, watchword
from tests.genuine.test_cards import pages

ROOTS, WITNESS = 3, 1


def test_everybody_who_keeps_something_gets_a_page(founded: Founded, tmp_path: Path) -> None:
    output = tmp_path / "keepers.pdf"
    keepers = len(founded.secrets) + ROOTS + WITNESS
    words = ("keepers", "--dir", founded.home / "desk", "--language", "en", "-o", output)
    said = watchword(*words)
    assert said.status == 0, said.err
    assert f"holds {keepers} cards" in said.out
    assert output.stat().st_mode & 0o077 == 0
    kept = output.read_bytes()
    assert kept.startswith(b"%PDF-")
    assert pages(kept) == keepers


def test_nothing_is_printed_from_the_folder_of_a_gate(founded: Founded, tmp_path: Path) -> None:
    output = tmp_path / "keepers.pdf"
    said = here("keepers", "--dir", founded.home / "gate", "--language", "uk", "-o", output)
    assert (said.status, output.exists()) == (1, False)
