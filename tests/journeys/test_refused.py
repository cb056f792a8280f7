# SPDX-License-Identifier: AGPL-3.0-or-later
"""A refusal, in Ukrainian: first the reasons, then the applicant's answer, and only then the decision."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys import path
from tests.journeys.desk_pages import Office
from tests.journeys.gate_pages import Applicant

INTENDED = "Два періоди вашої розповіді не збігаються з тим, що ви казали в розмові."
REPLY = "Я переплутав місяці. Спершу була майстерня, потім склад."
FINAL = "Назване місце роботи так і не вдалося підтвердити."
READ_AND_ANSWERED = "Ви написали, що переплутали місяці; це враховано."


def test_a_refusal_gives_its_reasons_hears_the_answer_and_comes_in_a_second_round(
    applicant: Callable[..., Applicant], office: Office
) -> None:
    known = office["iryna"].sees_cases()
    dov = applicant("uk", number=1).applies()
    code = office["iryna"].waits_for_a_case_besides(known)
    path.triage(office, code, dov)
    dov.says_who()
    path.checks(office, code)
    path.interviews(office, code)
    path.waivers(office, code)
    path.second_reading(office, code)
    intends_to_refuse(office, code)
    answers(dov)
    hears_and_refuses(office, code)
    dov.comes_back()
    dov.waits_for(FINAL)
    expect(dov.page.locator(".stage-here")).to_contain_text("Ми відмовили")


def intends_to_refuse(office: Office, code: str) -> None:
    """A polygraph result alone carries nothing; on a ground that stands, the board says what it intends."""
    ada = office["ada"]
    ada.proposes(code, "refuse", INTENDED, source="polygraph", facts="The charts reacted twice.")
    expect(ada.page.locator(".error-summary, .notice-danger, .notice-warning").first).to_be_visible()
    office["eva"].goes_to_case(code, "decision/")
    expect(office["eva"].page.locator('form[action$="/read/"]')).to_have_count(0)
    ada.proposes(code, "refuse", INTENDED, facts="The same winter was told in two ways.")
    path.decided(office, code)
    ada.goes_to_case(code)
    expect(ada.page.locator(".status")).to_contain_text("Refusal intended")


def answers(dov: Applicant) -> None:
    """The applicant reads why, in the mailbox and signed, and writes back."""
    dov.comes_back()
    dov.waits_for(INTENDED)
    expect(dov.page.locator(".stage-here")).to_contain_text("Ваше слово")
    dov.shows("gate-mailbox")
    dov.writes_a_letter(REPLY)
    expect(dov.page.locator(".notice-success")).to_be_visible()
    assert REPLY not in dov.page.content()


def hears_and_refuses(office: Office, code: str) -> None:
    """The second round is not open before the answer is there."""
    ada = office["ada"]
    ada.waits_until_it_says(code, "unread")
    assert REPLY in ada.reads_newest_letter(code)
    ada.proposes(
        code, "confirm-refusal", FINAL, facts="Nobody there knows of it.", mitigation=READ_AND_ANSWERED
    )
    path.decided(office, code, path.SECOND, "vira")
    ada.goes_to_case(code)
    expect(ada.page.locator(".status")).to_contain_text("Refused, can be appealed")
