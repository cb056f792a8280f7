# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of recovery: shown once, loud to whom they concern, and the same for log-ins that nobody has."""

import re
from datetime import timedelta

from django.test import Client

from tests import clock
from tests.organisation import Organisation
from watchword.accounts.models import Recovery

NEW = {"passphrase": "a passphrase of the second beginning", "again": "a passphrase of the second beginning"}


def asked(login: str) -> tuple[str, str]:
    """Phrase and number, as somebody who asks is shown them."""
    page = Client().post("/recovery/", {"login": login}).content.decode()
    phrase, number = re.findall(r'<code translate="no">([0-9 ]+)</code>', page)
    return phrase, number


def approve(organisation: Organisation, by: str, number: str) -> int:
    code = organisation.credentials(by, clock.now())["code"]
    path = f"/recovery/{Recovery.objects.get().pk}/approve/"
    browser = organisation.browser(by)
    organisation.credentials(by, clock.now())
    return browser.post(path, {"number": number, "one_time_code": code}).status_code


def test_a_lost_passphrase_is_replaced_through_the_pages(organisation: Organisation) -> None:
    phrase, number = asked("ada")
    ada = organisation.browser("ada")
    assert "have lost their keys" not in ada.get("/").content.decode()
    assert number not in organisation.browser("petro").get("/recovery/waiting/").content.decode()
    assert approve(organisation, "petro", "1111 1111") == 422
    assert approve(organisation, "petro", number) == 302
    for login in ("ada", "olha"):
        assert "have lost their keys" in organisation.browser(login).get("/").content.decode()
    assert "have lost their keys" not in organisation.browser("hugo").get("/").content.decode()
    assert approve(organisation, "petro", number) == 422
    assert approve(organisation, "olha", number) == 302
    typed = {"login": "ada", "phrase": phrase, **NEW}
    assert "a day after" in Client().post("/recovery/finish/", typed).content.decode()
    Recovery.objects.update(seconded=clock.now() - timedelta(days=1))
    done = Client().post("/recovery/finish/", typed).content.decode()
    assert "Ada is enrolled anew" in done
    assert NEW["passphrase"] not in done
    assert ada.get("/")["Location"] == "/log-in/"


def test_a_stranger_learns_from_no_page_which_log_ins_there_are(organisation: Organisation) -> None:
    pages = [Client().post("/recovery/", {"login": login}).content.decode() for login in ("ada", "zzz")]
    known, unknown = (re.sub(r"[0-9]{4,}|csrf\S+", "", page) for page in pages)
    assert known == unknown
    wrong = {"phrase": "1" * 40, **NEW}
    answers = [
        Client().post("/recovery/finish/", {**wrong, "login": login}).content.decode().replace(login, "")
        for login in ("ada", "zzz")
    ]
    known, unknown = (re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page) for page in answers)
    assert known == unknown


def test_whoever_it_is_about_stops_it_on_the_first_page(organisation: Organisation) -> None:
    _, number = asked("ada")
    approve(organisation, "petro", number)
    path = f"/recovery/{Recovery.objects.get().pk}/stop/"
    assert organisation.browser("hugo").post(path).status_code == 403
    ada = organisation.browser("ada")
    assert f'action="{path}"' in ada.get("/devices/").content.decode()
    assert ada.post(path)["Location"] == "/"
    assert "have lost their keys" not in ada.get("/").content.decode()
