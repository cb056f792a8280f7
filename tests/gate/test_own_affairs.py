# SPDX-License-Identifier: AGPL-3.0-or-later
"""The owner's affairs with keys that are in the browser alone: what the Gate does for whom it cannot read."""

import pytest

from tests.gate.applicant import Dov
from tests.gate.desk import fetch, write
from tests.gate.test_browser import Tab
from tests.intake.harbour import Harbour
from watchword.core.sealing.receipt import Receipt
from watchword.intake.models import GateSession, Mailbox, Parcel

DAY = "2026-11-22"


@pytest.fixture
def tab(gate: Harbour) -> Tab:
    """A tab of somebody whose application was fetched and answered, signed in anew."""
    first = Tab(gate).opens("/contact/")
    first.tells("/browser/begin/", **first.contact())
    Mailbox.objects.update(sent=DAY, collected=DAY)
    write(gate, number=7, needs_answer=True)
    back = Tab(gate, receipt=first.receipt).opens("/mailbox/sign-in/")
    assert back.signs_in()[0] == 200
    return back


def second_of(tab: Tab, *, warn: bool) -> Receipt:
    """A second receipt as the tab makes it."""
    made = Tab(tab.gate)
    told = {"locator": made.receipt.locator, "login": made.keys.login.hex(), "warn": warn}
    recipient = str(made.keys.mailbox.recipient)
    ticket = tab.opens("/mailbox/second/").ticket
    assert tab.tells("/browser/second/", **told, recipient=recipient, ticket=ticket)[0] == 204
    return made.receipt


def test_what_was_read_in_the_browser_is_not_new_on_another_device(tab: Tab) -> None:
    assert tab.asks("/browser/letters/")[1]["read"] == 0
    assert tab.tells("/browser/read/", number=7)[0] == 204
    other = Tab(tab.gate, receipt=tab.receipt).opens("/mailbox/sign-in/")
    other.signs_in()
    assert other.asks("/browser/letters/")[1]["read"] == 7
    # And without scripts, where the same receipt opens the same notebook.
    assert "tag-accent" not in Dov(paper=tab.receipt.groups()).comes_back().html


@pytest.mark.parametrize("number", [-1, True, 1.5, "7", None, 10**30])
def test_no_number_is_no_number(tab: Tab, number: object) -> None:
    assert tab.tells("/browser/read/", number=number)[0] == 409


def test_a_consent_is_taken_back_and_remembered(tab: Tab, gate: Harbour) -> None:
    link = next(
        link for link in tab.browser.open("/mailbox/consents/").links if link.startswith("/mailbox/consents/")
    )
    tab.browser.send(tab.browser.open(link).form_with("ticket"))
    ((parcel, _),) = fetch(gate)
    assert parcel.kind == "consent"
    assert "taken back on 22 Nov 2026" in tab.browser.open("/mailbox/consents/").text


@pytest.mark.parametrize("warn", [True, False])
def test_a_second_receipt_is_made_in_the_tab_and_warns_if_that_was_wished(
    tab: Tab, gate: Harbour, warn: bool
) -> None:
    digits = second_of(tab, warn=warn).digits
    assert Mailbox.objects.count() == 2
    assert "how to help civilians" in Dov().comes_back(digits).text
    assert [(parcel.kind, parcel.case) for parcel, _ in fetch(gate)] == [("alarm", tab.case)] * warn


def test_a_strangers_tab_is_answered_alike_and_leaves_nothing(gate: Harbour) -> None:
    nobody = Tab(gate).opens("/mailbox/sign-in/")
    nobody.signs_in()
    second_of(nobody, warn=True)
    assert nobody.tells("/browser/read/", number=3)[0] == 204
    assert (Mailbox.objects.count(), Parcel.objects.count()) == (0, 0)


def test_a_second_receipt_needs_a_key_that_lasts(tab: Tab) -> None:
    told = {"locator": "1" * 8, "login": "0" * 64, "warn": False, "recipient": "age1short"}
    assert tab.tells("/browser/second/", ticket=tab.ticket, **told)[0] == 409


def test_the_log_says_that_the_tab_opens_it_and_shows_no_form(tab: Tab) -> None:
    page = tab.browser.open("/mailbox/log/")
    assert "sealed to your receipt" in page.text
    assert 'src="/static/built/gate' in page.html
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_a_visit_is_as_long_with_a_second_receipt_in_it_as_without(tab: Tab, gate: Harbour) -> None:
    dov = Dov(paper=tab.receipt.groups())
    dov.comes_back()
    before = {len(bytes(row)) for row in GateSession.objects.values_list("sealed", flat=True)}
    dov.browser.client.post(
        "/mailbox/second/", dov.browser.open("/mailbox/second/").form_with("ticket").fields
    )
    assert {len(bytes(row)) for row in GateSession.objects.values_list("sealed", flat=True)} == before
    assert dov.browser.open("/mailbox/second/made/").html.count("<li>") > 6
    assert dov.browser.open("/mailbox/second/made/").address == "/mailbox/second/"
