# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages with which administrators run the house, and with which holders hand over keys."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests import clock
from tests.organisation import Organisation
from tests.vault.records import stored
from watchword.accounts import selectors
from watchword.accounts.models import Staff
from watchword.accounts.services import rewrapping


def person(organisation: Organisation, login: str, action: str = "") -> str:
    return f"/people/{organisation.staff[login].uid}/{action}"


def actions(organisation: Organisation) -> list[str]:
    return [
        "/people/enrol/",
        person(organisation, "hugo", "grant/"),
        person(organisation, "hugo", "revoke/vetting/"),
        person(organisation, "hugo", "end/"),
        "/roles/0011/confirm/",
        "/roles/0011/drop/",
    ]


@pytest.mark.parametrize("login", ["ada", "cleo", "aud"])
def test_people_are_the_administrators_business(organisation: Organisation, login: str) -> None:
    client = organisation.browser(login)
    seen = 200 if login == "aud" else 403
    assert client.get("/people/").status_code == seen
    assert client.get(person(organisation, "hugo")).status_code == seen
    for address in actions(organisation):
        assert client.post(address, {"role": "board", "reason": "x"}).status_code == 403, address
    assert selectors.roles_of(organisation.staff["hugo"].uid) == {"vetting"}


def test_an_auditor_reads_who_holds_what_and_why_and_is_offered_no_change(organisation: Organisation) -> None:
    client = organisation.browser("aud")
    assert "Enrol somebody" not in client.get("/people/").content.decode()
    page = client.get(person(organisation, "hugo")).content.decode()
    assert "enrolled" in page
    # The one thing that auditors can ask for here changes nothing.
    forms = re.findall('<form[^>]*action="([^"]*)"', page.partition("<main")[2].partition("</main")[0])
    assert forms == [reverse("oversight:exposure", args=[organisation.staff["hugo"].uid])]


def test_nothing_is_changed_by_a_link(organisation: Organisation) -> None:
    client = organisation.browser("petro")
    for address in actions(organisation)[1:]:
        assert client.get(address).status_code == 405, address


def test_the_list_shows_who_works_here_and_who_waits_for_a_key(organisation: Organisation) -> None:
    organisation.grant("iris", "board")
    page = organisation.browser("petro").get("/people/").content.decode()
    assert "Ada" in page
    assert "courier" not in page
    assert page.count("waits for a key") == 1


def address_in(page: str, action: str) -> str:
    """Where the one form for this leads."""
    (address,) = re.findall(rf'action="(/roles/[0-9a-f]+/{action}/)"', page)
    return str(address)


def test_granting_and_revoking_takes_two_administrators_and_says_why_not_one(
    organisation: Organisation,
) -> None:
    petro, olha = organisation.browser("petro"), organisation.browser("olha")
    hugo = organisation.staff["hugo"].uid
    asked = petro.post(person(organisation, "hugo", "grant/"), {"role": "board", "reason": "more hands"})
    assert asked.status_code == 302
    own = petro.get("/people/").content.decode()
    assert "You began this yourself; another administrator must look at it." in own
    assert "/confirm/" not in own
    assert "more hands" in organisation.browser("aud").get("/people/").content.decode()
    confirm = address_in(olha.get("/people/").content.decode(), "confirm")
    assert petro.post(confirm).status_code == 403
    assert selectors.roles_of(hugo) == {"vetting"}
    assert "One-time code" in olha.post(confirm).content.decode()
    assert olha.post(confirm, {"one_time_code": "000000"}).status_code == 422
    assert selectors.roles_of(hugo) == {"vetting"}
    code = organisation.credentials("olha", clock.now())["code"]
    assert olha.post(confirm, {"one_time_code": code}).status_code == 302
    assert selectors.roles_of(hugo) == {"board", "vetting"}
    assert olha.post(confirm).status_code == 409
    olha.post(person(organisation, "hugo", "revoke/board/"), {"reason": "enough hands"})
    assert selectors.roles_of(hugo) == {"board", "vetting"}
    petro.post(address_in(petro.get(person(organisation, "hugo")).content.decode(), "drop"))
    page = petro.get(person(organisation, "hugo")).content.decode()
    assert "enough hands" in page
    assert "dropped" in page


