# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of devices and of a locked session; nothing that was typed is lost, and no secret comes back."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests import clock
from tests.accounts.test_passkeys import add
from tests.authenticator import SITE, Authenticator
from tests.organisation import Organisation, passphrase_of
from watchword.accounts.middleware import COOKIE
from watchword.accounts.models import Passkey, StaffSession

HERE = {"host": SITE}


def idle(organisation: Organisation, login: str = "ada") -> Client:
    """A browser that was left alone for a while."""
    client = organisation.browser(login)
    StaffSession.objects.update(seen=clock.now() - timedelta(minutes=16))
    return client


def hidden(page: bytes) -> dict[str, str]:
    """The hidden fields of a page, as its forms would send them."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.decode())
    return {name: value.replace("&quot;", '"') for name, value in found}


def ticket_of(client: Client, path: str) -> str:
    """The challenge that this page brings."""
    return hidden(client.get(path, headers=HERE).content)["ticket"]


def test_an_idle_browser_unlocks_with_the_passphrase_and_goes_on_where_it_was(
    organisation: Organisation,
) -> None:
    client = idle(organisation)
    away = client.get("/keys/?x=1")
    assert away["Location"] == "/unlock/?next=%2Fkeys%2F%3Fx%3D1"
    assert "Ada" in client.get(away["Location"]).content.decode()
    wrong = client.post("/unlock/", {"passphrase": "my wrong words", "next": "/keys/?x=1"})
    assert wrong.status_code == 422
    assert b"my wrong words" not in wrong.content
    right = client.post("/unlock/", {"passphrase": passphrase_of("ada"), "next": "/keys/?x=1"})
    assert right["Location"] == "/keys/?x=1"
    assert client.get("/keys/").status_code == 200


def test_what_was_typed_when_it_locked_comes_back_without_its_secrets_and_is_sent_by_hand(
    organisation: Organisation,
) -> None:
    client = idle(organisation, "petro")
    typed = {"name": "Nina «N»", "login": "nina", "language": "uk", "roles": ["vetting", "examiner"]}
    secret = {"passphrase": "nina walks over it", "again": "nina walks over it", "csrfmiddlewaretoken": "t"}
    met = client.post("/people/enrol/", {**typed, **secret})
    assert met.status_code == 403
    assert b"nina walks" not in met.content
    back = client.post("/unlock/", {**hidden(met.content), "passphrase": passphrase_of("petro")})
    page = back.content.decode()
    assert 'action="/people/enrol/"' in page
    assert 'name="name" value="Nina «N»"' in page
    assert re.findall(r'name="roles" value="(\w+)"', page) == ["vetting", "examiner"]
    assert "nina walks" not in page
    assert client.get("/people/").content.decode().count("Nina") == 0


@pytest.mark.parametrize("path", ["https://attacker.example/", "//attacker.example", "javascript:x", "\\\\x"])
def test_unlocking_leads_to_no_other_site(organisation: Organisation, path: str) -> None:
    client = idle(organisation)
    answer = client.post("/unlock/", {"passphrase": passphrase_of("ada"), "next": path})
    assert answer["Location"] == "/"
    shown = idle(organisation).post(
        "/unlock/", {"passphrase": passphrase_of("ada"), "next": path, "kept": '[["a","b"]]'}
    )
    assert b"attacker" not in shown.content


def test_locking_by_hand_keeps_the_cookie_and_opens_nothing(organisation: Organisation) -> None:
    client = organisation.browser("ada")
    assert client.post("/lock/")["Location"] == "/unlock/"
    assert client.cookies[COOKIE].value
    assert client.get("/")["Location"] == "/unlock/?next=%2F"


def test_my_sessions_are_mine_alone_and_each_can_be_ended(organisation: Organisation) -> None:
    client, other = organisation.browser("ada"), organisation.browser("ada")
    theirs = organisation.browser("cleo")
    page = client.get("/devices/").content.decode()
    assert page.count("this browser") == 1
    mine = StaffSession.objects.filter(staff=organisation.staff["ada"]).values_list("handle", flat=True)
    assert all(theirs.post(f"/devices/session/{handle}/end/").status_code == 404 for handle in mine)
    here = client.get("/devices/").context["here"]
    for handle in mine.exclude(handle=here):
        client.post(f"/devices/session/{handle}/end/")
    assert other.get("/devices/")["Location"] == "/log-in/"
    assert client.post(f"/devices/session/{here}/end/")["Location"] == "/log-in/"
    assert not mine.all().exists()
    assert theirs.get("/devices/").status_code == 200


def test_an_administrator_ends_what_a_lost_device_opens_and_nobody_else_sees_the_page(
    organisation: Organisation,
) -> None:
    passkey, ada = add(organisation, Authenticator()), organisation.browser("ada")
    path = f"/people/{organisation.staff['ada'].uid}/devices/"
    assert organisation.browser("ben").get(path).status_code == 403
    assert organisation.browser("ben").post(f"/devices/passkey/{passkey.uid}/revoke/").status_code == 404
    petro = organisation.browser("petro")
    assert "blue key" in petro.get(path).content.decode()
    handle = ada.get("/devices/").context["here"]
    assert petro.post(f"/devices/session/{handle}/end/")["Location"] == path
    assert petro.post(f"/devices/passkey/{passkey.uid}/revoke/")["Location"] == path
    assert ada.get("/")["Location"] == "/log-in/"
    assert "blue key" not in petro.get(path).content.decode()


def test_a_passkey_is_made_used_and_unlocked_with_through_the_pages(organisation: Organisation) -> None:
    device, client = Authenticator(), organisation.browser("ada")
    given_out = ticket_of(client, "/devices/passkey/")
    typed = organisation.credentials("ada", clock.now())
    sent = {"name": "telephone", "ticket": given_out, "assertion": device.makes(given_out), **typed}
    assert client.post("/devices/passkey/", sent, headers=HERE)["Location"] == "/devices/"
    assert "opens the keys by itself" in client.get("/devices/", headers=HERE).content.decode()
    fresh = Client()
    given_out = ticket_of(fresh, "/log-in/")
    sent = {"ticket": given_out, "assertion": device.answers(given_out)}
    assert fresh.post("/log-in/", sent, headers=HERE)["Location"] == "/"
    fresh.post("/lock/", headers=HERE)
    given_out = ticket_of(fresh, "/unlock/")
    sent = {"ticket": given_out, "assertion": device.answers(given_out), "next": "/keys/"}
    assert fresh.post("/unlock/", sent, headers=HERE)["Location"] == "/keys/"
    assert fresh.get("/", headers=HERE).status_code == 200


def test_without_a_script_or_a_name_the_page_says_so_and_adds_nothing(organisation: Organisation) -> None:
    client = organisation.browser("ada")
    typed = {"name": "key", **organisation.credentials("ada", clock.now())}
    assert "none ran here" in client.post("/devices/passkey/", typed, headers=HERE).content.decode()
    assert (
        "Passkeys need a name"
        in client.get("/devices/passkey/", headers={"host": "127.0.0.1"}).content.decode()
    )
    assert "data-passkey" not in Client().get("/log-in/", headers={"host": "127.0.0.1"}).content.decode()
    assert not Passkey.objects.exists()
