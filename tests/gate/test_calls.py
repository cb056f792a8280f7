# SPDX-License-Identifier: AGPL-3.0-or-later
"""Three buttons for a frightened person, and consents taken back: sealed, and the same for every receipt."""

import pytest

from tests.gate.applicant import Dov
from tests.gate.desk import collect, fetch, write
from tests.gate.test_mailbox import stranger
from tests.intake.harbour import Harbour
from watchword.intake.models import Parcel, SealedEntry
from watchword.profiles import load

BUTTONS = load("legion").calls.buttons


def presses(dov: Dov, number: int, text: str = "") -> str:
    """Goes the whole way from the mailbox, and reads what is said then."""
    dov.browser.open("/mailbox/")
    dov.browser.open(f"/mailbox/calls/{number}/")
    return dov.browser.send(dov.page.form_with("text"), text=text).text


@pytest.mark.parametrize("number", range(1, len(BUTTONS) + 1))
def test_a_button_seals_a_call_for_those_who_protect(dov: Dov, gate: Harbour, number: int) -> None:
    dov.applies()
    collect(gate)
    dov.comes_back()
    assert "It is sealed." in presses(dov, number, "Two men at the door.")
    ((parcel, (entry,)),) = fetch(gate)
    assert (parcel.kind, entry.kind, entry.compartment) == ("alarm", "alarm", "contact")
    assert entry.fields == {"about": BUTTONS[number - 1].id, "text": "Two men at the door.", "language": "en"}


def test_nothing_is_sent_by_looking_and_twice_is_once(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    collect(gate)
    page = dov.browser.open("/mailbox/calls/1/")
    assert "Nothing else happens by itself" in page.text
    assert Parcel.objects.count() == 0
    form = page.form_with("text")
    for _ in range(2):
        dov.browser.send(form, text="")
    assert Parcel.objects.count() == 1


def test_a_call_with_words_is_as_long_as_one_without(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    collect(gate)
    presses(dov, 1)
    presses(dov, 2, "They came twice this week and asked where I am. " * 8)
    assert len(set(SealedEntry.objects.values_list("size", flat=True))) == 1


def test_a_draft_cannot_call_because_nobody_there_would_know_whom_to_answer(dov: Dov) -> None:
    dov.begins()
    assert "first send your application" in presses(dov, 1)


def test_a_receipt_of_nothing_is_answered_alike_and_leaves_nothing(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    collect(gate)
    answered = presses(dov, 1, "Help.")
    fetched = len(collect(gate))
    nobody = stranger()
    nobody.comes_back()
    assert presses(nobody, 1, "Help.") == answered
    assert (fetched, Parcel.objects.count(), SealedEntry.objects.count()) == (1, 0, 0)


def test_no_address_and_no_title_tells_what_was_pressed(dov: Dov) -> None:
    dov.applies()
    titles = {dov.browser.open(f"/mailbox/calls/{number}/").title.strip() for number in (1, 2, 3)}
    assert titles == {dov.browser.open("/mailbox/").title.strip()}
    assert dov.browser.open("/mailbox/calls/9/").status == 404


def test_a_consent_is_taken_back_one_by_one_and_remembered_for_its_owner(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    collect(gate)
    write(gate)
    page = dov.browser.open("/mailbox/consents/")
    offered = [link for link in page.links if link.startswith("/mailbox/consents/")]
    assert offered
    form = dov.browser.open(offered[0]).form_with("ticket")
    dov.browser.send(form)
    ((parcel, (entry,)),) = fetch(gate)
    assert (parcel.kind, entry.kind, entry.compartment) == ("consent", "consent", "contact")
    section, _, question = str(entry.fields["about"]).partition(".")
    assert gate.profile.questionnaire.section(section).question(question)
    page = dov.browser.open("/mailbox/consents/")
    assert "taken back on 22 Nov 2026" in page.text
    assert len([link for link in page.links if link.startswith("/mailbox/consents/")]) == len(offered) - 1
