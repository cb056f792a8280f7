# SPDX-License-Identifier: AGPL-3.0-or-later
"""Under pressure, in English: a second receipt calls a human, who answers; and then leaving wholly."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.desk_pages import Office, Officer
from tests.journeys.gate_pages import Applicant
from watchword.core.sealing.receipt import Receipt

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
    second = gives_a_second_receipt_away(dov)
    answers_the_call(iryna, code)
    dov.comes_back()
    dov.waits_for("Your second receipt was used")
    withdraws(dov)
    iryna.waits_until_it_says(code, "The applicant withdrew")
    # That page may have been made while it came in, its head before and its timeline after.
    iryna.goes_to_case(code)
    expect(iryna.page.locator(".status")).to_contain_text("Withdrawn")
    expect(iryna.page.locator('main a[href*="/move/"]')).to_have_count(0)
    receipts = ("".join(dov.paper), second, Receipt.new().digits)
    assert len({what_it_opens(dov, receipt) for receipt in receipts}) == 1


def gives_a_second_receipt_away(dov: Applicant) -> str:
    """Somebody forces Dov to open the mailbox, and sees one without letters."""
    dov.page.locator('main a[href="/mailbox/second/"]').click()
    dov.presses()
    second = "".join(dov.page.locator(".receipt li").all_inner_texts())
    dov.comes_back(second)
    assert "People write to us about many things" in dov.reads()
    expect(dov.page.locator("article")).to_have_count(0)
    return second


def answers_the_call(iryna: Officer, code: str) -> None:
    """It stands on her home page; she takes it, reads it, and sends the letter that is ready."""
    iryna.fetches()
    iryna.page.locator('a[href^="/call/"]').filter(has_text=code).click()
    for act in ("take", "read", "answer"):
        iryna.page.locator(f'form[action$="/{act}/"] button').click()
    iryna.goes_to_case(code)
    assert "Answered the applicant’s call, Iryna" in iryna.reads()


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
