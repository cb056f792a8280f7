# SPDX-License-Identifier: AGPL-3.0-or-later
"""Visits: what a row of one tells without its cookie, and when it ends."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from watchword.core.sealing.receipt import Receipt
from watchword.intake import rules, services
from watchword.intake.models import GateSession, Mailbox
from watchword.intake.services import Visit, visits


def test_a_visit_is_resumed_with_its_own_key_and_with_no_other(visit: Visit, now: datetime) -> None:
    assert services.resume(visit.key, now) == visit
    assert services.resume(services.new_key(), now) is None


def test_a_row_names_neither_mailbox_nor_key(visit: Visit) -> None:
    row = GateSession.objects.get()
    everything = row.id_hash.encode() + bytes(row.sealed)
    assert visit.keys is not None
    for secret in (visit.key, visit.keys.login, visit.keys.mailbox.seed):
        assert secret not in everything
        assert secret.hex().encode() not in everything
    assert visit.mailbox.encode() not in everything


def test_every_row_has_the_same_length_whoever_it_belongs_to(db: None, visit: Visit, now: datetime) -> None:
    visits.keep(replace(visit, key=services.new_key(), receipt=Receipt.new()), now)
    unknown = services.sign_in(
        key=services.new_key(),
        receipt=Receipt.new(),
        ticket=services.issue(services.SIGN_IN_FORM, now.date()),
        now=now,
    )
    assert not Mailbox.objects.filter(uid=unknown.mailbox).exists()
    for written in (False, True):
        in_browser = Visit(services.new_key(), visit.mailbox, None, None, 0, bytes(32), written, bytes(32))
        kept = visits.keep(in_browser, now)
        assert services.resume(kept.key, now) == kept
    assert len({len(row.sealed) for row in GateSession.objects.all()}) == 1
    assert GateSession.objects.count() == 5


def test_a_changed_row_opens_nothing_and_is_thrown_away(visit: Visit, now: datetime) -> None:
    row = GateSession.objects.get()
    row.sealed = bytes(row.sealed[:-1]) + bytes([row.sealed[-1] ^ 1])
    row.save()
    assert services.resume(visit.key, now) is None
    assert GateSession.objects.count() == 0


def test_a_visit_that_was_idle_for_too_long_is_gone(visit: Visit, now: datetime) -> None:
    almost = now + timedelta(minutes=rules.IDLE_MINUTES - 1)
    assert services.resume(visit.key, almost) is not None
    assert services.resume(visit.key, almost + timedelta(minutes=rules.IDLE_MINUTES)) is None
    assert GateSession.objects.count() == 0


def test_a_confirmed_visit_does_not_hold_the_receipt(visit: Visit, now: datetime) -> None:
    resumed = services.resume(visit.key, now)
    assert resumed is not None
    assert resumed.receipt is None


def test_ending_a_visit_leaves_the_application(visit: Visit, now: datetime) -> None:
    services.end(visit.key)
    assert services.resume(visit.key, now) is None
    assert Mailbox.objects.count() == 1


@pytest.mark.parametrize("shown", [repr, str])
def test_printing_a_visit_shows_no_secret(visit: Visit, shown: object) -> None:
    text = shown(visit)  # type: ignore[operator]  # repr or str
    assert visit.key.hex() not in text
    assert repr(visit.key) not in text
    assert visit.keys is not None
    assert str(visit.keys.mailbox) not in text
