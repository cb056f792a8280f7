# SPDX-License-Identifier: AGPL-3.0-or-later
"""Passkeys: what is not accepted from an authenticator, a browser, a thief of the database or of a page."""

import json
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from pytest_django import Settings

from tests.authenticator import SITE, Authenticator
from tests.organisation import Organisation, passphrase_of
from watchword.accounts import passkeys, services
from watchword.accounts.models import Passkey, Staff, StaffSession
from watchword.accounts.passkeys import Answer, Purpose, Site
from watchword.accounts.services.passkeys import Accepted
from watchword.accounts.services.sessions import longest
from watchword.accounts.session_tickets import new_session_ticket, read_session_ticket
from watchword.core.ledger.assertion import Assertion
from watchword.core.ledger.entry import Statement, parse_entry
from watchword.core.ledger.spelling import to_base64url
from watchword.core.refusals import NotFound, NotPermitted, Refused, WrongState
from watchword.journal.events import Event
from watchword.journal.models import PendingEntry
from watchword.journal.selectors import latest_entries

SITE_HERE = Site.of(SITE)


def ticket(organisation: Organisation, purpose: Purpose = Purpose.LOG_IN) -> str:
    if purpose is Purpose.ADD:
        return passkeys.new_ticket(purpose, organisation.now)
    return new_session_ticket(purpose, organisation.now, longest(organisation.now))


def add(organisation: Organisation, device: Authenticator, login: str = "ada", **changed: str) -> Passkey:
    given_out, actor = ticket(organisation, Purpose.ADD), organisation.actor(login)
    typed = organisation.credentials(login, organisation.now)
    fields = {"name": "blue key", "passphrase": typed["passphrase"], "code": typed["code"], **changed}
    assert SITE_HERE is not None
    return services.add_passkey(
        ticket=given_out,
        assertion=device.makes(given_out),
        site=SITE_HERE,
        actor=actor,
        now=organisation.now,
        **fields,
    )


def log_in(
    organisation: Organisation,
    device: Authenticator,
    *,
    passphrase: str = "",
    login: str = "",
    given_out: str = "",
    answer: str = "",
) -> str:
    given_out = given_out or ticket(organisation)
    cookie, _ = services.log_in_with_passkey(
        assertion=answer or device.answers(given_out),
        ticket=given_out,
        site=SITE_HERE,
        login=login,
        passphrase=passphrase,
        now=organisation.now,
    )
    return cookie


def test_a_passkey_that_opens_the_keys_logs_in_alone(organisation: Organisation) -> None:
    device = Authenticator()
    add(organisation, device)
    resumed = services.resume(cookie=log_in(organisation, device), now=organisation.now)
    assert resumed is not None
    assert resumed.actor.name == "Ada"
    assert resumed.actor.keys is not None
    assert resumed.actor.keys.identities(["vetting"]) != []
    assert organisation.audit().ok


def openings(organisation: Organisation) -> list[Statement]:
    """Every opening of a session, as it stands in the ledger's entries."""
    entries = PendingEntry.objects.filter(detail__event=Event.SESSION_OPEN).order_by("pk")
    return [parse_entry(bytes(one.entry)).statement for one in entries]


def test_a_session_that_a_passkey_opens_is_signed_for_by_it_and_another_is_not(
    organisation: Organisation,
) -> None:
    device = Authenticator()
    add(organisation, device)
    cookie = log_in(organisation, device)
    by_code, by_passkey = openings(organisation)[-2:]
    assert by_code.fresh is None
    assert isinstance(by_passkey.fresh, Assertion)
    assert by_passkey.fresh.answers(by_passkey.challenge())
    resumed = services.resume(cookie=cookie, now=organisation.now)
    assert resumed is not None
    assert to_base64url(resumed.actor.signer.session_public) == by_passkey.public["key"]
    assert organisation.audit().ok


def test_who_has_the_ticket_of_a_session_and_another_desk_has_not_its_key(
    organisation: Organisation, settings: Settings
) -> None:
    given_out = ticket(organisation)
    read = partial(read_session_ticket, given_out, Purpose.LOG_IN, organisation.now)
    ours = read()
    settings.SECRET_KEY = "of another desk"
    with pytest.raises(WrongState):
        read()
    assert ours.signing_seed.hex() not in given_out


def test_without_a_secret_of_the_device_it_is_the_second_factor_beside_the_passphrase(
    organisation: Organisation,
) -> None:
    device = Authenticator(has_prf=False)
    add(organisation, device)
    with pytest.raises(NotPermitted, match="Type your passphrase as well"):
        log_in(organisation, device)
    with pytest.raises(NotPermitted, match="do not go together"):
        log_in(organisation, device, passphrase="another one altogether")
    assert log_in(organisation, device, passphrase=passphrase_of("ada"))


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "https://desk.example.attacker.example"},
        {"origin": "http://desk.example"},
        {"site": "attacker.example"},
        {"verified": False},
        {"number": 2},
        {"count": -1},
    ],
)
def test_another_origin_or_site_or_device_or_nobody_verified_or_a_count_going_back_is_not_accepted(
    organisation: Organisation, changed: dict[str, object]
) -> None:
    add(organisation, Authenticator(count=0))
    Passkey.objects.update(sign_count=1)
    with pytest.raises(NotPermitted):
        log_in(organisation, Authenticator(**{"count": 1, **changed}))  # type: ignore[arg-type]  # of any field
    assert log_in(organisation, Authenticator(count=1))


