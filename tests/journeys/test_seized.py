# SPDX-License-Identifier: AGPL-3.0-or-later
"""A running Gate is seized after a hundred applications, some of which the Desk has collected.

Most come through the services, two through the pages with a browser; the courier speaks its real protocol.
Then everything that lies on the disk, and everything that was printed, is searched.
"""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.gate.test_seizure import spellings
from tests.journeys.gate_pages import QUESTIONNAIRE, Applicant
from tests.journeys.hundred import CANARY, CYRILLIC, FILE, FILE_NAME, LATIN
from tests.journeys.programs import STOP_SECONDS, Programs, wait_until_it_answers
from tests.ports import free_port
from watchword.core.sealing.primitives import ed25519_sign
from watchword.core.sealing.receipt import Receipt
from watchword.courier.deskside.client import GateClient, OfferedParcel

APPLICATIONS, BY_HAND = 100, 2
COLLECTED, FETCHED_ONLY = 20, 20
FILES = {
    "forms.key",
    "gate.sqlite3",
    "gate.sqlite3-shm",
    "gate.sqlite3-wal",
    "manifest.note",
    "manifest.seen",
    "settings.env",
}
FINE_TIME = re.compile(rb"\d{4}-\d\d-\d\d[ T]\d\d:\d\d")
EPOCH = 1_000_000_000


@dataclass(frozen=True)
class Seizure:
    """What was found, and what we know that the finder must not learn."""

    disk: dict[str, bytes]
    printed: bytes
    temporary: list[Path]
    receipts: list[Receipt]
    collected: list[OfferedParcel]
    samples: dict[str, list[bytes]]

    def holding(self, needle: bytes) -> list[str]:
        places = {**self.disk, "what was printed": self.printed}
        return [name for name, content in places.items() if needle in content]


@dataclass(frozen=True)
class Gate:
    """One Gate of the demo's organisation, with a directory and an empty database of its own."""

    directory: Path
    address: str
    printed: Path
    scratch: Path


