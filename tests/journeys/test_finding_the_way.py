# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people do with a browser besides going forward: other language, back, again, and out."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.desk_pages import Office
from tests.journeys.gate_pages import QUESTIONNAIRE, Applicant

SECOND, FIRST = QUESTIONNAIRE.sections[:2]
UNSENT = "У реки, <b>два года</b>. Потом в городе."


def test_another_language_is_the_same_page_and_loses_nothing(
    applicant: Callable[..., Applicant],
) -> None:
    dov = applicant("ru")
    dov.makes_contact()
    dov.writes_the_receipt_down()
    speaks(dov, "uk")
    assert dov.page.locator(".receipt li").all_inner_texts() == dov.paper
    dov.page.locator('main a[href="/receipt/check/"]').click()
    dov.types_two_groups()
    dov.answers(FIRST)
    expect(dov.page.locator(".tag-success")).to_have_count(1)
    speaks(dov, "en")
    expect(dov.page.locator(".tag-success")).to_have_count(1)
    dov.goes_to(f"application/part/{SECOND.id}/")
    dov.presses()
    expect(dov.page.locator(".error-summary")).to_be_visible()
    dov.page.fill("main input[type=text] >> nth=0", UNSENT)
    speaks(dov, "ru")
    expect(dov.page.locator("main input[type=text]").first).to_have_value(UNSENT)
    expect(dov.page.locator(".error-summary")).to_have_count(0)
    expect(dov.page.get_by_role("heading", level=1)).to_have_text(SECOND.title.in_language("ru"))


def test_with_scripts_another_language_never_sends_what_is_typed(
    applicant: Callable[..., Applicant],
) -> None:
    dov = applicant("uk", options={"java_script_enabled": True})
    dov.goes_to("contact/")
    dov.fills_in(QUESTIONNAIRE.contact)
    dov.page.fill("main input[type=text] >> nth=0", "моё слово")
    ticked = dov.page.locator("main :checked").count()
    sent: list[str] = []
    dov.page.on("request", lambda request: sent.append(request.method))
    speaks(dov, "ru")
    expect(dov.page.locator("main input[type=text]").first).to_have_value("моё слово")
    expect(dov.page.locator("main :checked")).to_have_count(ticked)
    assert set(sent) == {"GET"}
    # The page that came is sealed in the browser like the one before.
    dov.presses()
    dov.writes_the_receipt_down()
    assert len(dov.paper) == 6


def speaks(dov: Applicant, language: str) -> None:
    """Choose a language, and stay where one is."""
    address = dov.page.url
    dov.page.locator(f'.languages [lang="{language}"]').click()
    expect(dov.page).to_have_url(address)
    expect(dov.page.locator("html")).to_have_attribute("lang", language)
    dov.page.wait_for_load_state()


def test_back_forward_and_again_do_no_harm(applicant: Callable[..., Applicant], office: Office) -> None:
    known = office["iryna"].sees_cases()
    dov = applicant("uk")
    dov.begins()
    dov.page.go_back()
    expect(dov.page).to_have_url(dov.gate + "application/")
    dov.answers_everything()
    dov.page.go_back()
    dov.fills_in(QUESTIONNAIRE.sections[-2])
    dov.presses()
    expect(dov.page).to_have_url(dov.gate + "application/")
    dov.sends()
    dov.page.go_back()
    dov.page.go_forward()
    dov.goes_to("application/send/")
    expect(dov.page).to_have_url(dov.gate + "mailbox/")
    expect(dov.page.locator('main a[href="/application/"]')).to_have_count(0)
    # Or the next journey would take this case for its own.
    office["iryna"].waits_for_a_case_besides(known)


def test_leaving_quickly_ends_the_visit_here_and_in_the_browser(applicant: Callable[..., Applicant]) -> None:
    dov = applicant("en")
    dov.begins()
    cookies = dov.page.context.cookies()
    dov.page.locator(".button-leave").click()
    dov.page.wait_for_load_state()
    assert dov.page.context.cookies() == []
    assert "Watchword" not in dov.page.content()
    dov.page.go_back()
    expect(dov.page).to_have_url(dov.gate + "mailbox/sign-in/")
    # Even with the cookie that somebody copied before, the visit is over.
    dov.page.context.add_cookies([{"name": c["name"], "value": c["value"], "url": dov.gate} for c in cookies])
    dov.goes_to("application/")
    expect(dov.page).to_have_url(dov.gate + "mailbox/sign-in/")
