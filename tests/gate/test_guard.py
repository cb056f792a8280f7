# SPDX-License-Identifier: AGPL-3.0-or-later
"""A Gate that cannot protect what is written takes nothing."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from tests.clock import TODAY
from tests.gate.applicant import Dov
from tests.gate.browser import Browser
from tests.intake.harbour import Harbour
from watchword.gate import budget, checks
from watchword.gate.budget import Budget
from watchword.intake.models import Mailbox
from watchword.intake.services import purging

EVERY_PAGE = ("/", "/contact/", "/mailbox/sign-in/", "/genuine/", "/application/", "/withdraw/")


@pytest.fixture(autouse=True)
def at_the_gate(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in checks.DESK_ONLY:
        monkeypatch.delattr(settings, name)
    purging._purged.clear()


def spoil(gate: Harbour, how: str) -> None:
    match how:
        case "missing":
            gate.path.unlink()
        case "expired":
            gate.publish(expires=TODAY - timedelta(days=1))
        case "signed by one":
            gate.publish(signed_by=1)
        case "for another profile":
            gate.publish(profile="observers")
        case "changed":
            gate.path.write_bytes(gate.path.read_bytes().replace(b"Free Harbour", b"Free Hearbor"))


@pytest.mark.parametrize("how", ["missing", "expired", "signed by one", "for another profile", "changed"])
def test_without_a_manifest_that_holds_the_gate_takes_nothing(gate: Harbour, how: str) -> None:
    spoil(gate, how)
    for address in EVERY_PAGE:
        page = Browser().open(address)
        assert page.status == 503
        assert "We cannot protect what you write now" in page.text
        assert page.forms[0].action == "/leave/"
        assert len(page.forms) == 1
    assert [error.id for error in checks.gate_is_safe(None)] == ["gate.E001"]


def test_the_safety_advice_is_read_even_then(gate: Harbour) -> None:
    gate.path.unlink()
    assert Browser().open("/safety/").status == 200


def test_a_form_that_was_open_is_not_taken_either(dov: Dov, gate: Harbour) -> None:
    form = dov.browser.open("/contact/").form_with("ticket")
    gate.path.unlink()
    assert dov.browser.send(form, adult="yes").status == 503
    assert Mailbox.objects.count() == 0


def test_a_gate_that_is_in_order_may_start(gate: Harbour) -> None:
    assert checks.gate_is_safe(None) == []


@pytest.mark.parametrize("name", checks.DESK_ONLY)
def test_a_gate_with_a_setting_of_the_desk_does_not_start(
    gate: Harbour, settings: Settings, name: str
) -> None:
    setattr(settings, name, gate.path.parent / "x")
    assert [error.id for error in checks.gate_is_safe(None)] == ["gate.E002"]


@pytest.mark.parametrize(
    "content", ["AGE-SECRET-KEY-PQ-1QQ", '{"ed25519": "00", "mldsa44": "00"}', "-----BEGIN PRIVATE KEY-----"]
)
def test_a_gate_with_a_private_key_beside_its_data_does_not_start(gate: Harbour, content: str) -> None:
    stray = Path(gate.path.parent) / "backup" / "old.key"
    stray.parent.mkdir()
    stray.write_text(content)
    [error] = checks.gate_is_safe(None)
    assert error.id == "gate.E003"
    assert str(stray) in error.msg


def test_the_desk_is_not_asked_for_the_gates_safety(gate: Harbour, settings: Settings) -> None:
    gate.path.unlink()
    settings.WATCHWORD_PROGRAM = "desk"
    assert checks.gate_is_safe(None) == []


def test_the_first_page_of_a_day_forgets_what_is_overdue(dov: Dov) -> None:
    dov.begins()
    Mailbox.objects.update(opened=TODAY - timedelta(days=31))
    assert Browser().open("/safety/").status == 200
    Browser().open("/")
    assert Mailbox.objects.count() == 1
    purging._purged.clear()
    Browser().open("/")
    assert Mailbox.objects.count() == 0


def test_a_flood_makes_people_wait_and_loses_nothing(gate: Harbour, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = [0.0]
    monkeypatch.setattr(budget, "forms", Budget(301, 1, lambda: seconds[0]))
    dov = Dov()
    form = dov.browser.open("/contact/").form_with("ticket")
    for address in ("/contact/", "/mailbox/sign-in/"):
        page = Browser().open(address)
        assert page.status == 503
        assert '<meta http-equiv="refresh"' in page.html
        assert page.headers["Retry-After"] == "10"
    assert dov.browser.send(form).status == 422
    seconds[0] = 1
    assert Browser().open("/contact/").status == 200


def test_a_budget_never_holds_more_than_it_can_hold() -> None:
    seconds = [0.0]
    bucket = Budget(2, 0.5, lambda: seconds[0])
    assert [bucket.take(), bucket.take(), bucket.take()] == [True, True, False]
    seconds[0] = 1000
    assert [bucket.take(), bucket.take(), bucket.take()] == [True, True, False]
    seconds[0] += 2
    assert [bucket.take(), bucket.take()] == [True, False]


LOOK = "import sqlite3, sys; it = sqlite3.connect(sys.argv[1]); it.execute('SELECT * FROM one'); it.close()"


def test_another_program_may_look_into_the_database_of_a_gate_that_was_checked(
    gate: Harbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plain look of ours at these files would end our locks, and the other would clear away our log."""
    place = gate.path.parent / "gate.sqlite3"
    monkeypatch.setitem(connection.settings_dict, "NAME", str(place))
    with closing(sqlite3.connect(place, isolation_level=None)) as ours:
        ours.execute("PRAGMA journal_mode=WAL")
        ours.execute("CREATE TABLE one (a)")
        assert checks.gate_is_safe(None) == []
        subprocess.run([sys.executable, "-c", LOOK, str(place)], check=True, timeout=60)
        ours.execute("INSERT INTO one VALUES (1)")
        with closing(sqlite3.connect(place)) as next_one:
            assert next_one.execute("SELECT count(*) FROM one").fetchone() == (1,)