@pytest.fixture(scope="module")
def gate(running: Programs, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    home = tmp_path_factory.mktemp("seized")
    port = free_port()
    gate = Gate(home / "gate", f"http://127.0.0.1:{port}/", home / "printed", home / "tmp")
    gate.directory.mkdir(mode=0o700)
    gate.scratch.mkdir()
    for name in ("manifest.note", "settings.env", "forms.key"):
        shutil.copy2(running.home / "gate" / name, gate.directory / name)
    command = [sys.executable, "-m", "watchword.cli.main", "run", "gate"]
    with gate.printed.open("wb") as printed:
        process = subprocess.Popen(
            [*command, "--dir", str(gate.directory), "--port", str(port)],
            stdout=printed,
            stderr=subprocess.STDOUT,
            env={**os.environ, "TMPDIR": str(gate.scratch)},
        )
    wait_until_it_answers(gate.address)
    yield gate
    process.terminate()
    process.wait(timeout=STOP_SECONDS)


@pytest.fixture(scope="module")
def seizure(
    gate: Gate, running: Programs, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Seizure:
    """Applications come in and are collected, and every mistake is made; then comes the copy."""
    by_program = subprocess.run(
        [sys.executable, "-m", "tests.journeys.hundred", str(gate.directory), str(APPLICATIONS - BY_HAND)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    by_hand = [applies_by_hand(gate, browser.new_context, number) for number in range(BY_HAND)]
    fetched, samples = collect(gate, running)
    found = tmp_path_factory.mktemp("found") / "gate"
    shutil.copytree(gate.directory, found)
    return Seizure(
        disk={str(path.relative_to(found)): path.read_bytes() for path in found.rglob("*") if path.is_file()},
        printed=gate.printed.read_bytes(),
        temporary=list(gate.scratch.rglob("*")),
        receipts=[Receipt(digits) for digits in [*by_program.stdout.split(), *by_hand]],
        collected=fetched[:COLLECTED],
        samples=samples,
    )


def applies_by_hand(gate: Gate, new_context: Callable[..., BrowserContext], number: int) -> str:
    """Through the pages, with a file, and with words in places where they do not belong."""
    language = ("ru", "uk")[number]
    dov = Applicant(new_context, gate.address, language, number=number, write=lambda _: CANARY)
    dov.begins()
    dov.answers_everything()
    dov.attaches(FILE_NAME.replace(".pdf", ".exe"), FILE)
    dov.attaches(FILE_NAME, FILE)
    dov.goes_to(f"application/part/{LATIN}/?{LATIN}={CYRILLIC}")
    dov.sends()
    dov.comes_back("1" * 30)
    dov.comes_back()
    dov.page.request.post(f"{gate.address}mailbox/answer/", form={"text": CANARY})
    dov.page.context.close()
    return "".join(dov.paper)


def collect(gate: Gate, running: Programs) -> tuple[list[OfferedParcel], dict[str, list[bytes]]]:
    """The Desk's courier: fetches forty, acknowledges twenty. Some pieces of each entry that it fetched."""
    keys = json.loads((running.home / "desk" / "keys" / "courier.key").read_text())
    counter = iter(range(1, EPOCH))
    with httpx.Client(base_url=gate.address, trust_env=False) as http:
        client = GateClient(
            http,
            lambda message: ed25519_sign(bytes.fromhex(keys["ed25519"]), message),
            lambda _: next(counter),
        )
        fetched: list[OfferedParcel] = []
        samples: dict[str, list[bytes]] = {}
        while len(fetched) < COLLECTED + FETCHED_ONLY:
            offered = client.parcels()
            for entry in [entry for parcel in offered for entry in parcel.entries]:
                samples[entry.uid] = pieces(b"".join(client.entry(entry)))
            fetched += offered
            client.acknowledge([parcel.uid for parcel in fetched[:COLLECTED]])
    return fetched, samples


def pieces(sealed: bytes) -> list[bytes]:
    """Three short ones: the edge of a page of the database may cut one of them in two."""
    return [sealed[-at : 12 - at] for at in (100, 60, 20)]


def test_the_search_finds_what_is_there(seizure: Seizure) -> None:
    assert len(seizure.receipts) == APPLICATIONS
    assert all(seizure.holding(receipt.locator.encode()) for receipt in seizure.receipts)
    collected = {entry.uid for parcel in seizure.collected for entry in parcel.entries}
    waiting = [found for uid, found in seizure.samples.items() if uid not in collected]
    assert len(waiting) >= FETCHED_ONLY * 4
    assert all(any(map(seizure.holding, pieces)) for pieces in waiting)


@pytest.mark.parametrize("words", [LATIN, CYRILLIC])
def test_no_answer_and_no_file_is_there(seizure: Seizure, words: str) -> None:
    assert [place for spelling in spellings(words) for place in seizure.holding(spelling)] == []


def test_not_even_a_ticked_answer_is_there(seizure: Seizure) -> None:
    ticked = {
        value
        for section in QUESTIONNAIRE.every_section
        for question in section.questions
        for value in question.values
        if len(value) > 6
    }
    assert len(ticked) > 10
    assert [place for value in ticked for place in seizure.holding(value.encode())] == []


def test_no_receipt_is_there(seizure: Seizure) -> None:
    for number, receipt in enumerate(seizure.receipts):
        groups = receipt.groups()
        for text in ("".join(groups), " ".join(groups), "-".join(groups), receipt.digits[8:28]):
            # Every receipt as it is, and one in ten in every spelling there is.
            needles = spellings(text) if number % 10 == 0 else [text.encode()]
            assert [place for needle in needles for place in seizure.holding(needle)] == []


def test_nothing_is_there_that_was_acknowledged(seizure: Seizure) -> None:
    gone = [entry.uid for parcel in seizure.collected for entry in parcel.entries]
    assert len(gone) >= COLLECTED * 4
    for uid in gone:
        assert not any(map(seizure.holding, seizure.samples[uid]))
        assert seizure.holding(uid.encode()) == []


def test_no_time_finer_than_a_day_is_there(seizure: Seizure, tmp_path: Path) -> None:
    for name, content in seizure.disk.items():
        (tmp_path / name).write_bytes(content)
    with closing(sqlite3.connect(tmp_path / "gate.sqlite3")) as rows:
        tables = [name for (name,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        # Says when the tables were made, which is when the Gate was: of no applicant.
        tables.remove("django_migrations")
        assert "intake_mailbox" in tables
        for table in tables:
            for row in rows.execute(f'SELECT * FROM "{table}"'):
                assert not [value for value in row if is_fine_time(value)], table


def is_fine_time(value: object) -> bool:
    if isinstance(value, float):
        return True
    if isinstance(value, int):
        return value > EPOCH
    return bool(FINE_TIME.search(value if isinstance(value, bytes) else str(value).encode()))


def test_no_file_is_there_whose_own_time_tells_of_one_applicant(seizure: Seizure) -> None:
    assert set(seizure.disk) <= FILES
    assert seizure.temporary == []


def test_what_was_printed_tells_of_no_request(seizure: Seizure) -> None:
    assert b"/application" not in seizure.printed
    assert b"/mailbox" not in seizure.printed
    assert b"Traceback" not in seizure.printed
