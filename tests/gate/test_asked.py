# SPDX-License-Identifier: AGPL-3.0-or-later
"""A Gate that saw no genuine letter asking for it asks nobody who they are, and takes no answer."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.gate.applicant import Dov
from tests.gate.browser import Form, Page
from tests.gate.desk import Opened, collect, deliver, fetch, sealed, write
from tests.gate.test_mailbox import STRANGER
from tests.intake.harbour import DESK, Harbour
from watchword.core.procedure.custody import SEATS
from watchword.core.sealing.errors import NoMatchingKey
from watchword.intake.models import Mailbox, SealedEntry
from watchword.intake.services import ReadyEntry, ReadyParcel

PAGE = "/mailbox/asked/identity/"
WHO = {"surname": "Береговий", "given": "Дов", "birth_date": "17.04.1991", "citizenships": "Nowhere"}
ASKING = {"number": 2, "kind": "identity-asked", "stage": "checks", "asks": ("identity",)}


def asked(dov: Dov, gate: Harbour) -> Form:
    """An applicant whose application was fetched and whose letter asks, on the page that it opens."""
    dov.applies()
    collect(gate)
    write(gate, **ASKING)
    dov.comes_back()
    return dov.browser.open(PAGE).form_with("surname")


def sends(dov: Dov, gate: Harbour, **changed: str) -> Page:
    """The same, and the page filled in and sent."""
    form = asked(dov, gate)
    return dov.browser.send(form, **{**WHO, **changed})


def refused(dov: Dov, form: Form) -> bool:
    """Whether the page is not there, to look at or to send to, and nothing was kept of what was sent."""
    shown = dov.browser.open(PAGE)
    sent = dov.browser.send(form, **WHO)
    kept = SealedEntry.objects.filter(compartment="identity").exists()
    return (shown.status, sent.status, kept) == (404, 404, False)


def without_letters(dov: Dov, gate: Harbour) -> None:
    Mailbox.objects.get().deliveries.all().delete()


def with_a_letter_that_asks_for_nothing(dov: Dov, gate: Harbour) -> None:
    without_letters(dov, gate)
    write(gate)


def with_a_letter_that_a_stranger_signed(dov: Dov, gate: Harbour) -> None:
    without_letters(dov, gate)
    write(gate, **ASKING, signer=STRANGER)


def with_a_forgery_beside_the_genuine_letter(dov: Dov, gate: Harbour) -> None:
    write(gate, number=3, subject="Hurry", signer=STRANGER)


def with_the_letter_of_another_applicant(dov: Dov, gate: Harbour) -> None:
    without_letters(dov, gate)
    mailbox = Mailbox.objects.get()
    deliver(mailbox.case, gate.letter_to("ab" * 16, mailbox.recipient, **ASKING))  # type: ignore[arg-type]  # as in write


def with_a_newer_letter_that_no_longer_asks(dov: Dov, gate: Harbour) -> None:
    write(gate, number=3, kind="status", stage="withdrawn")


def with_a_letter_of_which_one_signature_is_a_strangers(dov: Dov, gate: Harbour) -> None:
    without_letters(dov, gate)
    write(gate, **ASKING, signer=replace(STRANGER, ed25519=DESK.ed25519))


WAYS = [
    without_letters,
    with_a_letter_that_asks_for_nothing,
    with_a_letter_that_a_stranger_signed,
    with_a_forgery_beside_the_genuine_letter,
    with_the_letter_of_another_applicant,
    with_a_newer_letter_that_no_longer_asks,
    with_a_letter_of_which_one_signature_is_a_strangers,
]


@pytest.mark.parametrize("how", WAYS, ids=lambda how: how.__name__)
def test_the_page_is_not_there(dov: Dov, gate: Harbour, how: Callable[[Dov, Harbour], None]) -> None:
    """Also for a form that was open while there was a genuine letter, and is sent when there is none."""
    form = asked(dov, gate)
    how(dov, gate)
    assert refused(dov, form)
    assert PAGE not in dov.browser.open("/mailbox/").links


@pytest.mark.parametrize("section", ["attachment", "neighbours"])
def test_not_even_a_genuine_letter_opens_another_part(dov: Dov, gate: Harbour, section: str) -> None:
    dov.applies()
    write(gate, **{**ASKING, "asks": (section,)})
    dov.comes_back()
    assert dov.browser.open(f"/mailbox/asked/{section}/").status == 404


def test_it_is_no_part_of_an_application(dov: Dov, gate: Harbour) -> None:
    dov.begins()
    assert dov.browser.open("/application/part/identity/").status == 404
    dov.browser.open("/application/part/prescreen/")
    form = dov.part_form()
    form.action = "/application/part/identity/"
    assert dov.browser.send(form, **WHO).status == 404
    assert not SealedEntry.objects.filter(compartment="identity").exists()


def test_a_visitor_who_was_not_asked_is_asked_to_sign_in(dov: Dov, gate: Harbour) -> None:
    assert dov.browser.open(PAGE).address == "/mailbox/sign-in/"


def test_the_mailbox_says_what_is_asked_and_who_can_open_it(dov: Dov, gate: Harbour) -> None:
    asked(dov, gate)
    page = dov.browser.open("/mailbox/")
    assert (
        "The Desk asks you for “Who you are”. Who can open it: any 3 of 5 custodians, only together."
        in page.text
    )
    assert PAGE in page.links


def elements(parcel: ReadyParcel) -> list[ReadyEntry]:
    """What nobody opens alone, without what each custodian was handed."""
    return [entry for entry in parcel.entries if entry.compartment not in SEATS]


def answers(opened: list[Opened]) -> dict[str, object]:
    """What each element says, as enough custodians could read it."""
    return {one.compartment: one.fields["answers"] for one in opened if one.compartment not in SEATS}


def test_what_is_sent_is_sealed_to_nobody_alone_and_each_element_apart(dov: Dov, gate: Harbour) -> None:
    page = sends(dov, gate)
    assert page.address == "/mailbox/"
    assert "It is sealed and waits for the Desk." in page.text
    assert "Береговий" not in page.html + dov.browser.open(PAGE).html
    [(parcel, opened)] = fetch(gate)
    assert (parcel.kind, {one.kind for one in opened}) == ("section", {"section:identity"})
    assert answers(opened) == {
        "identity": {"surname": "Береговий", "given": "Дов"},
        "birth": {"birth_date": "1991-04-17", "citizenships": "Nowhere"},
        "passport": {},
    }
    for entry in elements(parcel):
        for role in gate.keys:
            with pytest.raises(NoMatchingKey):
                gate.open(sealed(entry), role, parcel.case, entry.compartment, entry.revision)


def test_a_correction_is_one_more_revision(dov: Dov, gate: Harbour) -> None:
    assert sends(dov, gate).address == "/mailbox/"
    dov.browser.send(dov.browser.open(PAGE).form_with("surname"), **{**WHO, "surname": "Береговой"})
    sent = {elements(parcel)[0].revision: answers(opened)["identity"] for parcel, opened in fetch(gate)}
    assert [sent[number]["surname"] for number in sorted(sent)] == ["Береговий", "Береговой"]  # type: ignore[index]  # JSON


def test_two_clicks_send_it_once(dov: Dov, gate: Harbour) -> None:
    form = asked(dov, gate)
    for _ in range(2):
        assert dov.browser.send(form, **WHO).address == "/mailbox/"
    assert len(fetch(gate)) == 1


def test_what_the_desk_has_is_said_and_can_still_be_corrected(dov: Dov, gate: Harbour) -> None:
    assert sends(dov, gate).address == "/mailbox/"
    collect(gate)
    assert "The Desk asks you for" in dov.browser.open("/mailbox/").text
    write(gate, number=3, kind="status", stage="checks", asks=("identity",), received=("identity",))
    page = dov.browser.open("/mailbox/")
    assert "The Desk has it." in page.text
    assert PAGE in page.links


def test_what_is_missing_or_no_date_is_said_and_nothing_typed_is_lost(dov: Dov, gate: Harbour) -> None:
    page = sends(dov, gate, birth_date="31.02.1991", given="")
    assert page.status == 422
    assert "There is no such day in the calendar." in page.text
    assert page.form_with("surname").fields["birth_date"] == ["31.02.1991"]
    assert not SealedEntry.objects.filter(compartment="identity").exists()


def test_whoever_withdraws_takes_it_along(dov: Dov, gate: Harbour) -> None:
    assert sends(dov, gate).address == "/mailbox/"
    dov.browser.open("/withdraw/")
    dov.browser.send(dov.page.form_with("word"), word="withdraw")
    assert [parcel.kind for parcel, _ in fetch(gate)] == ["withdrawal"]
