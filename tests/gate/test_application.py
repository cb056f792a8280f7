# SPDX-License-Identifier: AGPL-3.0-or-later
"""Applying: from the first contact to a parcel that waits for the Desk."""

import pytest
from django.core import signing

from tests.gate.applicant import STORY, Dov, answers_to
from tests.gate.browser import Browser, Form
from tests.gate.desk import collect, fetch, write
from tests.intake.harbour import Harbour
from watchword.core.sealing.errors import NoMatchingKey
from watchword.core.sealing.receipt import Receipt
from watchword.intake import selectors, services
from watchword.intake.models import GateSession, Mailbox, SealedEntry


def test_an_application_arrives_whole_and_is_read_by_those_who_may(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    [(parcel, entries)] = fetch(gate)
    read = {entry.kind: entry for entry in entries}
    assert parcel.kind == "application"
    assert read["section:prescreen"].fields["answers"]["country"] == STORY  # type: ignore[index]  # JSON
    meta = read["meta"].fields
    assert meta["mailbox"] == str(Receipt("".join(dov.paper)).keys("org-1").mailbox.recipient)
    assert meta["language"] == "en"
    every = {section.id for section in gate.profile.questionnaire.application}
    assert meta["sections"] == sorted(every - {"attachment"})


def test_vetting_cannot_read_the_first_answers(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    [parcel] = services.ready_parcels()
    first = next(entry for entry in parcel.entries if entry.compartment == "routing")
    sealed = b"".join(selectors.entry_chunks(first.uid))
    with pytest.raises(NoMatchingKey):
        gate.open(sealed, "vetting", parcel.case, "routing", first.revision)


def test_no_two_entries_of_an_application_share_a_frame(dov: Dov) -> None:
    dov.applies()
    revisions = list(SealedEntry.objects.values_list("revision", flat=True))
    assert len(revisions) == len(set(revisions)) > 3


def test_the_receipt_is_shown_until_it_is_checked_and_never_after(dov: Dov) -> None:
    dov.makes_contact()
    dov.writes_the_receipt_down()
    assert dov.paper[0] in dov.browser.open("/receipt/").html
    dov.checks_the_receipt()
    assert dov.page.address == "/application/"
    for address in ("/receipt/", "/receipt/check/", "/application/", "/"):
        page = dov.browser.open(address)
        assert not any(group in page.html for group in dov.paper[2:])


def test_a_wrong_group_is_named_and_may_be_tried_again(dov: Dov) -> None:
    dov.makes_contact()
    dov.writes_the_receipt_down()
    true, dov.paper[:] = list(dov.paper), ["00000"] * 6
    page = dov.checks_the_receipt()
    assert page.status == 422
    assert page.text.count("This is not what was shown") >= 2
    dov.paper = true
    assert dov.checks_the_receipt().address == "/application/"


def test_fewer_than_two_groups_are_no_check(dov: Dov) -> None:
    dov.makes_contact()
    dov.writes_the_receipt_down()
    token = dov.browser.open("/receipt/check/").form_to("/receipt/again/").fields["csrfmiddlewaretoken"]
    sent = dov.browser.client.post("/receipt/check/", {"csrfmiddlewaretoken": token, "group_1": dov.paper[0]})
    assert sent.status_code == 422
    assert dov.browser.open("/application/").address == "/receipt/"


def test_starting_again_deletes_what_was_begun(dov: Dov) -> None:
    dov.makes_contact()
    dov.writes_the_receipt_down()
    dov.browser.open("/receipt/check/")
    dov.browser.send(dov.page.form_to("/receipt/again/"))
    assert dov.page.address == "/contact/"
    assert (Mailbox.objects.count(), SealedEntry.objects.count(), GateSession.objects.count()) == (0, 0, 0)
    first = list(dov.paper)
    dov.begins()
    assert dov.paper != first


def test_a_checked_receipt_cannot_be_thrown_away_by_a_stale_button(dov: Dov) -> None:
    dov.makes_contact()
    dov.writes_the_receipt_down()
    stale = dov.browser.open("/receipt/check/").form_to("/receipt/again/")
    dov.checks_the_receipt()
    assert dov.browser.send(stale).address == "/application/"
    assert Mailbox.objects.count() == 1


def test_two_clicks_on_the_first_contact_begin_one_application(dov: Dov) -> None:
    dov.browser.open("/contact/")
    form = dov.page.form_with("ticket")
    dov.makes_contact()
    dov.writes_the_receipt_down()
    assert dov.browser.send(form, adult="yes").address == "/receipt/"
    assert Mailbox.objects.count() == 1


def test_a_first_contact_cannot_be_replayed_from_elsewhere(dov: Dov) -> None:
    form = dov.browser.open("/contact/").form_with("ticket")
    ticket = form.fields["ticket"][0]
    dov.makes_contact()
    other = Dov()
    other.browser.open("/contact/")
    other.page.form_with("ticket").fields["ticket"] = [ticket]
    before = Mailbox.objects.count()
    spent = other.makes_contact_with(ticket=form.fields["ticket"][0])
    assert spent.address == "/receipt/"
    assert Mailbox.objects.count() == before + 1


def test_a_made_up_ticket_begins_nothing(dov: Dov) -> None:
    page = dov.makes_contact_with(ticket=signing.Signer(key="another key").sign("2026-01-01.00"))
    assert page.status == 409
    assert "too old to be sent" in page.text
    assert Mailbox.objects.count() == 0


def test_sending_twice_sends_once(dov: Dov) -> None:
    dov.begins().answers_everything()
    dov.browser.open("/application/send/")
    form = dov.page.form_with("ticket")
    assert dov.browser.send(form).address == "/application/sent/"
    assert dov.browser.send(form).address == "/application/sent/"
    assert len(services.ready_parcels()) == 1


def test_what_was_sent_cannot_be_written_on(dov: Dov) -> None:
    dov.begins().answers_everything()
    form = dov.browser.open("/application/part/reach/").form_with("how_often")
    dov.sends()
    entries = SealedEntry.objects.count()
    dov.browser.send(form, how_often="week")
    assert SealedEntry.objects.count() == entries
    assert dov.browser.open("/application/part/reach/").address == "/mailbox/"


def test_an_application_with_an_open_part_says_what_is_in_the_way(dov: Dov) -> None:
    dov.begins().answers("reach")
    page = dov.browser.open("/application/send/")
    assert "Some parts are still open. Open parts: 1." in page.text
    ticket = services.issue(services.SEND_FORM, Mailbox.objects.get().opened)
    token = dov.browser.open("/application/part/reach/").form_with("how_often").fields["csrfmiddlewaretoken"]
    sent = dov.browser.client.post("/application/send/", {"ticket": ticket, "csrfmiddlewaretoken": token})
    assert sent.status_code == 409
    assert services.ready_parcels() == []


def test_in_two_tabs_the_newest_text_counts_and_only_it_is_sent(dov: Dov, gate: Harbour) -> None:
    dov.begins().answers_everything("the first text")
    questions = gate.profile.questionnaire.section("prescreen")
    one, other = (dov.browser.open("/application/part/prescreen/").form_with("country") for _ in range(2))
    dov.browser.send(one, **answers_to(questions, "from one tab"))
    dov.browser.send(other, **answers_to(questions, "from the other tab"))
    dov.sends()
    [(_, entries)] = fetch(gate)
    texts = [entry.fields["answers"] for entry in entries if entry.kind == "section:prescreen"]
    assert [text["country"] for text in texts] == ["from the other tab"]  # type: ignore[index]  # JSON
    assert b"the first text" not in b"".join(
        entry.payload for entry in entries if entry.kind == "section:prescreen"
    )


def test_what_is_too_long_is_refused_in_words_and_kept_in_the_form(dov: Dov) -> None:
    dov.begins()
    long = "слово " * 5000
    dov.browser.open("/application/part/prescreen/")
    page = dov.browser.send(dov.part_form(), country=long, prior_service="no")
    assert page.status == 422
    assert "This is too long: 29999 characters." in page.text
    assert page.form_with("country").fields["country"] == [long]
    assert page.form_with("country").fields["prior_service"] == ["no"]
    assert page.title.startswith("Error")


def test_a_required_answer_that_is_missing_is_asked_for(dov: Dov) -> None:
    dov.begins()
    dov.browser.open("/application/part/prescreen/")
    page = dov.browser.send(dov.part_form(), country="By the sea")
    assert page.status == 422
    assert "Choose one answer." in page.text
    assert page.form_with("country").fields["country"] == ["By the sea"]


def test_an_answer_to_a_question_that_is_not_asked_is_not_sealed(dov: Dov, gate: Harbour) -> None:
    form = opened_service(dov, gate)
    dov.browser.send(form, approached=["never"], approached_details="nothing to tell")
    [(_, [service])] = fetch(gate)
    assert service.fields["answers"] == {"approached": ["never"]}


def test_a_condition_is_said_in_words_because_nothing_can_be_hidden(dov: Dov, gate: Harbour) -> None:
    assert "Only if you chose “By a search or a link on a site" in dov.browser.open("/contact/").text
    opened_service(dov, gate)
    assert "Leave this empty if you chose" in dov.page.text


def opened_service(dov: Dov, gate: Harbour) -> Form:
    """The page that a letter opens on entering the questionnaire."""
    dov.applies()
    collect(gate)
    write(gate, stage="questionnaire", asks=("service_and_contacts",))
    return dov.browser.open("/mailbox/asked/service_and_contacts/").form_with("approached_details")


def test_a_visit_that_ended_gives_back_what_was_typed(dov: Dov) -> None:
    dov.begins()
    form = dov.browser.open("/application/part/prescreen/").form_with("country")
    GateSession.objects.all().delete()
    page = dov.browser.send(form, country=STORY, age_bracket="from_35")
    assert page.status == 409
    assert STORY in page.html
    assert "from_35" not in page.html
    assert SealedEntry.objects.count() == 1


@pytest.mark.parametrize("name", ["contact", "attachment", "no-such-part"])
def test_there_is_no_page_for_a_part_that_is_not_filled_in_here(dov: Dov, name: str) -> None:
    dov.begins()
    assert dov.browser.open(f"/application/part/{name}/").status == 404


@pytest.mark.parametrize(
    "address",
    [
        "/application/",
        "/application/send/",
        "/application/sent/",
        "/application/part/skills/",
        "/files/",
        "/mailbox/",
        "/receipt/",
        "/receipt/check/",
        "/withdraw/",
    ],
)
def test_without_a_receipt_every_inner_page_leads_to_the_sign_in(gate: Harbour, address: str) -> None:
    assert Browser().open(address).address.startswith("/mailbox/sign-in/")


@pytest.mark.parametrize("address", ["/receipt/again/", "/leave/"])
def test_what_changes_something_cannot_be_a_link(dov: Dov, address: str) -> None:
    dov.begins()
    assert dov.browser.client.get(address).status_code == 405


def test_leaving_ends_the_visit_at_the_gate_too(dov: Dov) -> None:
    dov.begins()
    cookie = dov.browser.client.cookies["visit"].value
    dov.leaves()
    assert dov.browser.client.cookies["visit"].value == ""
    dov.browser.client.cookies["visit"] = cookie
    assert dov.browser.open("/application/").address == "/mailbox/sign-in/"
    assert GateSession.objects.count() == 0
