# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two who do not trust the line: one seals in the browser, one on a device without a network."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, Request, expect

from tests.journeys.checking import check
from tests.journeys.desk_pages import Office
from tests.journeys.gate_pages import QUESTIONNAIRE, Applicant
from tests.journeys.programs import Programs
from watchword.cli.invented.applicants import Applicant as Invented
from watchword.cli.invented.applicants import answers

WITH_SCRIPTS = {"java_script_enabled": True}
TRIES = 50
LETTER = "Это письмо запечатано в браузере."


def test_what_is_sealed_in_the_browser_never_leaves_it_open(
    applicant: Callable[..., Applicant], office: Office
) -> None:
    known = office["iryna"].sees_cases()
    dov = applicant("ru", number=0, options=WITH_SCRIPTS)
    sent: list[bytes] = []
    listens(dov, sent)
    dov.applies()
    code = office["iryna"].waits_for_a_case_besides(known)
    assert "Страны, которая нас преследует" in office["iryna"].opens(code, "routing")
    office["iryna"].writes(code, "countersign")
    dov.comes_back()
    listens(dov, sent)
    letter = dov.page.locator(".letter", has_text="Мы прочитали ваши первые ответы")
    while not letter.count():
        dov.page.wait_for_timeout(500)
        dov.goes_to("mailbox/")
        dov.page.locator("[data-shown] > *").first.wait_for()
    expect(letter.locator(".letter-genuine")).to_be_visible()
    check(dov.page)
    second = sees_to_his_own_affairs(dov)
    dov.goes_to("mailbox/")
    dov.writes_a_letter(LETTER)
    expect(dov.page.locator(".notice-success")).to_be_visible()
    expect(dov.page.locator("[data-new]")).to_have_count(0)
    reads_the_answer(office, code)
    secrets = [digits[8:28].encode() for digits in ("".join(dov.paper), second)]
    for body in sent:
        assert not any(word in body for word in (*secrets, LETTER.encode(), b"citizenships"))


def test_a_kit_seals_without_a_network_and_its_text_is_enough(
    browser: Browser, applicant: Callable[..., Applicant], office: Office, running: Programs
) -> None:
    known = office["iryna"].sees_cases()
    page = browser.new_context(offline=True).new_page()
    page.goto((running.home / "gate" / "kit.html").as_uri())
    text, paper = answers_in(page)
    bea = applicant("ru", number=1)
    bea.goes_to("offline/")
    bea.page.fill("#parcel", text)
    bea.presses()
    code = office["iryna"].waits_for_a_case_besides(known)
    assert "18" in office["iryna"].opens(code, "routing")
    bea.comes_back(" ".join(paper))
    expect(bea.page).to_have_url(bea.gate + "mailbox/")


def sees_to_his_own_affairs(dov: Applicant) -> str:
    """The own log of access, a consent taken back, and a second receipt; its digits are given back."""
    dov.goes_to("mailbox/log/")
    expect(dov.page.locator("[data-own-log] li").first).to_contain_text("Первые ответы")
    check(dov.page)
    dov.goes_to("mailbox/consents/1/")
    dov.presses()
    dov.goes_to("mailbox/consents/")
    expect(dov.page.locator("main .tag")).to_have_count(1)
    dov.goes_to("mailbox/second/")
    dov.presses()
    expect(dov.page.locator("main .receipt li")).to_have_count(6)
    check(dov.page)
    digits = "".join(dov.page.locator("main .receipt li").all_inner_texts())
    dov.page.go_back()
    dov.goes_to("mailbox/second/")
    expect(dov.page.locator("main .receipt li")).to_have_count(0)
    return digits


def reads_the_answer(office: Office, code: str) -> None:
    iryna = office["iryna"]
    for _ in range(TRIES):
        iryna.fetches()
        iryna.goes_to_case(code)
        if iryna.page.get_by_role("button", name="Read the applicant’s letter").count():
            break
    assert LETTER in iryna.reads_newest_letter(code)


def answers_in(page: Page) -> tuple[str, list[str]]:
    """Fill the kit in, write the receipt down, and take the text."""
    page.locator("button[lang=ru]").click()
    for section in QUESTIONNAIRE.application:
        given = answers(Invented(1, "ru", "prescreen"), section)
        for question in section.questions:
            control = f'[data-section="{section.id}"] [data-name="{question.id}"]'
            for value in [given.get(question.id, "")] if question.values else []:
                for one in [value] if isinstance(value, str) else value:
                    page.check(f'{control}[value="{one}"]')
            if not question.values and question.id in given:
                page.fill(control, str(given[question.id]))
    page.locator("main > button").click()
    paper = page.locator(".receipt li").all_inner_texts()
    page.fill("#typed", " ".join(paper))
    page.locator("main > button").click()
    return page.locator("#parcel").input_value(), paper


def listens(dov: Applicant, sent: list[bytes]) -> None:
    """Keep all that this browser sends."""

    def keep(request: Request) -> None:
        sent.append(request.post_data_buffer or b"")

    dov.page.context.on("request", keep)
