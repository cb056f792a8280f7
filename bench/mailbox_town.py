# SPDX-License-Identifier: AGPL-3.0-or-later
"""A Gate with many mailboxes for the measurements of the mailbox, and applicants who open them."""

import json
import multiprocessing
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

    from watchword.core.sealing.receipt import Receipt

LETTERS = 6
TICKET = re.compile(r'name="ticket" value="([^"]*)"')


@dataclass(frozen=True)
class Town:
    """The applicants whose receipts are known here; everybody else is only a row."""

    receipts: list["Receipt"]


def in_a_process_of_its_own(work: Callable[[Path], None], home: Path) -> None:
    """One process is the Desk that founds, another the Gate: settings are read once a process."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=(home,))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit("a process failed; see above")


def one_after_another(*steps: Callable[[Path], None]) -> None:
    """Each step in a process of its own, all in one folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        for step in steps:
            in_a_process_of_its_own(step, Path(folder) / "organisation")


def open_gate(home: Path) -> None:
    """Make this process the Gate, and let everybody in: budgets are not what is measured."""
    from watchword.cli import serve

    os.environ["WATCHWORD_HOSTS"] = "testserver,127.0.0.1"
    serve.prepare("gate", home / "gate")
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from watchword.gate import budget

    budget.forms = budget.Budget(1e9, 1e9)


def settle(home: Path, *, known: int, mailboxes: int) -> Town:
    """So many mailboxes with a letter each; ``known`` of them with a receipt and with ``LETTERS`` letters."""
    from watchword.core.sealing.receipt import Receipt
    from watchword.intake.models import Mailbox

    receipts = [Receipt.new() for _ in range(known)]
    for receipt in receipts:
        _open(home, receipt, LETTERS)
    pattern = Mailbox.objects.get(locator=receipts[0].locator)
    _strangers(pattern, mailboxes - known)
    return Town(receipts)


def sign_in(receipt: "Receipt") -> "Client":
    """A browser that has typed this receipt."""
    from django.test import Client

    client = Client()
    page = client.get("/mailbox/sign-in/").content.decode()
    found = TICKET.search(page)
    assert found, "the page of signing in has its ticket"
    client.post("/mailbox/sign-in/", {"receipt": receipt.digits, "ticket": found[1]})
    return client


def empty_mailbox(receipt: "Receipt") -> str:
    """The mailbox of an applicant who waits for a first letter; its name."""
    return _open(None, receipt, 0)


def _open(home: Path | None, receipt: "Receipt", letters: int) -> str:
    from watchword import trust
    from watchword.core.sealing.receipt import login_hash
    from watchword.intake.models import Delivery, Mailbox
    from watchword.intake.services.applications import NewMailbox, open_mailbox
    from watchword.intake.services.entries import new_uid

    today = datetime.now(UTC).date()
    keys = receipt.keys(trust.current().organisation)
    recipient = str(keys.mailbox.recipient)
    box = open_mailbox(new_uid(), NewMailbox(receipt.locator, login_hash(keys.login), recipient), today)
    Mailbox.objects.filter(pk=box.pk).update(sent=today, collected=today, revisions=9)
    for number in range(1, letters + 1):
        assert home
        sealed = _letter(home, box.case, recipient, number, today)
        Delivery.objects.create(uid=new_uid(), mailbox=box, kind="letter", sealed=sealed, day=today)
    return box.uid


def _letter(home: Path, case: str, recipient: str, number: int, today: date) -> bytes:
    from watchword.core.sealing import primitives
    from watchword.core.sealing.recipients import Recipient
    from watchword.core.sealing.seal import seal
    from watchword.trust.letter import DeskSigner, Letter, write

    seeds = json.loads((home / "desk" / "keys" / "desk.key").read_text())
    signer = DeskSigner(
        lambda message: primitives.ed25519_sign(bytes.fromhex(seeds["ed25519"]), message),
        lambda message: primitives.mldsa44_sign(bytes.fromhex(seeds["mldsa44"]), message),
    )
    text = "An invented letter of the usual length. " * 40
    letter = Letter(case, number, "message", today, "en", "A letter", text, False, "checks")
    plain = write(letter, signer)
    return seal(plain + b" " * (-len(plain) % 8192), [Recipient.parse(recipient)])


def _strangers(pattern: object, count: int) -> None:
    """Rows like the pattern's, of people whose receipts nobody here has."""
    from watchword.core.sealing.primitives import random_bytes, random_digits
    from watchword.intake.models import Delivery, Mailbox

    assert isinstance(pattern, Mailbox)
    letter = pattern.deliveries.all()[0]
    rows = [
        Mailbox(
            uid=random_bytes(16).hex(),
            locator=random_digits(8),
            login_hash=random_bytes(32),
            recipient=pattern.recipient,
            case=random_bytes(16).hex(),
            opened=pattern.opened,
            sent=pattern.sent,
            collected=pattern.collected,
            revisions=9,
        )
        for _ in range(count)
    ]
    # Two with the same locator are one too few, which nothing here depends on.
    Mailbox.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    rows = list(Mailbox.objects.filter(pk__in=[row.pk for row in rows]))
    size, day = len(bytes(letter.sealed)), letter.day
    for at in range(0, count, 200):
        Delivery.objects.bulk_create(
            Delivery(
                uid=random_bytes(16).hex(), mailbox=row, kind="letter", sealed=random_bytes(size), day=day
            )
            for row in rows[at : at + 200]
        )
