# SPDX-License-Identifier: AGPL-3.0-or-later
"""An applicant whose browser holds the keys, as the Gate sees it: what it is told, and what it refuses."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.core.sealing.other_programs import as_text
from tests.gate.applicant import Dov
from tests.gate.browser import Browser
from tests.gate.desk import fetch, write
from tests.intake.harbour import Harbour
from watchword.core.sealing.armor import armor
from watchword.core.sealing.frame import Frame, case_of, pack
from watchword.core.sealing.receipt import Receipt, ReceiptKeys
from watchword.core.sealing.recipients import Identity, Recipient
from watchword.core.sealing.seal import seal
from watchword.core.sealing.unseal import unseal
from watchword.intake import selectors, services
from watchword.intake.models import GateSession, Mailbox, SealedEntry

STORY = b"I repaired bicycles by the river."


@dataclass
class Tab:
    """The script in one tab: it makes the receipt, and says to the Gate only what it must."""

    gate: Harbour
    browser: Browser = field(default_factory=Browser)
    receipt: Receipt = field(default_factory=Receipt.new)
    ticket: str = ""

    @property
    def keys(self) -> ReceiptKeys:
        return self.receipt.keys(self.gate.manifest.organisation)

    @property
    def case(self) -> str:
        return case_of(str(self.keys.mailbox.recipient))

    def opens(self, address: str) -> "Tab":
        page = self.browser.open(address)
        self.ticket = page.form_with("ticket").fields["ticket"][0]
        return self

    def tells(self, address: str, **fields: Any) -> tuple[int, dict[str, Any]]:
        client = self.browser.client
        token = client.cookies["csrftoken"].value
        answer = client.generic(
            "POST", address, json.dumps(fields).encode(), "application/json", headers={"x-csrftoken": token}
        )
        return answer.status_code, json.loads(answer.content) if answer.content else {}

    def asks(self, address: str) -> tuple[int, dict[str, Any]]:
        answer = self.browser.client.get(address)
        return answer.status_code, json.loads(answer.content)

    def contact(self, **other: Any) -> dict[str, Any]:
        """What begins an application; ``other`` fields make it something else."""
        frame = Frame(bytes.fromhex(self.case), "routing", 1)
        readers = self.gate.manifest.recipients(self.gate.profile.compartment("routing").readers)
        told = {
            "ticket": self.ticket,
            "locator": self.receipt.locator,
            "login": self.keys.login.hex(),
            "recipient": str(self.keys.mailbox.recipient),
            "sealed": as_text(seal(pack(frame, STORY), readers)),
        }
        return told | other

    def signs_in(self) -> tuple[int, dict[str, Any]]:
        told = {"ticket": self.ticket, "locator": self.receipt.locator, "login": self.keys.login.hex()}
        return self.tells("/browser/sign-in/", **told)


@pytest.fixture
def tab(gate: Harbour) -> Tab:
    return Tab(gate).opens("/contact/")


def test_the_gate_keeps_only_what_it_needs_to_recognise_a_receipt(tab: Tab) -> None:
    assert tab.tells("/browser/begin/", **tab.contact())[0] == 200
    row, entry = Mailbox.objects.get(), SealedEntry.objects.get()
    assert (row.locator, bytes(row.login_hash)) == (tab.receipt.locator, tab.keys.login_hash)
    assert (row.case, entry.revision, entry.kind) == (tab.case, 1, "section:contact")
    kept = bytes(GateSession.objects.get().sealed)
    assert tab.keys.mailbox.seed not in kept
    assert tab.keys.login not in kept


def test_nothing_is_begun_twice_or_with_a_ticket_of_another_form(tab: Tab) -> None:
    told = tab.contact()
    assert tab.tells("/browser/begin/", **told)[0] == 200
    assert tab.tells("/browser/begin/", **told)[0] == 409
    assert tab.tells("/browser/sign-in/", ticket=tab.ticket, locator="1" * 8, login="0" * 64)[0] == 409
    assert Mailbox.objects.count() == 1


def test_what_the_desk_could_not_open_or_answer_is_refused(tab: Tab) -> None:
    other = [str(Identity.generate().recipient)] * 3
    frame = pack(Frame(bytes.fromhex(tab.case), "routing", 1), STORY)
    for wrong in (
        {"sealed": as_text(seal(frame, [Recipient.parse(one) for one in other]))},
        {"sealed": as_text(seal(STORY, tab.gate.manifest.recipients(["intake"])))},
        {"sealed": as_text(b"plain words")},
        {"sealed": "not base64"},
        {"recipient": "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"},
        {"locator": "1234567"},
        {"login": "٣" * 64},
        {"ticket": 7},
    ):
        status, answer = tab.tells("/browser/begin/", **tab.contact(**wrong))
        assert (status, bool(answer["reason"])) == (409, True), wrong
    assert not Mailbox.objects.exists()


def test_a_known_and_an_unknown_receipt_are_answered_alike(tab: Tab) -> None:
    tab.tells("/browser/begin/", **tab.contact())
    known = Tab(tab.gate, receipt=tab.receipt).opens("/mailbox/sign-in/")
    unknown = Tab(tab.gate).opens("/mailbox/sign-in/")
    answers = [one.signs_in() for one in (known, unknown)]
    assert [(status, list(found), len(found["lock"])) for status, found in answers] == [
        (200, ["lock"], 44)
    ] * 2
    letters = [one.asks("/browser/letters/")[1] for one in (known, unknown)]
    assert letters[0]["letters"] == []
    assert letters[0] | {"lock": ""} == letters[1] | {"lock": ""}
    pages = [one.browser.open("/withdraw/") for one in (known, unknown)]
    assert pages[0].text == pages[1].text


def test_letters_are_handed_out_sealed_and_open_in_the_tab_alone(tab: Tab) -> None:
    tab.tells("/browser/begin/", **tab.contact())
    Mailbox.objects.update(sent="2026-11-22")
    write(tab.gate, text="Only for you.")
    tab.tells("/browser/written/")
    page = tab.browser.open("/mailbox/")
    assert "Only for you." not in page.html
    assert "sealed to your receipt" in page.text
    (letter,) = tab.asks("/browser/letters/")[1]["letters"]
    assert list(letter) == ["day", "sealed"]


def test_the_receipt_must_be_written_down_before_anything_else(tab: Tab) -> None:
    tab.tells("/browser/begin/", **tab.contact())
    assert tab.browser.open("/application/").address == "/receipt/"
    assert tab.tells("/sealed/", kind="section:prescreen", compartment="routing")[0] == 403
    check = tab.browser.open("/receipt/check/")
    form = next(form for form in check.forms if form.action == check.address)
    assert tab.browser.send(form).address == "/receipt/"
    assert tab.tells("/browser/written/")[0] == 204
    assert tab.browser.open("/receipt/").address == "/application/"


def test_the_lock_is_for_those_whose_keys_are_elsewhere(tab: Tab, gate: Harbour) -> None:
    assert tab.asks("/browser/lock/")[0] == 403
    tab.tells("/browser/begin/", **tab.contact())
    assert tab.asks("/browser/lock/")[0] == 200
    tab.browser.send(tab.browser.page.form_to("/leave/"))
    assert tab.asks("/browser/lock/")[0] == 403


def test_a_letter_and_a_section_reach_the_desk_once_there_is_an_application(tab: Tab) -> None:
    tab.tells("/browser/begin/", **tab.contact())
    tab.tells("/browser/written/")
    assert tab.tells("/browser/post/", uid="0" * 32)[0] == 409
    Mailbox.objects.update(sent="2026-11-22")
    compartment = tab.gate.profile.first_stage.replies_to
    _, begun = tab.tells("/sealed/", kind="answer", compartment=compartment)
    frame = Frame(bytes.fromhex(begun["case"]), compartment, begun["revision"])
    sealed = seal(pack(frame, STORY), [Recipient.parse(one) for one in begun["recipients"]])
    assert tab.tells("/browser/post/", uid=begun["uid"])[0] == 404
    client = tab.browser.client
    token = {"x-csrftoken": client.cookies["csrftoken"].value}
    assert client.put(f"/sealed/{begun['uid']}/0/", sealed, headers=token).status_code == 204
    assert tab.tells(f"/sealed/{begun['uid']}/finish/", size=len(sealed), pieces=1)[0] == 204
    assert [tab.tells("/browser/post/", uid=begun["uid"])[0] for _ in range(2)] == [204, 204]
    ((parcel, (opened,)),) = fetch(tab.gate)
    assert (parcel.kind, opened.kind, opened.payload) == ("letter", "answer", STORY)


def test_only_pages_with_our_script_allow_any(tab: Tab) -> None:
    for address, allowed in (
        ("/contact/", True),
        ("/mailbox/sign-in/", True),
        ("/", False),
        ("/safety/", False),
    ):
        policy = Browser().open(address).headers["Content-Security-Policy"]
        assert ("script-src 'self'" in policy) == allowed, address
        assert "unsafe" not in policy


def test_a_text_sealed_by_hand_goes_with_the_application_of_whoever_is_here(gate: Harbour) -> None:
    dov = Dov()
    readers = [Recipient.parse(line) for line in recipients_told()]
    by_hand = armor(seal("Я пишу сам.".encode(), readers)).decode()
    dov.browser.open("/offline/")
    refused = dov.browser.send(dov.browser.page.form_with("parcel"), parcel=by_hand)
    assert (refused.status, "Begin an application or sign in first" in refused.text) == (422, True)
    dov.begins().browser.open("/offline/")
    strange = armor(seal(b"x", [Identity.generate().recipient] * (len(readers) + 1))).decode()
    assert dov.browser.send(dov.browser.page.form_with("parcel"), parcel=strange).status == 422
    assert dov.browser.send(dov.browser.page.form_with("parcel"), parcel=by_hand).address == "/application/"
    dov.answers_everything().sends()
    (parcel,) = services.ready_parcels()
    (entry,) = [one for one in parcel.entries if one.kind == "by-hand"]
    assert (
        unseal(b"".join(selectors.entry_chunks(entry.uid)), [gate.keys["intake"]]) == "Я пишу сам.".encode()
    )


def recipients_told() -> list[str]:
    answer = Browser().client.get("/offline/recipients.txt")
    return answer.content.decode().splitlines()
