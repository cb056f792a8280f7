# SPDX-License-Identifier: AGPL-3.0-or-later
"""Another language on a page where something is typed: it comes back in other words, unjudged and unsent."""

import pytest

from tests.gate.applicant import Dov
from tests.gate.browser import Browser, Page
from tests.gate.desk import collect, write
from tests.gate.test_card import NUMBER
from tests.intake.harbour import Harbour
from watchword.intake.models import Parcel

WORDS = "Двоє <b>приходили</b> вчора. "


@pytest.fixture
def answered(dov: Dov, gate: Harbour) -> Dov:
    """Dov, whose first letter has come, in English."""
    dov.applies()
    collect(gate)
    write(gate)
    return dov


def switches(browser: Browser, address: str, **typed: str | list[str]) -> Page:
    """Write something into the form of a page, and press another language instead of its button."""
    form = browser.open(address).form_with(next(iter(typed)))
    return browser.send(form, **typed, rows="language uk")


def comes_back(page: Page, **typed: list[str]) -> bool:
    """In the other language, with every word, and without a reproach."""
    shown = page.form_with(next(iter(typed))).fields
    assert {name: shown[name] for name in typed} == typed
    assert (page.status, page.language) == (200, "uk")
    return "field-error" not in page.html and "error-summary" not in page.html


@pytest.mark.parametrize(
    ("address", "name", "typed"),
    [
        ("/mailbox/", "text", WORDS),
        ("/mailbox/calls/1/", "text", WORDS),
        ("/withdraw/", "word", "withdr"),
        ("/offline/", "parcel", "watchword parcel 1\nabc"),
    ],
)
def test_what_is_typed_comes_back_and_nothing_is_sent(
    answered: Dov, address: str, name: str, typed: str
) -> None:
    assert comes_back(switches(answered.browser, address, **{name: typed}), **{name: [typed]})
    assert not Parcel.objects.exists()


def test_a_card_and_a_mistyped_receipt_are_not_looked_at(gate: Harbour) -> None:
    assert comes_back(switches(Browser(), "/genuine/card/", number=NUMBER.digits), number=[NUMBER.digits])
    assert comes_back(switches(Browser(), "/mailbox/sign-in/", receipt="123"), receipt=["123"])


def test_two_groups_are_asked_for_the_same_in_every_language(dov: Dov) -> None:
    dov.makes_contact()
    form = dov.browser.open("/receipt/check/").forms[1]
    names = [name for name in form.fields if name.startswith("group_")]
    page = switches(dov.browser, "/receipt/check/", **{names[0]: "12"})
    assert comes_back(page, **{names[0]: ["12"], names[1]: [""]})
    again = dov.browser.open("/receipt/check/").forms[1]
    assert [name for name in again.fields if name.startswith("group_")] == names


def test_a_box_that_was_emptied_stays_empty(answered: Dov) -> None:
    form = answered.browser.open("/mailbox/second/").form_with("ticket")
    for ticked in ([], ["on"]):
        page = answered.browser.send(form, warn=ticked, rows="language ru")
        assert ("checked" in page.html) == bool(ticked)


def test_the_ticket_comes_back_so_that_what_was_sent_in_between_is_not_sent_twice(answered: Dov) -> None:
    form = answered.browser.open("/mailbox/calls/1/").form_with("text")
    page = answered.browser.send(form, text=WORDS, rows="language uk")
    for again in (page.form_with("text"), form):
        answered.browser.send(again, text=WORDS)
    assert Parcel.objects.count() == 1


def test_a_letter_goes_on_in_the_language_that_was_pressed(answered: Dov) -> None:
    page = switches(answered.browser, "/mailbox/", text=WORDS)
    page = answered.browser.send(page.form_with("text"), text=WORDS)
    assert (page.address, page.language) == ("/mailbox/", "uk")
    assert answered.browser.open("/mailbox/answer/").address == "/mailbox/"
    assert Parcel.objects.count() == 1
