# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the machinery does, for administrators: what is wrong is said, and nothing is counted."""

import re
from pathlib import Path

from pytest_django import Settings

from tests.matcher.desk import Bench
from tests.organisation import Organisation
from watchword.cli import doctor_desk
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


def test_a_matcher_that_is_locked_or_silent_is_told_to_those_who_run_it_and_to_nobody_else(
    organisation: Organisation, settings: Settings, tmp_path: Path
) -> None:
    assert "None is set up" in page_for(organisation, "petro")
    assert list(doctor_desk.matcher()) == []
    settings.WATCHWORD_MATCHER = str(tmp_path / "socket")
    silent = "The matcher does not answer."
    assert silent in page_for(organisation, "petro")
    assert [mistake.what.partition(":")[0] + "." for mistake in doctor_desk.matcher()] == [silent]
    petro, ada = (organisation.browser(login).get("/").content.decode() for login in ("petro", "ada"))
    assert silent in petro
    assert "Nothing waits for you" not in petro
    assert "The matcher" not in ada


def test_a_locked_matcher_is_told_until_its_custodians_open_it(
    organisation: Organisation, bench: Bench
) -> None:
    locked = "The matcher is locked."
    home = organisation.browser("petro")
    assert "matcher" not in home.get("/").content.decode()
    bench.ask("lock")
    assert locked in home.get("/").content.decode()
    [mistake] = doctor_desk.matcher()
    assert "watchword matcher unlock" in mistake.remedy
    bench.unlock(1, 2)
    assert locked not in home.get("/").content.decode()
    assert "It is unlocked." in home.get("/machine/").content.decode()
