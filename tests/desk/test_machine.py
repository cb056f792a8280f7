# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the machinery does, for administrators: what is wrong is said, and nothing is counted."""

import re
from pathlib import Path

from pytest_django import Settings

from tests.organisation import Organisation
from watchword.desk.machine import machine
from watchword.journal import services as journal


def page_for(organisation: Organisation, login: str) -> str:
    return organisation.browser(login).get("/machine/").content.decode().partition("<main")[2]


def test_only_administrators_look(organisation: Organisation) -> None:
    for login in ("ada", "aud", "ben"):
        assert organisation.browser(login).get("/machine/").status_code == 403, login
    assert "look at this" in page_for(organisation, "petro")


def test_an_old_ledger_put_back_is_told_and_one_that_is_gone(
    organisation: Organisation, settings: Settings
) -> None:
    checkpoint = Path(settings.WATCHWORD_LEDGER_DIR) / "checkpoint"
    older = checkpoint.read_bytes()
    organisation.actor("ada")
    journal.integrate(organisation.now)
    assert not machine(organisation.now).ledger.shorter_than_promised
    petro = organisation.browser("petro")
    checkpoint.write_bytes(older)
    assert "Its end is missing" in petro.get("/machine/").content.decode()
    checkpoint.unlink()
    assert "cannot be read" in petro.get("/machine/").content.decode()


def test_no_count_of_anything_but_gibibytes_is_on_the_page(organisation: Organisation) -> None:
    told = re.sub(r"<time.*?</time>|<[^>]*>|[\d.]+\.[\d.]+", " ", page_for(organisation, "petro"))
    assert len(re.findall(r"\d+", told.partition("GiB")[0])) == 1


def test_a_list_of_keys_that_ends_soon_is_told(organisation: Organisation) -> None:
    ends = machine(organisation.now).manifest_ends
    assert ends is not None
    assert not machine(organisation.now).manifest_ending
    assert machine(organisation.now + (ends - organisation.now.date())).manifest_ending
