# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of screening: every state says what it is and what to do, and names to whom they are released."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django import Settings

from tests import clock
from tests.organisation import Organisation
from tests.screening.booth import DOV, STRANGER, TOLD, Booth, opened_booth
from watchword.cases.models import Case
from watchword.cases.rules.judged import Verdict
from watchword.core.refusals import WrongState
from watchword.custody.models import Batch
from watchword.journal.selectors import timeline
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
    booth.custodians.released()
    compared = sofia.post("/screening/run/", follow=True).content.decode()
    assert "1 case compared. The run is over" in compared
    compared = said(sofia, page_of(booth))
    assert "Nobody on the lists resembles this applicant" in compared
    assert "Hand the result over to vetting." in compared
    assert "Compared with: The harbour list, version 1." in said(sofia, page_of(booth, "hand-over/"))
    case = said(sofia, f"/case/{code_of(booth)}/")
    assert "Opened by a program, and read by nobody: Names" in case
    assert "opened once" not in case, "nobody has read it"


def test_a_run_is_asked_for_shown_confirmed_given_and_started(booth: Booth, sofia: Client) -> None:
    booth.load(STRANGER)
    assert "1 case waits for a comparison" in said(sofia, "/screening/")
    assert "1 case waits for a comparison" in said(sofia, "/screening/ask/")
    assert sofia.post("/screening/ask/", {"days": "15"}).status_code == 422
    shown = sofia.post("/screening/ask/", {"days": "3"}).content.decode()
    assert "nobody reads it" in shown
    draft = re.search(r'name="draft" value="([^"]+)"', shown)
    assert draft
    assert (
        sofia.post("/screening/confirm/", {"draft": draft[1], "one_time_code": "000000"}).status_code == 422
    )
    assert not Batch.objects.exists()
    code = booth.organisation.credentials("sofia", clock.now())["code"]
    typed = {"draft": draft[1], "one_time_code": code}
    asked, clicked_twice = (sofia.post("/screening/confirm/", typed, follow=True) for _ in range(2))
    for answer in (asked, clicked_twice):
        assert "The custodians have it now." in answer.content.decode()
        assert "0 have given, 3 of 5 are needed" in answer.content.decode()
    assert "Start the run" not in asked.content.decode()
    batch = Batch.objects.get()
    assert "This case is in a run that Sofia" in said(sofia, page_of(booth))
    assert "In a run that custodians were asked for." in said(sofia, "/screening/")
    assert "waits, or is open: run it or end it first" in said(sofia, page_of(booth, "ask/"))
    assert "Compare the applicant" not in said(sofia, "/"), "it waits for custodians"
    booth.custodians.give(batch)
    for address in ("/", "/screening/"):
        assert "Start the run" in said(sofia, address)


def test_a_colleague_sees_whose_run_a_case_is_in(booth: Booth) -> None:
    booth.load(STRANGER)
    booth.custodians.asked()
    stas = booth.organisation.browser("stas")
    assert "1 case is in a run that a colleague asked for" in said(stas, "/screening/")
    assert "No case waits for a comparison" in said(stas, "/screening/")
    assert "This case is in a run that Sofia" in said(stas, page_of(booth))


def test_whoever_asked_reads_why_it_was_refused(booth: Booth, sofia: Client) -> None:
    booth.load(STRANGER)
    batch = booth.custodians.asked()
    answers = f"/screening/{batch.uid}/answers/"
    booth.custodians.refuse(batch, "halyna", reason="Too many at once.")
    assert answers in said(sofia, "/screening/"), "one refusal is worth reading before the last"
    booth.custodians.refuse(batch, "jonas", "katrin", reason="Ask after Friday.")
    page = said(sofia, "/screening/")
    for words in ("Custodians refused the last run", "Compared: 0 of 1", "1 case waits for a comparison"):
        assert words in page
    assert "Ask after Friday." not in page
    assert sofia.get(answers).status_code == 405
    read = sofia.post(answers)
    assert "no-store" in read["Cache-Control"]
    for words in ("Too many at once.", "Ask after Friday.", "3 of 5 are needed", "refused by 3"):
        assert words in read.content.decode()
    assert booth.organisation.browser("stas").post(answers).status_code == 404


def test_a_run_that_nobody_answered_says_that_it_is_over(booth: Booth, sofia: Client) -> None:
    booth.load(STRANGER)
    batch = booth.custodians.asked()
    asked, over = booth.now - timedelta(days=3), booth.now - timedelta(hours=1)
    Batch.objects.filter(pk=batch.pk).update(at=asked, until=over)
    assert "The last run was over before it was finished" in said(sofia, "/screening/")
    read = sofia.post(f"/screening/{batch.uid}/answers/").content.decode()
    for words in ("No custodian answered.", "0 of 1", "can be asked for once more"):
        assert words in read
    booth.custodians.run()
    assert "The last run" not in said(sofia, "/screening/")


def test_both_records_are_shown_to_whom_they_were_released_and_to_nobody_else(
    booth: Booth, sofia: Client
) -> None:
    address = page_of(booth, f"hit/{booth.found().uid}/")
    assert "Ask custodians for names and birth" in sofia.post(address).content.decode()
    assert sofia.post(f"{address}sides/").status_code == 409
    asked = booth.custodians.ask_names(booth.case)
    assert "You have asked custodians for names and birth" in sofia.post(address).content.decode()
    booth.custodians.give_names(asked)
    assert "Open both records" in sofia.post(address).content.decode()
    assert sofia.get(f"{address}sides/").status_code == 405
    shown = sofia.post(f"{address}sides/")
    assert "no-store" in shown["Cache-Control"]
    for words in ("Береговий", "Berehovyi", "matches", "Both records"):
        assert words in shown.content.decode()
    stas = booth.organisation.browser("stas")
    assert "Open both records" not in stas.post(address).content.decode()
    assert stas.post(f"{address}sides/").status_code == 409
    opened = [one.payload for one in timeline(booth.case) if one.event.value == "identity.open"]
    assert [one["purpose"] for one in opened[-2:]] == ["screening", "screening"]


def test_whoever_left_the_list_or_wrote_anew_is_not_laid_beside_anybody(booth: Booth) -> None:
    hit = booth.found()
    booth.load(STRANGER)
    booth.custodians.names(booth.case)
    with pytest.raises(WrongState, match="not on the list any more"):
        booth.sides()
    booth.load(DOV, STRANGER)
    assert booth.sides().changed
    booth.applicant.lodge(2, birth_date="1991-04-18")
    with pytest.raises(WrongState, match="end that one first"):
        booth.custodians.names(booth.case)
    assert booth.sides(hit=hit).comparison.listed.key == DOV.key, "what was released is what was asked for"


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
    for words in ("Surname: agrees", "Birth date: the same day.", "<svg", "Show figures", "harbour"):
        assert words in page
    assert not [name for name in ("Береговий", "Berehovyi", DOV.key) if name in page]
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
    assert "1 of 1 open case that was compared knows the lists of today." in said(sofia, "/lists/")
    booth.load(STRANGER, DOV)
    behind = said(sofia, "/lists/")
    assert "1 added, 0 changed, 0 gone" in behind
    assert 'max="1" value="0"' in behind
    booth.custodians.released()
    done = sofia.post("/screening/run/", follow=True).content.decode()
    assert "1 case compared." in done
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
