# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of cases in a browser without scripts: they work, refuse in words, and keep nothing."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from tests.cast import FILE, STORY, case_in, stage_of
from tests.clock import TODAY
from tests.organisation import Organisation
from watchword.cases import selectors
from watchword.cases.models import Case, Letter
from watchword.cases.selectors.lists import ORDER
from watchword.cases.selectors.pieces import pieces_of
from watchword.trust.enclosed import Enclosed


def code_of(case: str) -> str:
    return Case.objects.get(pk=case).code


def test_the_list_names_stage_clock_and_keeper(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    page = organisation.browser("ada").get("/cases/")
    assert page.status_code == 200
    for words in (code_of(office.case), "Checks", "days left", "Ada"):
        assert words in page.content.decode()


def test_the_list_is_ordered_by_danger_and_time_and_by_nothing_else(organisation: Organisation) -> None:
    """Law 6. The columns are named here once more, so that a third one cannot slip in unseen."""
    assert ORDER == ("-danger_declared", "received", "code")
    first, _ = case_in(organisation)
    second, office = case_in(organisation, danger="yes")
    office.open("iris", "routing")
    rows = selectors.case_list(viewer=organisation.actor("iris"), today=TODAY).rows
    assert [row.code for row in rows] == [code_of(second.case), code_of(first.case)]
    page = organisation.browser("iris").get("/cases/", {"order": "keeper", "sort": "score"}).content.decode()
    assert page.index(code_of(second.case)) < page.index(code_of(first.case))


def test_no_table_has_a_column_for_a_score() -> None:
    measured = re.compile("score|rank|risk|rating|points|weight|probability")
    assert not [field.name for field in Case._meta.get_fields() if measured.search(field.name)]


def test_the_list_can_show_one_stage_and_only_mine(organisation: Organisation) -> None:
    _, kept = case_in(organisation, "checks")
    kept.keep("ada")
    _, free = case_in(organisation, "questionnaire")
    browser = organisation.browser("ada")
    mine = browser.get("/cases/", {"keeper": "me"}).content.decode()
    assert code_of(kept.case) in mine
    assert code_of(free.case) not in mine
    stage = browser.get("/cases/", {"stage": "questionnaire"}).content.decode()
    assert code_of(free.case) in stage
    assert code_of(kept.case) not in stage


def test_an_empty_list_says_when_something_will_stand_there(organisation: Organisation) -> None:
    assert "A case appears here when" in organisation.browser("mira").get("/cases/").content.decode()


def test_whoever_runs_the_house_has_no_list(organisation: Organisation) -> None:
    assert organisation.browser("petro").get("/cases/").status_code == 403


def test_a_closed_step_stands_there_with_its_reasons(organisation: Organisation) -> None:
    _, office = case_in(organisation)
    page = organisation.browser("iris").get(f"/case/{code_of(office.case)}/").content.decode()
    assert "Continue to the questionnaire" in page
    assert escape("Nobody has opened “First answers” yet.") in page
    assert "Not for your role." in page
    assert "Open (recorded first)" in page


def test_opening_is_a_post_that_shows_and_is_not_kept(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    browser = organisation.browser("ada")
    address = f"/case/{code_of(office.case)}/compartment/story/"
    assert browser.get(address).status_code == 405
    page = browser.post(address)
    assert STORY in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "opened once, by Ada" in browser.get(f"/case/{code_of(office.case)}/").content.decode()


def test_a_form_from_another_site_opens_nothing(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    browser = organisation.browser("ada")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    assert strict.post(f"/case/{code_of(office.case)}/compartment/story/").status_code == 403


def test_a_file_is_handed_out_as_bytes_under_a_name_of_ours(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    (file,) = [piece for piece in pieces_of(Case.objects.get(pk=office.case)) if piece.is_file]
    code = code_of(office.case)
    answer = organisation.browser("ada").post(f"/case/{code}/file/{file.uid}/")
    assert answer.getvalue() == FILE
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="{code}-school.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_a_step_is_confirmed_and_then_taken(organisation: Organisation) -> None:
    _, office = case_in(organisation, "questionnaire")
    browser, address = organisation.browser("iris"), f"/case/{code_of(office.case)}/move/complete/"
    page = browser.get(address)
    version = page.context["page"].version
    taken = browser.post(address, {"version": version}, follow=True)
    assert stage_of(office.case) == "checks"
    # Vetting's stage is none of intake's business: the case is gone from their Desk.
    assert taken.redirect_chain == [("/cases/", 302)]
    assert "has moved on" in taken.content.decode()
    assert browser.get(address).status_code == 404


def test_a_stale_page_is_answered_in_words(organisation: Organisation) -> None:
    _, office = case_in(organisation, "questionnaire")
    answer = organisation.browser("iris").post(
        f"/case/{code_of(office.case)}/move/complete/", {"version": "99"}
    )
    assert answer.status_code == 409
    assert "while you were looking" in answer.content.decode()


def test_an_end_is_confirmed_by_typing_the_code(organisation: Organisation) -> None:
    _, office = case_in(organisation)
    office.open("iris", "routing")
    office.write("iris", "closed", reasons="Not now.")
    browser, code = organisation.browser("iris"), code_of(office.case)
    version = Case.objects.get(pk=office.case).version
    wrong = browser.post(f"/case/{code}/move/close/", {"version": version, "code": "WW-AAAA-00"})
    assert wrong.status_code == 422
    assert f"Type {code}." in wrong.content.decode()
    assert stage_of(office.case) == "prescreen"
    browser.post(f"/case/{code}/move/close/", {"version": version, "code": code.lower()})
    assert stage_of(office.case) == "closed"


def test_a_question_is_written_sealed_and_shown_as_open(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "checks")
    office.keep("ada")
    browser, code = organisation.browser("ada"), code_of(office.case)
    form = browser.get(f"/case/{code}/write/question/").content.decode()
    assert "Ukrainian. Write in it." in form
    empty = browser.post(f"/case/{code}/write/question/", {"question": ""})
    assert empty.status_code == 422
    browser.post(f"/case/{code}/write/question/", {"question": "Де ви були 2019 року?"})
    assert "Де ви були 2019 року?" in dov.mailbox()[-1].text
    assert "no answer yet" in browser.get(f"/case/{code}/").content.decode()


def test_a_letter_is_looked_at_in_the_applicants_language_before_it_goes(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "checks")
    office.keep("ada")
    browser, address = organisation.browser("ada"), f"/case/{code_of(office.case)}/write/question/"
    assert "[Your question]" in browser.get(address).content.decode()
    before = len(dov.mailbox())
    looked = browser.post(address, {"question": "Де ви були?", "look": "1"})
    letter = (
        looked.content.decode().partition('<article class="letter" lang="uk">')[2].partition("</article>")[0]
    )
    assert looked.status_code == 200
    assert "Де ви були?" in letter
    assert "[Your question]" not in letter
    assert len(dov.mailbox()) == before
    assert "Де ви були?</textarea>" in looked.content.decode()


def test_the_page_says_what_the_applicant_waits_for(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "checks")
    office.keep("ada")
    browser, code = organisation.browser("ada"), code_of(office.case)

    def applicant() -> str:
        return browser.get(f"/case/{code}/").content.decode().partition("<dt>Applicant</dt>")[2][:80]

    assert "heard from us today" in applicant()
    office.write("ada", "question", question="Де ви були?")
    assert "has had a question of ours since today" in applicant()
    dov.answer("Удома.")
    assert "wrote today and waits for an answer" in applicant()
    letters = Letter.objects.filter(case=office.case)
    letters.update(at=organisation.now - timedelta(days=5))
    letters.filter(direction="in").update(at=organisation.now - timedelta(days=2))
    assert "has waited for an answer for 2 days" in applicant()


def test_a_letter_takes_one_small_file_of_a_known_kind_along(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "checks")
    office.keep("ada")
    browser, address = organisation.browser("ada"), f"/case/{code_of(office.case)}/write/question/"
    before = len(dov.mailbox())
    for name, content in (("map.exe", b"MZ"), ("large.pdf", b"%PDF-1.7" + bytes(150_000))):
        file = SimpleUploadedFile(name, content)
        assert browser.post(address, {"question": "Де це?", "file": file}).status_code == 422
    assert len(dov.mailbox()) == before
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    assert strict.post(address, {"question": "Де це?"}).status_code == 403
    browser.post(address, {"question": "Де це?", "file": SimpleUploadedFile("../map.exe", b"%PDF-1.7 map")})
    assert dov.mailbox()[-1].files == (Enclosed("map.pdf", b"%PDF-1.7 map"),)
    letter = Case.objects.get(pk=office.case).letters.filter(direction="out").latest("number")
    page = browser.post(f"/case/{code_of(office.case)}/letter/{letter.uid}/").content.decode()
    assert "With a file: map.pdf" in page


def test_a_letter_without_gaps_is_one_button(organisation: Organisation) -> None:
    dov, office = case_in(organisation)
    office.open("iris", "routing")
    organisation.browser("iris").post(f"/case/{code_of(office.case)}/write/countersign/")
    assert dov.mailbox()[-1].kind == "countersign"


def test_a_letter_is_read_by_post_alone(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "checks")
    office.keep("ada")
    letter = dov.answer("At my aunt's, by the sea.")
    browser, code = organisation.browser("ada"), code_of(office.case)
    assert browser.get(f"/case/{code}/letter/{letter.uid}/").status_code == 405
    assert "1 unread" in browser.get("/cases/").content.decode()
    page = browser.post(f"/case/{code}/letter/{letter.uid}/").content.decode()
    assert escape("At my aunt's, by the sea.") in page
    assert "1 unread" not in browser.get("/cases/").content.decode()


def test_a_case_is_given_and_a_colleague_is_asked(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    browser, code = organisation.browser("ada"), code_of(office.case)
    ada, hugo = organisation.staff["ada"].uid, organisation.staff["hugo"].uid
    browser.post(f"/case/{code}/keeper/", {"staff": ada})
    browser.post(f"/case/{code}/colleague/", {"staff": hugo})
    page = browser.get(f"/case/{code}/").content.decode()
    assert "Ada keeps this case." in page
    assert "Asked to help: Hugo" in page
    nobody = browser.post(f"/case/{code}/keeper/", {"staff": "00" * 16})
    assert nobody.status_code == 422


def test_a_tie_leads_away_from_the_case(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    browser, code = organisation.browser("ada"), code_of(office.case)
    assert browser.post(f"/case/{code}/tie/", {}).status_code == 422
    left = browser.post(f"/case/{code}/tie/", {"kind": "home-town"}, follow=True)
    assert "no longer see it" in left.content.decode()
    assert code not in left.content.decode()
    assert browser.get(f"/case/{code}/").status_code == 404


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_the_workbench_speaks_the_readers_language(organisation: Organisation, language: str) -> None:
    _, office = case_in(organisation, "checks")
    browser = organisation.browser("ada")
    browser.cookies["lang"] = language
    page = browser.get(f"/case/{code_of(office.case)}/").content.decode()
    assert {"en": "Checks", "uk": "Перевірки", "ru": "Проверки"}[language] in page
    assert "%(" not in page
