# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is new, what waits for an answer, and who opened what: known to the owner, sealed on the disk."""

from datetime import date

from tests.clock import TODAY
from tests.gate.applicant import Dov
from tests.gate.desk import collect, write
from tests.intake.harbour import Harbour
from watchword.intake.models import Mailbox
from watchword.intake.notebook import SIZE, Notebook, blank, open_notebook, write_notebook
from watchword.trust.letter import Opened


def arrived(dov: Dov, gate: Harbour) -> None:
    dov.applies()
    collect(gate)
    write(gate, number=1, subject="First letter")
    write(gate, number=2, subject="A question to you", kind="question", needs_answer=True)


def test_a_letter_is_new_once_on_whatever_device(dov: Dov, gate: Harbour) -> None:
    arrived(dov, gate)
    before = bytes(Mailbox.objects.get().notebook)
    page = dov.comes_back()
    assert page.html.count("letter-new") == 2
    assert b"read" not in bytes(Mailbox.objects.get().notebook)
    assert len(bytes(Mailbox.objects.get().notebook)) == len(before) == SIZE
    assert "letter-new" not in dov.comes_back().html
    write(gate, number=3, subject="Third letter")
    assert dov.comes_back().html.count("letter-new") == 1


def test_a_glance_at_the_headers_is_not_reading(dov: Dov, gate: Harbour) -> None:
    arrived(dov, gate)
    dov.comes_back("".join(dov.paper))
    write(gate, number=3)
    dov.browser.client.head("/mailbox/")
    assert dov.browser.open("/mailbox/").html.count("letter-new") == 1


def test_a_question_is_missing_from_me_until_i_write(dov: Dov, gate: Harbour) -> None:
    arrived(dov, gate)
    page = dov.comes_back()
    assert "We wait for your answer" in page.text
    page = dov.browser.send(page.form_with("text"), text="Here is my answer.")
    assert "We wait for your answer" not in page.text
    assert "We wait for your answer" not in dov.comes_back().text
    write(gate, number=3, subject="One more", kind="question", needs_answer=True)
    assert "We wait for your answer" in dov.comes_back().text


def test_the_own_log_tells_how_often_and_what_for_in_the_readers_language(dov: Dov, gate: Harbour) -> None:
    arrived(dov, gate)
    assert "No letter has said yet that your application was opened" in dov.browser.open("/mailbox/log/").text
    opened = (
        Opened("story", "case-work", 7, date(2026, 11, 20)),
        Opened("routing", "some-later-purpose", 1, TODAY),
        Opened("relatives", "protect-relatives", 2, TODAY),
        Opened("relatives", "interview", 1, TODAY),
    )
    write(gate, number=3, kind="status", opened=opened)
    page = dov.browser.open("/mailbox/log/")
    assert "Story , to work on your application 7 times, last on 20 Nov 2026" in page.text
    assert "Those close to the applicant , to warn or to protect those close to you 2 times" in page.text
    assert "Those close to the applicant , for a check: Interview 1 time" in page.text
    assert "First answers , to work on your application 1 time, last on" in page.text


def test_a_notebook_opens_to_its_receipt_alone_and_a_spoiled_one_is_a_fresh_one() -> None:
    mine, other = b"m" * 32, b"o" * 32
    full = Notebook(7, 5, {f"consents.one_{number}": "2026-11-22" for number in range(9)}, "a" * 32)
    page = write_notebook(mine, full)
    assert open_notebook(mine, page) == full
    assert open_notebook(other, page) == open_notebook(mine, blank()) == Notebook()
    assert open_notebook(mine, page[:-1] + bytes([page[-1] ^ 1])) == Notebook()
    crowded = Notebook(7, 5, {f"consents.one_{number}": "2026-11-22" for number in range(99)}, "a" * 32)
    assert open_notebook(mine, write_notebook(mine, crowded)) == Notebook(7, 5, {}, "a" * 32)