def test_an_emergency_is_loud_until_another_administrator_has_looked(organisation: Organisation) -> None:
    petro, olha = organisation.browser("petro"), organisation.browser("olha")
    petro.post(
        person(organisation, "hugo", "revoke/vetting/"), {"reason": "his laptop is gone", "at_once": "on"}
    )
    assert selectors.roles_of(organisation.staff["hugo"].uid) == frozenset()
    for client in (petro, olha):
        assert "taken away at once" in client.get("/people/").content.decode()
        assert "his laptop is gone" in client.get("/").content.decode()
    olha.post(address_in(olha.get("/").content.decode(), "confirm"))
    assert "his laptop is gone" not in olha.get("/people/").content.decode()
    assert "a new key is due" in organisation.browser("ada").get("/keys/").content.decode()


def test_a_grant_without_a_reason_is_asked_for_one_and_keeps_the_role(organisation: Organisation) -> None:
    client = organisation.browser("petro")
    response = client.post(person(organisation, "hugo", "grant/"), {"role": "board", "reason": ""})
    assert response.status_code == 422
    assert '<option value="board" selected>' in response.content.decode()


def test_a_role_that_does_not_go_with_the_others_is_refused_in_words(organisation: Organisation) -> None:
    client = organisation.browser("petro")
    response = client.post(person(organisation, "hugo", "grant/"), {"role": "auditor", "reason": "x"})
    assert response.status_code == 409
    assert "no other role" in response.content.decode()


def test_no_two_parts_of_the_page_share_an_id(organisation: Organisation) -> None:
    client = organisation.browser("petro")
    organisation.grant("hugo", "board")
    client.post(person(organisation, "hugo", "grant/"), {"role": "intake", "reason": "more hands"})
    wrong = client.post(person(organisation, "hugo", "revoke/board/"), {"reason": ""})
    for page in (client.get(person(organisation, "hugo")), wrong):
        ids = re.findall(r'\bid="([^"]+)"', page.content.decode())
        assert len(ids) == len(set(ids))
    assert wrong.status_code == 422
    assert 'href="#revoke_board_reason"' in wrong.content.decode()


def test_ones_own_page_says_why_nothing_can_be_done_there(organisation: Organisation) -> None:
    client = organisation.browser("petro")
    page = client.get(person(organisation, "petro")).content.decode()
    assert page.count("Nobody changes their own roles") == 3
    assert "<form" not in page.partition("<main")[2].partition("</main")[0]
    for action in ("grant/", "revoke/administrator/", "end/"):
        data = {"role": "vetting", "reason": "x", "login": "petro"}
        assert client.post(person(organisation, "petro", action), data).status_code == 403


def test_a_service_is_ended_only_with_the_right_log_in_typed(organisation: Organisation) -> None:
    client = organisation.browser("petro")
    address = person(organisation, "hugo", "end/")
    assert client.post(address, {"reason": "left", "login": "ada"}).status_code == 422
    assert Staff.objects.get(login="hugo").left is None
    assert client.post(address, {"reason": "left", "login": "hugo"}).status_code == 302
    assert Staff.objects.get(login="hugo").left is not None
    assert "End the service" not in client.get(person(organisation, "hugo")).content.decode()


ENROLMENT = {
    "name": "Nina",
    "login": "nina",
    "language": "uk",
    "roles": ["vetting"],
    "passphrase": "nina walks over the bridge",
    "again": "nina walks over the bridge",
}


