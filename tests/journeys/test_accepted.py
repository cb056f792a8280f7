# SPDX-License-Identifier: AGPL-3.0-or-later
"""One application goes the whole way: applied for in Russian, accepted, and the applicant reads it."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys import path
from tests.journeys.desk_pages import Office
from tests.journeys.gate_pages import PRIMARY, Applicant

REASONS = "Ваш рассказ был ясным и подтвердился там, где мы могли его проверить."
ACCEPTED = "Вы приняты"
EVAS_REASON = "The conversations carry it."
DISSENT = "I would have wanted one more reference."


def test_an_application_goes_the_whole_way_to_acceptance(
    applicant: Callable[..., Applicant], office: Office
) -> None:
    known = office["iryna"].sees_cases()
    dov = applicant("ru", number=0)
    applies(dov)
    code = office["iryna"].waits_for_a_case_besides(known)
    nobody_else_knows(office, code)
    is_taken_in(dov, office, code)
    dov.comes_back()
    dov.waits_for("Мы прочитали ваши первые ответы")
    path.interviews(office, code)
    path.examinations(office, code, dov)
    path.second_reading(office, code)
    the_board_accepts(office, code)
    reads_the_decision(dov)


def applies(dov: Applicant) -> None:
    """Every part and a file. The receipt is shown until it is shown to be written down, and then no more."""
    dov.goes_to("")
    dov.shows("gate-start")
    dov.makes_contact()
    dov.writes_the_receipt_down()
    assert [len(group) for group in dov.paper] == [5] * 6
    dov.shows("gate-receipt")
    dov.page.locator('main a[href="/receipt/check/"]').click()
    dov.types_two_groups(wrong=True)
    expect(dov.page.locator(".error-summary")).to_be_visible()
    dov.types_two_groups()
    dov.goes_to("receipt/")
    expect(dov.page).to_have_url(dov.gate + "application/")
    assert not any(group in dov.page.content() for group in dov.paper)
    dov.answers_everything()
    dov.attaches()
    expect(dov.page.locator(".tag-warning")).to_have_count(0)
    dov.shows("gate-sections")
    dov.sends()


def nobody_else_knows(office: Office, code: str) -> None:
    """Before intake has looked, the case does not exist for vetting, the board, or an administrator."""
    for login in ("ada", "eva", "olha", "orest", "sofia"):
        assert office[login].goes_to_case(code) in {403, 404}


def is_taken_in(dov: Applicant, office: Office, code: str) -> None:
    """Each reads what is theirs to read, and the page says afterwards that it was opened, and by whom."""
    assert "Страны, которая нас преследует" in path.triage(office, code, dov)
    assert office["iryna"].goes_to_case(code) == 404
    dov.says_who()
    dov.answers_what_is_asked("relatives")
    nobody_reads_the_name(office, code)
    nobody_reads_of_those_close_to_him(office, code)
    assert "Мать там одна" in path.checks(office, code)
    ada = office["ada"]
    ada.goes_to_case(code)
    expect(ada.compartment("Story")).to_contain_text("opened once, by Ada K.")


def nobody_reads_the_name(office: Office, code: str) -> None:
    """It lies with the custodians for Ada, who will keep the case, and for Sofia, who has it compared."""
    ada, sofia = office["ada"], office["sofia"]
    ada.waits_until_it_says(code, "The applicant sent what was asked for", times=len(path.ASKED_FIRST) + 2)
    for officer in (ada, sofia):
        officer.goes_to_case(code)
        row = officer.compartment("Names")
        expect(row).to_contain_text("any 3 open it together, and nobody alone")
        expect(row.locator("button")).to_have_count(0)
    expect(sofia.compartment("Story")).to_contain_text("Not for your role.")


def nobody_reads_of_those_close_to_him(office: Office, code: str) -> None:
    """It is there, it says who could open it, and no page of the Desk offers to."""
    for login in ("ada", "sofia"):
        office[login].goes_to_case(code)
        row = office[login].compartment("Those close to the applicant")
        expect(row).to_contain_text("lodged")
        expect(row).to_contain_text("any 3 open it together, and nobody alone")
        expect(row.locator("button")).to_have_count(0)


def the_board_accepts(office: Office, code: str) -> None:
    """Ada proposes; three vote and none sees another's vote before the last; Ben signs, and Ada cannot."""
    ada, ben = office["ada"], office["ben"]
    ada.proposes(code, "accept", REASONS)
    office["eva"].votes(code, EVAS_REASON)
    for before_the_last in ("eva", "ihor", "ada", "ben"):
        assert EVAS_REASON not in office[before_the_last].reads_proposal(code)
    expect(ben.page.locator('form[action$="/countersign/"]')).to_have_count(0)
    office["ihor"].votes(code, "The documents carry it.", dissent=DISSENT)
    office["nina"].votes(code, "The second job could not be confirmed.", agree=False)
    read = ben.reads_proposal(code)
    assert EVAS_REASON in read
    assert DISSENT in read
    ben.shows("desk-countersign", most=2300)
    ada.sees_cases()
    ada.shows("desk-cases")
    ada.reads_proposal(code)
    expect(ada.page.locator('form[action$="/countersign/"]')).to_have_count(0)
    ben.countersigns(code)
    ada.goes_to_case(code)
    expect(ada.page.locator(".status")).to_contain_text("Accepted")


def reads_the_decision(dov: Applicant) -> None:
    """The genuine letter with the open reasons, and the stage in the applicant's own words."""
    dov.comes_back("".join(dov.paper))
    dov.waits_for(REASONS)
    assert ACCEPTED in dov.reads()
    expect(dov.page.locator(".stage-here")).to_contain_text(ACCEPTED)
    expect(dov.page.locator(".letter-forged")).to_have_count(0)
    assert dov.page.locator(".letter-genuine").count() == dov.page.locator(".letter").count()
    assert DISSENT not in dov.reads()
    expect(dov.page.locator(PRIMARY)).to_be_visible()
