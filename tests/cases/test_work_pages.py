# SPDX-License-Identifier: AGPL-3.0-or-later
"""Working on a case at its page, without scripts: notes, tasks, and refusals that keep what was typed."""

import re
from datetime import timedelta

from django.utils.html import escape

from tests.cases.test_corrections import corrects
from tests.cases.test_work import WORDS, note
from tests.cast import Office, case_in
from tests.organisation import Organisation
from watchword.cases.models import Case


def page_of(office: Office, room: str = "") -> str:
    return f"/case/{Case.objects.get(pk=office.case).code}/{room}"


def test_a_note_is_written_listed_without_its_words_and_opened_by_post(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    browser = organisation.browser("ada")
    sent = browser.post(page_of(office, "note/"), {"words": WORDS, "compartment": "story"}, follow=True)
    assert "Read the note: Story" in sent.content.decode()
    assert escape(WORDS) not in sent.content.decode()
    assert browser.get(page_of(office, "notes/story/")).status_code == 405
    opened = browser.post(page_of(office, "notes/story/"))
    assert escape(WORDS) in opened.content.decode()
    assert "no-store" in opened["Cache-Control"]
    closed = organisation.browser("sofia").get(page_of(office)).content.decode()
    assert "Story: Not for your role." in closed
    assert "Write a note" not in closed, "no role of hers could write one"


def test_what_was_typed_into_a_refused_form_is_still_there(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "checks")
    browser = organisation.browser("ada")
    assert "Take this case first" in browser.get(page_of(office)).content.decode()
    office.keep("ada")
    dov.withdraw()
    typed = {"words": WORDS, "compartment": "story"}
    refused = browser.post(page_of(office, "note/"), typed)
    # The case was closed between the page and the sending: there is no compartment left to choose.
    assert refused.status_code == 422
    assert "This case is closed." in refused.content.decode()
    assert escape(WORDS) in refused.content.decode()


def test_a_task_is_set_shown_on_the_home_page_and_done(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    browser, today = organisation.browser("ada"), organisation.now.date()
    ada = organisation.staff["ada"].uid
    typed = {"kind": "ask", "staff": ada, "due": str(today - timedelta(days=1)), "words": WORDS}
    late = browser.post(page_of(office, "task/"), typed | {"compartment": "story"})
    assert late.status_code == 409
    assert "This day has passed." in late.content.decode()
    assert escape(WORDS) in late.content.decode(), "what was typed stays"
    typed |= {"due": str(today), "compartment": "story"}
    page = browser.post(page_of(office, "task/"), typed, follow=True).content.decode()
    assert "today is the last day" in page
    assert "with a note" in page
    assert "Task: Put a question to the applicant." in browser.get("/").content.decode()
    uid = Case.objects.get(pk=office.case).tasks.get().uid
    done = browser.post(page_of(office, f"task/{uid}/end/"), follow=True).content.decode()
    assert "The task is done." in done
    assert "Task: Put" not in browser.get("/").content.decode()


def test_what_is_new_is_marked_on_the_page_and_where_it_is_opened(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "checks")
    office.keep("ada")
    office.ask("ada", "hugo")
    browser = organisation.browser("ada")
    browser.get(page_of(office))
    note(office, "hugo")
    corrects(dov, "motivation", 70, why="My reason, told better.", money="no")
    page = browser.get(page_of(office)).content.decode()
    assert "2 new things since you last looked" in page
    assert page.count('class="timeline-new"') == 2
    opened = browser.post(page_of(office, "compartment/story/")).content.decode()
    assert opened.count("new since you last looked") == 1
    assert "<ins>My reason, told better.</ins>" in opened


def seen_on(page: str) -> str:
    """What the form remembers of how the case stood."""
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_ready_text_stands_below_what_was_typed_in_the_applicants_language(
    organisation: Organisation,
) -> None:
    dov, office = case_in(organisation, "checks")
    office.keep("ada")
    browser, letters = organisation.browser("ada"), len(dov.mailbox())
    address = page_of(office, "write/message/")
    asked = browser.post(address, {"message": "Добрий день!", "ready": "longer"})
    assert asked.status_code == 200
    assert "Добрий день!\n\nНам потрібно більше часу" in asked.content.decode()
    assert len(dov.mailbox()) == letters, "nothing is sent by choosing words"
    assert browser.post(address, {"message": "", "ready": "unknown"}).status_code == 404
    browser.post(address, {"message": "Нам потрібно більше часу: два тижні."})
    assert "два тижні" in dov.mailbox()[-1].text


def test_what_was_written_before_the_case_changed_is_not_sent_and_not_lost(
    organisation: Organisation,
) -> None:
    """Two officers at one case: whoever comes second reads first what the other did."""
    dov, office = case_in(organisation, "interviews")
    browser = organisation.browser("ada")
    for room, typed in (
        ("write/message/", {"message": WORDS}),
        ("evidence/add/check/", dict(EVIDENCE, facts=WORDS)),
    ):
        address = page_of(office, room)
        seen = seen_on(browser.get(address).content.decode())
        dov.answer("I remember now.", compartment="story")
        late = browser.post(address, typed | {"seen": seen})
        assert late.status_code == 409
        assert "While you were writing" in late.content.decode()
        assert escape(WORDS) in late.content.decode()
        again = browser.post(address, typed | {"seen": seen_on(late.content.decode())})
        assert again.status_code == 302, "once it was read, it goes"


def test_a_case_is_offered_at_its_page_and_accepted_at_the_others_home(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    ada, hugo = organisation.browser("ada"), organisation.browser("hugo")
    offered = ada.post(page_of(office, "offer/"), {"staff": organisation.staff["hugo"].uid}, follow=True)
    assert "It stays with its keeper until it is accepted." in offered.content.decode()
    home = hugo.get("/").content.decode()
    address = re.search(r"/offer/[0-9a-f]{32}/", home)
    assert address is not None
    assert "Ada asks you to take this case over" in home
    assert hugo.get(page_of(office)).status_code == 404
    assert hugo.post(address[0], {}).status_code == 422, "a reason is needed"
    taken = hugo.post(f"{address[0]}accept/", follow=True).content.decode()
    assert "Hugo keeps this case." in taken
    assert hugo.get(address[0]).status_code == 404
    assert ada.get(page_of(office)).status_code == 404


def test_who_is_kept_out_stands_on_the_page_with_what_that_closes(organisation: Organisation) -> None:
    _, office = case_in(organisation, "interviews")
    office.ask("ada", "hugo")
    office.record("hugo", "interview")
    office.tie("hugo")
    page = organisation.browser("ada").get(page_of(office)).content.decode()
    assert "Kept out of this case" in page
    assert "1 item of evidence recorded before counts no longer." in page


def test_two_cases_are_joined_on_their_page_by_two_people(organisation: Organisation) -> None:
    offices = [case_in(organisation, "checks")[1] for _ in range(2)]
    for office in offices:
        office.keep("ada")
        office.ask("ada", "hugo")
    case, leading = offices
    other = Case.objects.get(pk=leading.case).code
    ada, hugo = organisation.browser("ada"), organisation.browser("hugo")
    unknown = ada.post(page_of(case, "join/"), {"leading": "WW-AAAA-00"})
    assert unknown.status_code == 404
    itself = ada.post(page_of(case, "join/"), {"leading": Case.objects.get(pk=case.case).code})
    assert itself.status_code == 409
    assert "Type the code of the other case" in itself.content.decode()
    proposed = ada.post(page_of(case, "join/"), {"leading": f" {other.lower()} "}, follow=True)
    assert "You proposed this" in proposed.content.decode()
    assert ada.post(page_of(case, "join/settle/")).status_code == 403
    assert "Confirm: it is the same person" in hugo.get(page_of(case, "join/")).content.decode()
    hugo.post(page_of(case, "join/settle/"))
    assert f"This case goes on in {other}: work on it there." in ada.get(page_of(case)).content.decode()
    opened = ada.post(page_of(leading, "compartment/story/")).content.decode()
    assert opened.count("Came in the same person") == 1
    ada.post(page_of(case, "join/part/"))
    hugo.post(page_of(case, "join/settle/"))
    assert "goes on in" not in ada.get(page_of(case)).content.decode()


EVIDENCE = {
    "guideline": "D",
    "source_grade": "B",
    "information_grade": "2",
    "disclosure": "open",
    "bearing": "for",
    "favourable": "He named the baker before we asked.",
}
