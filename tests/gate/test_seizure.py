# SPDX-License-Identifier: AGPL-3.0-or-later
"""A Gate is seized in the middle of its work. What is found on its disk?

The whole program runs with its own settings in a process of its own, and its directory is copied while the
database is open, so that the write-ahead log is found too.
"""

import base64
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.gate.seized import CANARY, CYRILLIC
from tests.intake.harbour import ROOTS, found
from watchword.core.sealing.receipt import Receipt

FINE_TIME = re.compile(rb"\d{4}-\d\d-\d\d[ T]\d\d:\d\d")


@dataclass(frozen=True)
class Seized:
    """The disk as it was found, what the process had printed, and the receipt that it must not tell."""

    files: dict[Path, bytes]
    receipt: Receipt
    collected: list[bytes]

    def holding(self, needle: bytes) -> list[str]:
        return [str(path) for path, content in self.files.items() if needle in content]


@pytest.fixture(scope="module")
def seized(tmp_path_factory: pytest.TempPathFactory) -> Seized:
    home = tmp_path_factory.mktemp("seizure")
    gate = home / "gate"
    gate.mkdir()
    # The program that is seized has the machine's clock.
    found(gate / "manifest.note", datetime.now(UTC).date())
    (gate / "forms.key").write_text("0" * 64)
    (gate / "forms.key").chmod(0o600)
    roots = ",".join(str(root.key) for root in ROOTS)
    (gate / "settings.env").write_text(
        f"WATCHWORD_PROFILE=legion\nWATCHWORD_ROOTS={roots}\nWATCHWORD_HOSTS=testserver\n"
    )
    scratch = home / "tmp"
    scratch.mkdir()
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    with (home / "stdout").open("wb") as out, (home / "stderr").open("wb") as log:
        command = [sys.executable, "-m", "tests.gate.seized", str(gate)]
        subprocess.run(
            command,
            stdout=out,
            stderr=log,
            check=False,
            timeout=300,
            env={**surroundings, "TMPDIR": str(scratch)},
        )
    printed = (home / "stdout").read_text().splitlines()[-1].split()
    assert printed, (home / "stderr").read_text()
    (home / "stdout").unlink()
    files = {path.relative_to(home): path.read_bytes() for path in home.rglob("*") if path.is_file()}
    return Seized(files, Receipt(printed[0]), [bytes.fromhex(sample) for sample in printed[1:]])


def spellings(words: str) -> Iterator[bytes]:
    """The ways in which a text may lie on a disk without being sealed."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "koi8-u", "cp1251"):
        plain = words.encode(encoding)
        yield plain
        yield plain.hex().encode()
        # Base64 looks different at each of three offsets; the middle of each spelling is always there.
        yield from (base64.b64encode(bytes(shift) + plain)[4:-4] for shift in range(3))
    yield words.encode("unicode-escape")
    yield "".join(f"%{byte:02X}" for byte in words.encode()).encode()


def test_the_trap_is_alive_and_finds_what_is_stored_in_clear(seized: Seized) -> None:
    assert len(seized.files) > 8
    assert any(path.name.endswith("-wal") for path in seized.files)
    assert seized.holding(seized.receipt.locator.encode())
    assert seized.holding(b"section:prescreen")
    assert seized.holding(b"section:identity")


@pytest.mark.parametrize("words", [CANARY, CYRILLIC])
def test_no_word_of_the_applicant_is_found(seized: Seized, words: str) -> None:
    assert [hit for spelling in spellings(words) for hit in seized.holding(spelling)] == []


def test_the_receipt_is_not_found(seized: Seized) -> None:
    groups = seized.receipt.groups()
    secret = seized.receipt.digits[8:28]
    for text in ("".join(groups), " ".join(groups), secret, "-".join(groups), groups[2] + groups[3]):
        assert [hit for spelling in spellings(text) for hit in seized.holding(spelling)] == []


def test_neither_the_log_in_nor_the_mailbox_key_is_found(seized: Seized) -> None:
    keys = seized.receipt.keys("org-1")
    for secret in (keys.login, keys.mailbox.seed):
        assert seized.holding(secret) == []
        assert seized.holding(secret.hex().encode()) == []
    assert seized.holding(b"AGE-SECRET-KEY") == []


def test_no_row_holds_a_time_finer_than_a_day(seized: Seized, tmp_path: Path) -> None:
    for name, content in seized.files.items():
        if name.parts[0] == "as-sent":
            (tmp_path / name.name).write_bytes(content)
    rows = sqlite3.connect(tmp_path / "gate.sqlite3")
    tables = [
        name
        for (name,) in rows.execute(
            "SELECT name FROM sqlite_master WHERE type='table' AND name LIKE 'intake_%'"
        )
    ]
    assert "intake_mailbox" in tables
    for table in tables:
        for row in rows.execute(f"SELECT * FROM {table}"):
            for value in row:
                assert not FINE_TIME.search(value if isinstance(value, bytes) else str(value).encode())
                assert not (isinstance(value, int) and value > 1_000_000_000), (table, value)
    rows.close()


def test_no_temporary_file_was_made(seized: Seized) -> None:
    assert not any(path.parts[0] == "tmp" for path in seized.files)


def test_what_the_desk_has_collected_is_gone_even_in_sealed_form(seized: Seized) -> None:
    assert len(seized.collected) > 5
    for sample in seized.collected:
        places = {Path(name).parts[0] for name in seized.holding(sample)}
        assert "as-sent" in places
        assert not places & {"as-collected", "gate"}


def test_the_log_quotes_no_request(seized: Seized) -> None:
    log = seized.files[Path("stderr")]
    assert CANARY.encode() not in log
    assert b"/application/" not in log
