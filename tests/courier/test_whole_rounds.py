# SPDX-License-Identifier: AGPL-3.0-or-later
"""When the courier last came back is known; a round that failed does not count."""

from datetime import timedelta

from pytest_django import Settings

from tests.courier.town import ADDRESS, Town
from tests.courier.wire import Wire
from watchword.desk.machine import machine


def test_a_whole_round_is_remembered_until_ten_more_should_have_been(town: Town, settings: Settings) -> None:
    settings.WATCHWORD_GATE_ADDRESS = ADDRESS
    now = town.organisation.now
    assert town.round(Wire(town.gate, cut=1)).failure
    assert machine(now).courier.late
    town.round()
    assert (machine(now).courier.last, machine(now).courier.late) == (now, False)
    assert machine(now + timedelta(seconds=settings.WATCHWORD_COURIER_SECONDS * 11)).courier.late
