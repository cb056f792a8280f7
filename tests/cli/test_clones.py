# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword clones check`: with the public keys anybody tells a true copy from another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.intake.harbour import DESK, ROOTS, Harbour, found
from watchword.cli.main import main
from watchword.trust.clones import Clone, Register, sign

TODAY = datetime.now(UTC).date()
VKEYS = [word for root in ROOTS for word in ("--root", str(root.key))]
Heard = pytest.CaptureFixture[str]


@pytest.fixture
def harbour(tmp_path: Path) -> Harbour:
    return found(tmp_path / "list.txt", TODAY)


def check(harbour: Harbour, register: Register, *whom: str, changed: bool = False) -> int:
    raw = sign(register, DESK, harbour.manifest)
    path = harbour.path.with_name("clones.txt")
    path.write_bytes(raw.replace(b"false", b"other") if changed else raw)
    return main(["clones", "check", str(path), "--manifest", str(harbour.path), *whom])


def test_a_true_copy_is_told_from_a_changed_an_old_and_an_unasked_one(
    harbour: Harbour, capsys: Heard
) -> None:
    known = (Clone(TODAY, "false.example"),)
    register = Register(harbour.manifest.organisation, 4, TODAY, known)
    assert check(harbour, register, *VKEYS) == 0
    assert f"{TODAY}  false.example" in capsys.readouterr().out
    assert check(harbour, register, *VKEYS, changed=True) == 1
    assert "the Desk did not sign this register" in capsys.readouterr().err
    assert check(harbour, replace(register, signed=TODAY - timedelta(days=15)), *VKEYS) == 1
    assert "older than two weeks" in capsys.readouterr().out
    assert check(harbour, register) == 1
    assert "say whose signatures count" in capsys.readouterr().err
