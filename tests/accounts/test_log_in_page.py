# SPDX-License-Identifier: AGPL-3.0-or-later
"""The log-in page, the cookie that it gives, and the page of one's own sessions."""

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests import clock
from tests.organisation import Organisation, passphrase_of
from watchword.accounts import demo
from watchword.accounts.middleware import COOKIE
from watchword.accounts.models import StaffSession

LOG_IN = "/log-in/"


def typed(organisation: Organisation, login: str = "ada") -> dict[str, str]:
    return organisation.credentials(login, clock.now())


def test_the_right_three_lead_home_with_a_cookie_for_this_browser_session(organisation: Organisation) -> None:
    client = Client()
    response = client.post(LOG_IN, typed(organisation))
    assert response.status_code == 302
    assert response["Location"] == "/"
    cookie = client.cookies[COOKIE]
    assert len(bytes.fromhex(cookie.value)) == 32
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["expires"]) == (
        True,
        "Strict",
        "",
        "",
    )


def test_away_from_loopback_the_cookie_travels_encrypted_alone(
    organisation: Organisation, settings: Settings
) -> None:
    settings.SECURE_COOKIES = True
    client = Client()
    client.post(LOG_IN, typed(organisation))
    assert client.cookies[COOKIE]["secure"]


def test_a_failure_keeps_the_log_in_and_no_secret(organisation: Organisation) -> None:
    response = Client().post(LOG_IN, {**typed(organisation), "passphrase": "my wrong secret words"})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="ada"' in page
    assert "do not go together" in page
    assert "my wrong secret words" not in page
    assert typed(organisation)["code"] not in page
    assert COOKIE not in response.cookies


def test_the_page_says_the_same_of_a_wrong_passphrase_and_of_an_unknown_log_in(
    organisation: Organisation,
) -> None:
    wrong = Client().post(LOG_IN, {**typed(organisation), "passphrase": "wrong"})
    unknown = Client().post(LOG_IN, {**typed(organisation), "login": "zzz"})
    same = without_token(wrong.content).replace('value="ada"', 'value="zzz"')
    assert same == without_token(unknown.content)


def without_token(page: bytes) -> str:
    return re.sub(
        r'(name="csrfmiddlewaretoken" value|name="ticket" value|data-options)="[^"]+"', "", page.decode()
    )


@pytest.mark.parametrize("left_out", ["login", "passphrase", "code"])
def test_what_is_left_out_is_asked_for_in_words(organisation: Organisation, left_out: str) -> None:
    response = Client().post(LOG_IN, {**typed(organisation), left_out: ""})
    assert response.status_code == 422
    assert "Write an answer" in response.content.decode()


def test_a_form_of_another_site_is_refused(organisation: Organisation) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(LOG_IN, typed(organisation)).status_code == 403


@pytest.mark.parametrize("path", ["/", "/devices/", "/people/", "/people/enrol/", "/keys/", "/ledger/"])
def test_whoever_is_not_logged_in_is_sent_to_the_log_in_page(organisation: Organisation, path: str) -> None:
    client = Client()
    client.cookies[COOKIE] = "00" * 32
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, LOG_IN)
    assert response.cookies[COOKIE].value == ""


def test_pages_are_kept_by_no_cache(organisation: Organisation) -> None:
    response = organisation.browser("ada").get("/devices/")
    assert "no-store" in response["Cache-Control"]


def test_logging_out_ends_the_session_and_takes_the_cookie_back(organisation: Organisation) -> None:
    client = organisation.browser("ada")
    assert client.get("/log-out/").status_code == 405
    response = client.post("/log-out/")
    assert response["Location"] == LOG_IN
    assert response.cookies[COOKIE].value == ""
    assert not StaffSession.objects.filter(staff=organisation.staff["ada"]).exists()


def cast_file(organisation: Organisation) -> Path:
    path = organisation.home / "cast.json"
    member = demo.CastMember("ada", "Ada", ("vetting",), passphrase_of("ada"), organisation.secrets["ada"])
    demo.write_cast(path, [member])
    return path


def test_a_demo_shows_a_code_that_works(organisation: Organisation, settings: Settings) -> None:
    settings.WATCHWORD_DEMO_CAST = cast_file(organisation)
    settings.WATCHWORD_DEMO = True
    [prompt] = Client().get(LOG_IN).context["cast"]
    organisation.credentials("ada", clock.now())
    typed_in = {"login": "ada", "passphrase": prompt.member.passphrase, "code": prompt.code}
    assert Client().post(LOG_IN, typed_in).status_code == 302


def test_a_real_desk_shows_no_secret_even_if_the_file_is_there(
    organisation: Organisation, settings: Settings
) -> None:
    settings.WATCHWORD_DEMO_CAST = cast_file(organisation)
    assert passphrase_of("ada") not in Client().get(LOG_IN).content.decode()
    assert cast_file(organisation).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_the_page_is_there_in_each_language(organisation: Organisation, language: str) -> None:
    client = Client()
    client.cookies["lang"] = language
    assert f'<html lang="{language}"' in client.get(LOG_IN).content.decode()


def test_a_person_reads_the_desk_in_the_language_of_their_enrolment(organisation: Organisation) -> None:
    client = Client()
    response = client.post(LOG_IN, typed(organisation))
    assert response.cookies["lang"].value == "en"