def test_an_answer_is_accepted_once_and_for_its_own_challenge(organisation: Organisation) -> None:
    device = Authenticator(counts=False)
    add(organisation, device)
    given_out = ticket(organisation)
    answer = device.answers(given_out)
    log_in(organisation, device, given_out=given_out, answer=answer)
    for again in (given_out, ticket(organisation)):
        with pytest.raises(NotPermitted):
            log_in(organisation, device, given_out=again, answer=answer)


def test_a_challenge_of_another_purpose_of_nobody_or_of_long_ago_is_not_accepted(
    organisation: Organisation,
) -> None:
    device = Authenticator()
    add(organisation, device)
    old = new_session_ticket(Purpose.LOG_IN, organisation.now - passkeys.LIFE, longest(organisation.now))
    for given_out in (ticket(organisation, Purpose.UNLOCK), "made.up:ticket", old):
        with pytest.raises(WrongState):
            log_in(organisation, device, given_out=given_out)


def test_the_secret_of_another_device_opens_nothing(organisation: Organisation) -> None:
    device = Authenticator()
    add(organisation, device)
    given_out = ticket(organisation)
    answer = json.loads(device.answers(given_out))
    answer["prf"] = json.loads(Authenticator(number=2).answers(given_out))["prf"]
    with pytest.raises(NotPermitted):
        log_in(organisation, device, given_out=given_out, answer=json.dumps(answer))


def test_a_passkey_of_cleo_with_the_log_in_or_the_passphrase_of_ada_is_not_accepted(
    organisation: Organisation,
) -> None:
    device = Authenticator()
    add(organisation, device, "cleo")
    with pytest.raises(NotPermitted):
        log_in(organisation, device, login="ada", passphrase=passphrase_of("ada"))
    with pytest.raises(NotPermitted):
        log_in(organisation, device, passphrase=passphrase_of("ada"))


def test_a_passkey_moved_to_another_person_in_the_database_is_nobodys(organisation: Organisation) -> None:
    device = Authenticator(has_prf=False)
    add(organisation, device, "cleo")
    Passkey.objects.update(staff=organisation.staff["ada"])
    with pytest.raises(NotPermitted):
        log_in(organisation, device, passphrase=passphrase_of("ada"))


@pytest.mark.parametrize("changed", [{"passphrase": "not hers at all, no"}, {"code": "000000"}])
def test_an_unlocked_desk_alone_adds_no_passkey(organisation: Organisation, changed: dict[str, str]) -> None:
    with pytest.raises(NotPermitted):
        add(organisation, Authenticator(), **changed)
    assert not Passkey.objects.exists()


def test_a_passkey_is_added_once_for_anybody(organisation: Organisation) -> None:
    add(organisation, Authenticator())
    with pytest.raises(WrongState):
        add(organisation, Authenticator(), "cleo")


def test_the_database_without_the_device_opens_no_keys(organisation: Organisation) -> None:
    device = Authenticator()
    row = add(organisation, device)
    for secret in (row.public_key, row.credential.encode(), row.sealed_keys):
        prf = to_base64url(bytes(secret or b"")[:32].ljust(32))
        identity = Answer.read(json.dumps({"id": row.credential, "prf": prf})).identity
        assert Accepted(row, identity, Assertion(b"", b"", b"", b"")).keys is None


def test_a_revoked_passkey_and_one_of_who_left_are_not_accepted(organisation: Organisation) -> None:
    mine, hers = Authenticator(), Authenticator(number=2)
    row, other = add(organisation, mine), add(organisation, hers, "cleo")
    with pytest.raises(NotFound):
        services.revoke_passkey(uid=other.uid, actor=organisation.actor("ada"), now=organisation.now)
    services.revoke_passkey(uid=row.uid, actor=organisation.actor("ada"), now=organisation.now)
    services.revoke_passkey(uid=other.uid, actor=organisation.actor("petro"), now=organisation.now)
    for device in (mine, hers):
        with pytest.raises(NotPermitted):
            log_in(organisation, device)
    assert [entry.event for entry in latest_entries(2)] == [Event.PASSKEY_REVOKE] * 2
    assert organisation.audit().ok


def test_a_session_opened_by_passkey_locks_and_ends_like_every_other(organisation: Organisation) -> None:
    device = Authenticator()
    add(organisation, device)
    cookie = log_in(organisation, device)
    assert services.resume(cookie=cookie, now=organisation.now + timedelta(minutes=15)) is None
    assert not any(bytes(row.sealed) for row in StaffSession.objects.filter(staff__login="ada", handle="x"))


@trying(max_examples=30)
@given(text=st.one_of(st.text(max_size=60), st.recursive(st.none(), st.lists).map(json.dumps)))
def test_what_is_no_answer_of_a_browser_is_refused_in_words(text: str) -> None:
    with pytest.raises(Refused):
        Answer.read(text)


@pytest.mark.parametrize(
    ("host", "origins"),
    [
        ("desk.example", ("https://desk.example",)),
        ("localhost:8766", ("https://localhost:8766", "http://localhost:8766")),
        ("127.0.0.1:8766", None),
        ("[::1]:8766", None),
    ],
)
def test_a_site_has_a_name_and_tls_except_on_this_machine(host: str, origins: tuple[str, ...] | None) -> None:
    site = Site.of(host)
    assert (site.origins if site else None) == origins


def test_who_left_has_no_log_in(organisation: Organisation) -> None:
    device = Authenticator()
    add(organisation, device)
    Staff.objects.filter(login="ada").update(left=organisation.now)
    with pytest.raises(NotPermitted):
        log_in(organisation, device)
