# SPDX-License-Identifier: AGPL-3.0-or-later
"""A stranger downloads the ledger from the Desk's page, verifies it elsewhere, and is told of tampering."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import forging
from tests.journeys.desk_pages import Office, Officer
from tests.journeys.forging import Change
from tests.journeys.programs import Programs
from tests.unpacking import unpack


@dataclass(frozen=True)
class Stranger:
    """What somebody has who does not trust us: the manifest, a checkpoint kept from before, and copies."""

    manifest: Path
    kept: Path
    log: Path
    vault: Path

    def copied_to(self, folder: Path) -> "Stranger":
        log, vault = folder / "log", folder / "vault"
        shutil.copytree(self.log, log)
        # Sealed bodies are many and large, and one is replaced, never written into: links do.
        shutil.copytree(self.vault, vault, copy_function=lambda a, b: Path(b).hardlink_to(a))
        return Stranger(self.manifest, self.kept, log, vault)

    def verifies(self) -> tuple[int, str]:
        """The exit status of the command in the README, and what it said."""
        command = [sys.executable, "-m", "watchword.cli.main", "ledger", "verify", str(self.log)]
        given = [f"--manifest={self.manifest}", f"--checkpoint={self.kept}", f"--vault={self.vault}"]
        done = subprocess.run([*command, *given], capture_output=True, text=True, check=False, timeout=300)
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def stranger(running: Programs, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Stranger:
    """Orest the auditor hands out the log; the copy of the sealed records comes from a backup."""
    folder, orest = tmp_path_factory.mktemp("stranger"), office["orest"]
    orest.goes_to("ledger/")
    expect(orest.page.get_by_role("heading", level=1)).to_have_text("Ledger")
    orest.shows("desk-ledger")
    download(orest, "/ledger/checkpoint/", folder / "kept")
    # The last page of the log has room for the tests to forge on, whatever was done at the Desk before.
    while forging.newest_bundle(folder / "kept")[1] < 4:
        office["iryna"].opens(min(office["iryna"].sees_cases()), "routing")
        download(orest, "/ledger/checkpoint/", folder / "kept")
    shutil.copytree(running.home / "desk" / "vault", folder / "vault")
    download(orest, "/ledger/log.tar/", folder / "ledger.tar")
    unpack((folder / "ledger.tar").read_bytes(), folder / "log")
    return Stranger(
        running.home / "gate" / "manifest.note", folder / "kept", folder / "log", folder / "vault"
    )


def download(officer: Officer, address: str, path: Path) -> None:
    with officer.page.expect_download() as started:
        officer.page.locator(f'main a[href="{address}"]').click()
    started.value.save_as(path)


def test_the_ledger_of_the_demo_is_accepted(stranger: Stranger) -> None:
    status, said = stranger.verifies()
    assert status == 0, said
    assert "Nothing is wrong with this log." in said


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (forging.edit, "entry.edited"),
        (forging.delete, "entry.removed"),
        (forging.insert, "entry.inserted"),
        (forging.reorder, "entry.reordered"),
    ],
)
def test_who_changes_the_files_is_found(
    stranger: Stranger, tmp_path: Path, change: Change, fault: str
) -> None:
    copy = stranger.copied_to(tmp_path)
    forging.in_the_files(copy.log, change)
    is_named(copy, fault)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (forging.edit, "signature.wrong"),
        (forging.delete, "chain.broken"),
        (forging.insert, "entry.replayed"),
        (forging.reorder, "log.forked"),
        (forging.truncate, "log.truncated"),
    ],
)
def test_who_has_the_key_of_the_log_besides_is_found_too(
    stranger: Stranger, running: Programs, tmp_path: Path, change: Change, fault: str
) -> None:
    copy = stranger.copied_to(tmp_path)
    forging.with_the_key(copy.log, running.home / "desk" / "keys" / "ledger.key", change)
    is_named(copy, fault)


def test_a_lost_file_is_found(stranger: Stranger, tmp_path: Path) -> None:
    copy = stranger.copied_to(tmp_path)
    (copy.log / "tile/0/000").unlink()
    is_named(copy, "file.missing")


def test_two_sealed_records_that_changed_places_are_found(stranger: Stranger, tmp_path: Path) -> None:
    copy = stranger.copied_to(tmp_path)
    one, other = sorted(path for path in copy.vault.rglob("*") if path.is_file())[:2]
    aside = copy.vault / "aside"
    one.rename(aside)
    other.rename(one)
    aside.rename(other)
    is_named(copy, "blob.swapped")


def test_a_sealed_record_that_nobody_recorded_is_found(stranger: Stranger, tmp_path: Path) -> None:
    copy = stranger.copied_to(tmp_path)
    (copy.vault / "put-there-by-night").write_bytes(b"age-encryption.org/v1")
    is_named(copy, "blob.unrecorded")


def is_named(copy: Stranger, fault: str) -> None:
    status, said = copy.verifies()
    assert status == 1, said
    assert f"[{fault}]" in said, said
    assert "THIS LOG IS NOT AS IT MUST BE." in said
