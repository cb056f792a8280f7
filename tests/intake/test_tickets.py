# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tickets: once, for one form, for two days, and only ours."""

from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction

from tests.intake.harbour import Harbour
from watchword.core.refusals import WrongState
from watchword.core.sealing.receipt import Receipt, ReceiptKeys
from watchword.intake import services
from watchword.intake.models import SpentTicket
from watchword.intake.services import AlreadySent, tickets

TODAY = date(2026, 11, 22)

pytestmark = pytest.mark.django_db


def test_a_ticket_is_spent_once() -> None:
    ticket = tickets.issue("send", TODAY)
    tickets.spend(ticket, "send", TODAY)
    with pytest.raises(AlreadySent):
        tickets.spend(ticket, "send", TODAY)


def test_a_ticket_of_one_form_does_not_pay_for_another() -> None:
    with pytest.raises(WrongState):
        tickets.spend(tickets.issue("answer", TODAY), "send", TODAY)


@pytest.mark.parametrize("ticket", ["", "x", "2026-11-22.00:sig", "2026-11-22:00.sig", "\x00" * 40])
def test_what_is_no_ticket_is_refused_with_a_sentence(ticket: str) -> None:
    with pytest.raises(WrongState, match="too old to be sent"):
        tickets.spend(ticket, "send", TODAY)


@pytest.mark.parametrize(("days", "good"), [(-1, False), (0, True), (1, True), (2, False)])
def test_a_ticket_outlives_midnight_and_not_much_more(days: int, good: bool) -> None:
    ticket = tickets.issue("send", TODAY)
    try:
        tickets.spend(ticket, "send", TODAY + timedelta(days=days))
    except WrongState:
        assert not good
    else:
        assert good


def test_a_ticket_is_not_lost_when_what_it_paid_for_failed() -> None:
    ticket = tickets.issue("send", TODAY)
    with suppress(RuntimeError), transaction.atomic():
        tickets.spend(ticket, "send", TODAY)
        raise RuntimeError
    tickets.spend(ticket, "send", TODAY)
    assert SpentTicket.objects.count() == 1


class Counted(Receipt):
    """A receipt that counts how often its slow derivation was asked for."""

    derived = 0

    def keys(self, organisation: str) -> ReceiptKeys:
        Counted.derived += 1
        return super().keys(organisation)


def test_a_form_that_is_sent_again_and_again_derives_keys_once(harbour: Harbour, now: datetime) -> None:
    """The budget is spent where forms are given out; one form must not buy a flood of derivations."""
    ticket = services.issue(services.SIGN_IN_FORM, now.date())
    receipt = Counted(Receipt.new().digits)
    Counted.derived = 0
    services.sign_in(key=services.new_key(), receipt=receipt, ticket=ticket, now=now)
    for again in (ticket, services.issue(services.CONTACT_FORM, now.date()), "made up"):
        with pytest.raises(WrongState):
            services.sign_in(key=services.new_key(), receipt=receipt, ticket=again, now=now)
    assert Counted.derived == 1
