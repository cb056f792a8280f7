# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of screening: every state says what it is and what to do, and names are shown by POST alone."""

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django import Settings

from tests.organisation import Organisation
from tests.screening.booth import DOV, STRANGER, TOLD, Booth, opened_booth
from watchword.cases.models import Case
from watchword.cases.rules.judged import Verdict
from watchword.screening import shelf
from watchword.screening.models import HitJudgement


@pytest.fixture
def sofia(booth: Booth) -> Client:
    return booth.organisation.browser("sofia")


def code_of(booth: Booth) -> str:
    return Case.objects.get(pk=booth.case).code


def page_of(booth: Booth, room: str = "") -> str:
    return f"/case/{code_of(booth)}/screening/{room}"


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_without_a_list_each_page_says_how_one_is_loaded(booth: Booth, sofia: Client) -> None:
    for address in (page_of(booth), "/lists/"):
        assert "watchword lists add" in said(sofia, address)
    assert sofia.post(page_of(booth, "compare/")).status_code == 409


def test_without_a_name_the_case_waits_for_the_applicant(
    organisation: Organisation, settings: Settings
) -> None:
    booth = opened_booth(organisation, settings, lodged=False)
    booth.load(DOV)
    browser = organisation.browser("sofia")
    for address in (page_of(booth), "/screening/"):
        assert "has not given the legal name yet" in said(browser, address)
    assert 'action="/case' not in said(browser, page_of(booth)), "there is no button to press"


def test_nobody_found_is_said_as_well(booth: Booth, sofia: Client) -> None:
    booth.load(STRANGER)
    assert "not compared with any list yet" in said(sofia, page_of(booth))
    compared = sofia.post(page_of(booth, "compare/"), follow=True).content.decode()
    assert "Nobody on the lists resembles this applicant" in compared
    assert "Hand the result over to vetting." in compared
    assert "Compared with: The harbour list, version 1." in said(sofia, page_of(booth, "hand-over/"))


def test_a_hit_is_listed_in_codes_and_shown_only_to_who_asks_by_post(booth: Booth, sofia: Client) -> None:
    hit = booth.found()
    listed = said(sofia, page_of(booth))
    assert "The harbour list" in listed
    assert not [name for name in ("Береговий", "Berehovyi", DOV.key) if name in listed]
    address = page_of(booth, f"hit/{hit.uid}/")
    assert sofia.get(address).status_code == 405
    shown = sofia.post(address)
    assert "no-store" in shown["Cache-Control"]
    page = shown.content.decode()
    for words in ("Береговий", "Berehovyi", "matches", "<svg", "Show figures", "Both records"):
        assert words in page
    assert "style=" not in page


def test_figures_in_a_picture_have_no_comma_in_any_language(booth: Booth, sofia: Client) -> None:
    hit = booth.found()
    page = sofia.post(page_of(booth, f"hit/{hit.uid}/"), headers={"accept-language": "uk"}).content.decode()
    places = [part.split('"')[1] for part in page.split("<rect")[1:] for part in [part.partition(" x=")[2]]]
    assert places
    assert all(float(place) >= 0 for place in places)
    assert "Список harbour" in page


def test_a_judgement_without_a_reason_comes_back_with_what_was_typed(booth: Booth, sofia: Client) -> None:
    hit = booth.found()
    address = page_of(booth, f"hit/{hit.uid}/judge/")
    answer = sofia.post(address, {"seen": hit.record_id, "verdict": "same", "reason": ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Nothing is written here yet" in page
    assert 'value="same" id="id_verdict_0" checked' in page
    assert not HitJudgement.objects.exists()


def test_two_people_judge_page_by_page(booth: Booth, sofia: Client) -> None:
    hit = booth.found()
    sofia.post(
        page_of(booth, f"hit/{hit.uid}/judge/"), {"seen": hit.record_id, "verdict": "same", "reason": "So."}
    )
    again = sofia.post(page_of(booth, f"hit/{hit.uid}/")).content.decode()
    assert escape("You judged this first; someone else must look at it.") in again
    stas = booth.organisation.browser("stas")
    first = HitJudgement.objects.get()
    seen = stas.post(page_of(booth, f"hit/{hit.uid}/")).content.decode()
    assert f'value="{first.uid}"' in seen
    answer = stas.post(
        page_of(booth, f"hit/{hit.uid}/second/"),
        {"seen": first.uid, "verdict": "different", "reason": "No."},
        follow=True,
    )
    assert "open again, with both reasons" in answer.content.decode()


def test_the_hand_over_shows_its_result_and_waits_for_the_judgements(booth: Booth, sofia: Client) -> None:
    booth.found()
    assert "Judge what was found." in said(sofia, page_of(booth, "hand-over/"))
    booth.judge(Verdict.UNSURE)
    assert "An entry that could not be told apart" in said(sofia, page_of(booth, "hand-over/"))
    answer = sofia.post(page_of(booth, "hand-over/"), {**TOLD, "favourable": ""})
    assert answer.status_code == 422
    assert escape(TOLD["facts"]) in answer.content.decode()
    done = sofia.post(page_of(booth, "hand-over/"), TOLD, follow=True).content.decode()
    assert "Vetting has been told." in done


def test_the_page_of_lists_counts_who_is_behind_and_compares_them(booth: Booth, sofia: Client) -> None:
    booth.load(STRANGER)
    booth.compare()
    assert "Every open case knows the lists of today." in said(sofia, "/lists/")
    booth.load(STRANGER, DOV)
    behind = said(sofia, "/lists/")
    assert "1 added, 0 changed, 0 gone" in behind
    assert 'max="1" value="0"' in behind
    done = sofia.post("/lists/rescreen/", follow=True).content.decode()
    assert "1 case compared with what has changed." in done
    assert "Waits for a judgement" in said(sofia, page_of(booth))


def test_a_list_of_an_older_program_says_who_can_mend_it(
    booth: Booth, sofia: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    booth.load(STRANGER)
    monkeypatch.setattr(shelf, "table_version", lambda: 10_000)
    assert "watchword lists update harbour" in said(sofia, "/lists/")


def test_what_waits_here_waits_on_the_home_page_of_screening_alone(booth: Booth, sofia: Client) -> None:
    booth.load(DOV)
    assert "Compare the applicant with the lists." in said(sofia, "/")
    assert "Compare the applicant" not in said(booth.organisation.browser("iris"), "/")
    booth.compare()
    booth.judge(Verdict.SAME)
    assert code_of(booth) not in said(sofia, "/"), "it waits for somebody else"
    assert code_of(booth) in said(booth.organisation.browser("stas"), "/")
