# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ledger page and what can be taken away from it."""

from pathlib import Path

import pytest
from django.test import Client

from tests.organisation import Organisation
from tests.unpacking import unpack
from tests.vault.records import CASE, stored
from watchword.core.ledger.audit import Given, audit, one_by_one
from watchword.core.ledger.note import VerifierKey
from watchword.core.ledger.policy import Policy
from watchword.core.sealing import primitives
from watchword.journal import services as journal
from watchword.journal.disk import Disk
from watchword.journal.events import Event
from watchword.journal.keyfile import VERIFYING, read_key_file
from watchword.oversight.act_words import WORDS


def taken(client: Client, address: str) -> bytes:
    return b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]  # a streamed answer


def test_an_auditor_sees_names_and_everybody_else_pseudonyms(organisation: Organisation) -> None:
    stored(organisation, b"story")
    journal.integrate(organisation.now)
    pseudonym = organisation.staff["petro"].uid
    auditors, others = (
        organisation.browser(login).get("/ledger/").content.decode() for login in ("aud", "ada")
    )
    assert "Petro" in auditors
    assert pseudonym not in auditors
    assert pseudonym in others
    assert "Petro" not in others


def test_no_case_is_named_to_anybody(organisation: Organisation) -> None:
    record = stored(organisation, b"story")
    page = organisation.browser("aud").get("/ledger/").content.decode()
    assert CASE not in page
    assert record.uid not in page
    assert "seal.hash" in page


def test_every_act_that_can_be_recorded_has_words_beside_its_code(organisation: Organisation) -> None:
    assert set(WORDS) == set(Event)
    page = organisation.browser("aud").get("/ledger/").content.decode()
    assert "Logged in <code" in page


def test_somebody_without_a_role_may_not_look(organisation: Organisation) -> None:
    organisation.enrol("nina")
    client = organisation.browser("nina")
    for address in ("/ledger/", "/ledger/checkpoint/", "/ledger/log.tar/"):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", ["/ledger/", "/ledger/checkpoint/", "/ledger/log.tar/"])
def test_the_ledger_is_only_ever_read(organisation: Organisation, address: str) -> None:
    assert organisation.browser("aud").post(address).status_code == 405


def test_an_entry_that_waits_for_the_log_is_shown_as_waiting(organisation: Organisation) -> None:
    assert "not yet in" in organisation.browser("aud").get("/ledger/").content.decode()
    journal.integrate(organisation.now)
    client = organisation.browser("aud")
    journal.integrate(organisation.now)
    assert "not yet in" not in client.get("/ledger/").content.decode()


def test_the_checkpoint_is_handed_out_byte_for_byte(organisation: Organisation) -> None:
    client = organisation.browser("ada")
    assert taken(client, "/ledger/checkpoint/") == (organisation.home / "ledger" / "checkpoint").read_bytes()


def test_the_log_that_is_taken_away_verifies_without_us_and_holds_no_secret_state(
    organisation: Organisation, tmp_path: Path
) -> None:
    stored(organisation, b"story")
    journal.integrate(organisation.now)
    archive = taken(organisation.browser("aud"), "/ledger/log.tar/")
    names = unpack(archive, tmp_path / "taken")
    assert names[0] == "checkpoint"
    assert not any(name.startswith(".") for name in names)
    logs = [
        VerifierKey.parse(text) for text in read_key_file(organisation.home / "keys" / "ledger.key").vkeys
    ]
    founder = bytes.fromhex(organisation.staff["olha"].signing_public)
    given = Given(Policy.threshold(logs, [], 0), frozenset({founder}))
    read = Disk(tmp_path / "taken").read
    report = audit(read, given, VERIFYING, one_by_one(primitives.entry_verify), lambda _done, _total: None)
    assert list(report.findings) == []
    assert report.size > 0