def test_enrolling_shows_the_secret_of_the_codes_once_and_it_works(organisation: Organisation) -> None:
    response = organisation.browser("petro").post("/people/enrol/", ENROLMENT)
    page = response.content.decode()
    assert response.status_code == 200
    assert "style=" not in page
    found = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert found
    organisation.secrets["nina"] = found.group(1)
    assert "Nina" in organisation.browser("nina").get("/devices/").content.decode()
    assert found.group(1) not in organisation.browser("petro").get("/people/").content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"again": "another"}, "not the same"),
        ({"passphrase": "short", "again": "short"}, "at least 16"),
        ({"login": "Nina K."}, "lower-case"),
        ({"login": "ada"}, "already"),
        ({"roles": ["auditor", "board"]}, "no other role"),
    ],
)
def test_a_wrong_enrolment_is_answered_in_words_and_repeats_no_passphrase(
    organisation: Organisation, changed: dict[str, object], words: str
) -> None:
    response = organisation.browser("petro").post("/people/enrol/", {**ENROLMENT, **changed})
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "walks over" not in page
    assert 'value="Nina"' in page


def test_the_key_is_handed_over_with_one_button(organisation: Organisation) -> None:
    ben = organisation.browser("ben")
    organisation.grant("iris", "board")
    page = ben.get("/keys/").content.decode()
    address = re.search(r'action="(/keys/board/hand-over/[0-9a-f]+/)"', page)
    assert address
    assert ben.post(address.group(1)).status_code == 302
    assert not selectors.missing_copies("board").exists()
    assert "Nobody waits" in ben.get("/keys/").content.decode()


def test_a_new_key_is_made_published_rewrapped_and_the_old_one_destroyed(
    organisation: Organisation, settings: Settings
) -> None:
    petro, ada = organisation.browser("petro"), organisation.browser("ada")
    stored(organisation, b"story")
    assert petro.post("/keys/vetting/renew/").status_code == 403
    ada.post("/keys/vetting/renew/")
    assert "must sign a new list" in ada.get("/keys/").content.decode()
    assert ada.post("/keys/vetting/destroy-old/").status_code == 409
    organisation.publish_manifest(settings)
    assert "Seal 1 record to the new key" in ada.get("/keys/").content.decode()
    assert "Destroy the old key" not in petro.get("/keys/").content.decode()
    organisation.rewrap("vetting", by="ada")
    assert "Destroy the old key" in petro.get("/keys/").content.decode()
    ada.post("/keys/vetting/destroy-old/")
    assert "Destroy the old key" not in petro.get("/keys/").content.decode()


def test_the_page_shows_how_far_a_run_is_and_stops_it(organisation: Organisation, settings: Settings) -> None:
    for kind in ("section:service", "section:skills"):
        stored(organisation, b"story", kind=kind)
    organisation.new_epoch("vetting", by="ada")
    organisation.publish_manifest(settings)
    ada = organisation.browser("ada")
    run = rewrapping.begin(role="vetting", actor=organisation.fresh_actor("ada"), now=clock.now())
    page = ada.get("/keys/").content.decode()
    assert '<progress value="0" max="2"' in page
    assert "In the session of Ada: 0 of 2 records" in page
    assert organisation.browser("iris").post("/keys/vetting/stop/").status_code == 403
    assert ada.post("/keys/vetting/stop/").status_code == 302
    assert list(rewrapping.chunks(run, clock.now)) == []
    assert ada.post("/keys/vetting/stop/").status_code == 409
    assert "Seal 2 records to the new key" in ada.get("/keys/").content.decode()


def test_a_stranger_to_the_role_makes_no_key_and_seals_nothing(
    organisation: Organisation, settings: Settings
) -> None:
    stored(organisation, b"story")
    organisation.publish_manifest(settings)
    for action in ("renew", "re-wrap", "stop", "destroy-old"):
        assert organisation.browser("iris").post(f"/keys/vetting/{action}/").status_code == 403, action


def test_an_address_that_leads_to_nobody_is_not_found(organisation: Organisation) -> None:
    client: Client = organisation.browser("petro")
    assert client.get(f"/people/{'0' * 32}/").status_code == 404
