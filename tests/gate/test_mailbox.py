# SPDX-License-Identifier: AGPL-3.0-or-later
"""Coming back with the receipt."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.clock import TODAY
from tests.gate.applicant import Dov
from tests.gate.browser import Browser
from tests.gate.desk import collect, deliver, fetch, write
from tests.intake.harbour import Harbour
from watchword.core.sealing import primitives
from watchword.core.sealing.receipt import Receipt
from watchword.intake.models import Delivery, Mailbox, SealedEntry
from watchword.trust.enclosed import Enclosed
from watchword.trust.letter import DeskSigner

STRANGER = DeskSigner(
    ed25519=lambda message: primitives.ed25519_sign(b"x" * 32, message),
    mldsa44=lambda message: primitives.mldsa44_sign(b"x" * 32, message),
)


def without_tokens(html: str) -> str:
    return re.sub(r'name="(csrfmiddlewaretoken|ticket)" value="[^"]*"', "", html)


def stranger() -> Dov:
    """Somebody with a receipt that fits together and belongs to nothing."""
    receipt = Receipt.new()
    return Dov(paper=receipt.groups())


def test_an_unknown_receipt_and_an_empty_mailbox_are_the_same_page_and_the_same_work(dov: Dov) -> None:
    dov.applies()
    with CaptureQueriesContext(
        connection,
    ) as known:
        empty = dov.comes_back()
    with CaptureQueriesContext(connection) as unknown:
        nothing = stranger().comes_back(" ".join(Receipt.new().groups()))
    assert empty.address == nothing.address == "/mailbox/"
    assert without_tokens(empty.html) == without_tokens(nothing.html)
    writes = [
        [q["sql"].split()[0] for q in work.captured_queries if not q["sql"].startswith("SELECT")]
        for work in (known, unknown)
    ]
    assert writes[0] == writes[1]


def test_the_right_locator_with_a_wrong_secret_is_an_unknown_receipt(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    write(gate)
    locator = "".join(dov.paper)[:8]
    body = locator + "0" * 20
    guess = body + f"{98 - int(body) * 100 % 97:02d}"
    page = Dov(paper=[guess]).comes_back()
    assert page.address == "/mailbox/"
    assert "There is no letter here yet" in page.text


@pytest.mark.parametrize("spelling", ["{}", "  {} \n", "arabic", "-".join, "".join])
def test_a_receipt_is_read_as_people_type_it(dov: Dov, spelling: object) -> None:
    dov.begins()
    if spelling == "arabic":
        typed = "".join(dov.paper).translate({ord(str(digit)): 0x660 + digit for digit in range(10)})
    else:
        typed = spelling.format(" ".join(dov.paper)) if isinstance(spelling, str) else spelling(dov.paper)  # type: ignore[operator]  # the one left is a function
    assert "You began an application" in dov.comes_back(typed).text


def test_a_mistyped_receipt_is_said_to_be_mistyped_and_kept(dov: Dov) -> None:
    dov.begins()
    digits = "".join(dov.paper)
    wrong = str((int(digits[0]) + 1) % 10) + digits[1:]
    page = dov.comes_back(wrong)
    assert page.status == 422
    assert "These digits do not fit together" in page.text
    assert page.form_with("receipt").fields["receipt"] == [wrong]
    assert "A receipt has 30 digits; these are 3." in dov.comes_back("1 2 3").text


def test_a_draft_is_continued_on_another_device(dov: Dov) -> None:
    dov.begins().answers("prescreen")
    page = dov.comes_back()
    assert "/application/" in page.links
    page = dov.browser.open("/application/")
    assert page.text.count("Sealed") == 1
    dov.answers_everything()
    assert dov.sends().address == "/application/sent/"


def test_two_clicks_on_the_sign_in_open_one_visit(dov: Dov) -> None:
    dov.applies()
    dov.browser = Browser()
    form = dov.browser.open("/mailbox/sign-in/").form_with("receipt")
    for _ in range(2):
        assert dov.browser.send(form, receipt=" ".join(dov.paper)).address == "/mailbox/"


def test_letters_are_read_newest_first_with_the_mark_of_the_desk(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    write(gate, number=1, subject="First letter", text="We have it.")
    write(gate, number=3, kind="status", subject="", text="", stage="checks")
    write(gate, number=2, subject="Second letter", text="A question.", needs_answer=True, kind="question")
    page = dov.comes_back()
    assert page.text.index("Second letter") < page.text.index("First letter")
    assert page.html.count("genuine: signed by the Desk") == 2
    assert "Please answer" in page.text


def test_the_way_is_told_in_words_with_its_clock(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    collect(gate)
    write(gate, number=1, kind="status", day=TODAY - timedelta(days=5), stage="checks")
    page = dov.comes_back()
    assert "We are reading and checking: you are here 20 days left" in page.text
    assert page.text.index("We have your application (done)") < page.text.index("you are here")


def test_a_stage_beside_the_way_stands_alone(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    write(gate, number=1, kind="status", stage="held")
    page = dov.comes_back()
    assert "Your application is waiting: you are here" in page.text
    assert "We are reading and checking" not in page.text


def test_a_letter_of_a_stranger_is_a_loud_warning_and_its_words_are_not_shown(
    dov: Dov, gate: Harbour
) -> None:
    dov.applies()
    write(gate, text="Come to the station tonight.", subject="Hurry", signer=STRANGER)
    page = dov.comes_back()
    assert "forged: not signed by the Desk" in page.text
    assert not any("text" in form.fields for form in page.forms)
    assert "station" not in page.html
    assert "Hurry" not in page.html


def test_a_true_letter_in_the_wrong_mailbox_is_a_forgery(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    other = Dov().applies()
    hers, his = (
        Mailbox.objects.get(locator="".join(other.paper)[:8]),
        Mailbox.objects.get(locator="".join(dov.paper)[:8]),
    )
    deliver(his.case, gate.letter_to(hers.case, his.recipient, text="Meant for somebody else."))
    page = dov.comes_back()
    assert "forged" in page.text
    assert "Meant for somebody else" not in page.html


def test_garbage_in_a_mailbox_breaks_nothing(dov: Dov) -> None:
    dov.applies()
    deliver(Mailbox.objects.get().case, b"not an age file")
    assert "forged" in dov.comes_back().text


def test_an_answer_goes_to_those_who_work_on_the_stage(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    collect(gate)
    write(gate, number=4, stage="checks", needs_answer=True, kind="question")
    dov.comes_back()
    form = dov.page.form_with("text")
    page = dov.browser.send(form, text="It was in spring.")
    assert "sealed and waits for the Desk" in page.text
    [(parcel, [answer])] = fetch(gate)
    assert (parcel.kind, answer.kind, answer.compartment) == ("letter", "answer", "story")
    assert answer.fields == {"text": "It was in spring.", "language": "en", "reply_to": 4}


def test_two_clicks_send_one_letter(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    collect(gate)
    write(gate)
    form = dov.comes_back().form_with("text")
    dov.browser.send(form, text="Once.")
    dov.browser.send(form, text="Once.")
    assert len(fetch(gate)) == 1


def test_a_letter_that_is_too_long_is_kept_in_the_form(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    write(gate)
    form = dov.comes_back().form_with("text")
    page = dov.browser.send(form, text="x" * 10_001)
    assert page.status == 422
    assert "This is too long: 10001 characters" in page.text
    assert page.form_with("text").fields["text"] == ["x" * 10_001]
    assert "We have it" in page.text


def test_nobody_writes_into_a_mailbox_that_does_not_exist(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    write(gate)
    form = dov.comes_back().form_with("text")
    Mailbox.objects.all().delete()
    assert dov.browser.send(form, text="Hello?").status == 404


@pytest.mark.parametrize("word", ["withdraw", "Withdraw ", "«отозвать»", "ВІДКЛИКАТИ"])
def test_one_word_in_any_language_withdraws_before_the_desk_knows(dov: Dov, gate: Harbour, word: str) -> None:
    dov.applies()
    dov.browser.open("/withdraw/")
    page = dov.browser.send(dov.page.form_with("word"), word=word)
    assert page.address == "/withdrawn/"
    assert (Mailbox.objects.count(), SealedEntry.objects.count(), Delivery.objects.count()) == (0, 0, 0)
    assert fetch(gate) == []


def test_another_word_withdraws_nothing(dov: Dov) -> None:
    dov.applies()
    dov.browser.open("/withdraw/")
    page = dov.browser.send(dov.page.form_with("word"), word="yes")
    assert page.status == 422
    assert "Type exactly this word: withdraw" in page.text
    assert Mailbox.objects.count() == 1


def test_withdrawing_after_the_desk_has_it_sends_word_and_then_nothing_is_left(
    dov: Dov, gate: Harbour
) -> None:
    dov.applies()
    collect(gate)
    write(gate)
    dov.comes_back()
    dov.browser.open("/withdraw/")
    dov.browser.send(dov.page.form_with("word"), word="withdraw")
    assert Delivery.objects.count() == 0
    assert "There is no letter here yet" in dov.comes_back().text
    [(parcel, [entry])] = collect(gate)
    assert (parcel.kind, entry.kind, entry.fields) == ("withdrawal", "withdrawal", {"language": "en"})
    assert Mailbox.objects.count() == 0


def test_an_application_that_the_desk_may_be_fetching_is_withdrawn_with_word_to_it(
    dov: Dov, gate: Harbour
) -> None:
    dov.applies()
    fetch(gate)
    dov.browser.open("/withdraw/")
    dov.browser.send(dov.page.form_with("word"), word="withdraw")
    assert [parcel.kind for parcel, _ in collect(gate)] == ["withdrawal"]


def test_withdrawing_says_the_same_where_nothing_was(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    dov.browser.open("/withdraw/")
    something = dov.browser.send(dov.page.form_with("word"), word="withdraw")
    nobody = stranger()
    nobody.comes_back()
    nobody.browser.open("/withdraw/")
    nothing = nobody.browser.send(nobody.page.form_with("word"), word="withdraw")
    assert without_tokens(something.html) == without_tokens(nothing.html)


def test_withdrawing_asks_for_the_receipt_first_and_then_goes_on(dov: Dov) -> None:
    dov.applies()
    dov.browser = Browser()
    page = dov.browser.open("/withdraw/")
    assert "To withdraw, first show with your receipt" in page.text
    assert dov.browser.send(page.form_with("receipt"), receipt="".join(dov.paper)).address == "/withdraw/"


def test_a_file_that_the_desk_encloses_is_handed_out_and_never_shown(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    content = b"%PDF-1.7 where to come" * 5_000
    write(gate, files=(Enclosed("map.html", content),))
    dov.comes_back()
    assert "File: map.html, " in dov.page.text
    answer = dov.browser.client.get("/mailbox/file/1/")
    assert answer.content == content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="map.pdf"'
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    assert dov.browser.open("/mailbox/file/2/").status == 404
    nobody = stranger()
    nobody.comes_back()
    assert nobody.browser.open("/mailbox/file/1/").status == 404
