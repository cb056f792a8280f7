# SPDX-License-Identifier: AGPL-3.0-or-later
"""Leaving wholly, in English: the Desk stops, and the receipt leads to what any other receipt leads to."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.desk_pages import Office
from tests.journeys.gate_pages import Applicant
from watchword.core.sealing.receipt import Receipt

pytestmark = pytest.mark.journey

ONE_TIME = re.compile(r'(name="(?:csrfmiddlewaretoken|ticket)" value=)"[^"]*"')


def test_a_withdrawal_stops_the_case_and_leaves_nothing_behind_the_receipt(
    applicant: Callable[..., Applicant], office: Office
) -> None:
    iryna = office["iryna"]
    known = iryna.sees_cases()
    dov = applicant("en", number=2).applies()
    code = iryna.waits_for_a_case_besides(known)
    iryna.opens(code, "routing")
    iryna.writes(code, "countersign")
    dov.comes_back()
    dov.waits_for("We have read your first answers")
    withdraws(dov)
    iryna.waits_until_it_says(code, "The applicant withdrew")
    expect(iryna.page.locator(".status")).to_contain_text("Withdrawn")
    expect(iryna.page.locator('main a[href*="/move/"]')).to_have_count(0)
    assert what_it_opens(dov, "".join(dov.paper)) == what_it_opens(dov, Receipt.new().digits)


def withdraws(dov: Applicant) -> None:
    """One typed word; another word does nothing."""
    dov.withdraws("later")
    expect(dov.page.locator(".error-summary")).to_be_visible()
    dov.withdraws("withdraw")
    expect(dov.page).to_have_url(dov.gate + "withdrawn/")
    assert "visit" not in {cookie.get("name") for cookie in dov.page.context.cookies()}


def what_it_opens(dov: Applicant, receipt: str) -> str:
    """The whole page behind a receipt, without what is random on every page."""
    dov.comes_back(receipt)
    expect(dov.page).to_have_url(dov.gate + "mailbox/")
    return ONE_TIME.sub(r"\1", dov.page.content())
