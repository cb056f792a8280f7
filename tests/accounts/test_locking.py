# SPDX-License-Identifier: AGPL-3.0-or-later
"""A locked session: what a thief of cookie, database or device gets, and how its owner goes on."""

from datetime import timedelta

import pytest

from tests.accounts.test_passkeys import SITE_HERE, add, ticket
from tests.authenticator import Authenticator
from tests.organisation import Organisation, passphrase_of
from watchword.accounts import services
from watchword.accounts.models import Staff, StaffSession
from watchword.accounts.passkeys import Purpose
from watchword.accounts.services.delays import FREE_FAILURES
from watchword.accounts.session_keys import Cookie
from watchword.core.refusals import NotFound, NotPermitted, Refused, WrongState
from watchword.journal.events import Event
from watchword.journal.selectors import latest_entries


def log_in(organisation: Organisation, login: str = "ada") -> str:
    return services.log_in(now=organisation.now, **organisation.credentials(login, organisation.now))


def lock(organisation: Organisation, cookie: str) -> None:
    resumed = services.resume(cookie=cookie, now=organisation.now)
    assert resumed is not None
    services.lock(cookie=cookie, actor=resumed.actor, now=organisation.now)


def unlock(organisation: Organisation, cookie: str, passphrase: str = "", minutes: int = 0) -> None:
    services.unlock_with_passphrase(
        cookie=cookie,
        passphrase=passphrase or passphrase_of("ada"),
        now=organisation.now + timedelta(minutes=minutes),
    )


def unlock_by(organisation: Organisation, cookie: str, device: Authenticator) -> None:
    given_out = ticket(organisation, Purpose.UNLOCK)
    services.unlock_with_passkey(
        cookie=cookie,
        assertion=device.answers(given_out),
        ticket=given_out,
        site=SITE_HERE,
        now=organisation.now,
    )


def test_the_cookie_alone_opens_nothing_of_a_locked_session_and_the_server_has_no_keys(
    organisation: Organisation,
) -> None:
    cookie = log_in(organisation)
    lock(organisation, cookie)
    assert services.resume(cookie=cookie, now=organisation.now) is None
    assert bytes(StaffSession.objects.get(staff__login="ada").sealed) == b""
    assert latest_entries(1)[0].event is Event.SESSION_CLOSE


def test_cookie_and_passphrase_go_on_with_a_new_signing_key(organisation: Organisation) -> None:
    cookie = log_in(organisation)
    before = services.resume(cookie=cookie, now=organisation.now)
    lock(organisation, cookie)
    unlock(organisation, cookie)
    after = services.resume(cookie=cookie, now=organisation.now)
    assert before is not None
    assert after is not None
    assert before.actor.signer.session_public != after.actor.signer.session_public
    services.log_out(cookie=cookie, actor=after.actor, now=organisation.now)
    assert organisation.audit().ok


def test_the_passphrase_without_the_cookie_unlocks_nothing(organisation: Organisation) -> None:
    lock(organisation, log_in(organisation))
    for made_up in (str(Cookie.new()), StaffSession.objects.get(staff__login="ada").uid, "", "zz"):
        with pytest.raises(NotFound):
            unlock(organisation, made_up)


def test_another_passphrase_is_refused_and_soon_held(organisation: Organisation) -> None:
    cookie = log_in(organisation)
    lock(organisation, cookie)
    for _ in range(FREE_FAILURES + 1):
        with pytest.raises(NotPermitted):
            unlock(organisation, cookie, passphrase_of("cleo"))
    with pytest.raises(WrongState, match="Too many"):
        unlock(organisation, cookie)


def test_only_a_passkey_of_the_same_person_that_opens_the_keys_unlocks(organisation: Organisation) -> None:
    mine, blunt, hers = Authenticator(1), Authenticator(2, has_prf=False), Authenticator(3)
    for device, login in ((mine, "ada"), (blunt, "ada"), (hers, "cleo")):
        add(organisation, device, login)
    cookie = log_in(organisation)
    lock(organisation, cookie)
    for device in (blunt, hers):
        with pytest.raises(NotPermitted):
            unlock_by(organisation, cookie, device)
    assert services.resume(cookie=cookie, now=organisation.now) is None
    unlock_by(organisation, cookie, mine)
    assert services.resume(cookie=cookie, now=organisation.now) is not None


def test_unlocking_does_not_lengthen_the_eight_hours_even_if_the_row_says_so(
    organisation: Organisation,
) -> None:
    cookie = log_in(organisation)
    lock(organisation, cookie)
    unlock(organisation, cookie, minutes=479)
    StaffSession.objects.update(until=organisation.now + timedelta(days=2), sealed=b"")
    with pytest.raises(NotFound):
        unlock(organisation, cookie, minutes=480)


def test_a_locked_row_pointed_at_somebody_else_is_nobodys(organisation: Organisation) -> None:
    cookie = log_in(organisation, "cleo")
    lock(organisation, cookie)
    StaffSession.objects.filter(staff__login="cleo").update(staff=organisation.staff["ada"])
    with pytest.raises(NotFound):
        unlock(organisation, cookie)


def test_who_left_or_was_ended_elsewhere_cannot_unlock(organisation: Organisation) -> None:
    cookie = log_in(organisation)
    lock(organisation, cookie)
    Staff.objects.filter(login="ada").update(left=organisation.now)
    with pytest.raises(Refused):
        unlock(organisation, cookie)


def test_keys_that_nobody_used_for_a_quarter_of_an_hour_leave_the_database_by_themselves(
    organisation: Organisation,
) -> None:
    idle, used = log_in(organisation), log_in(organisation, "cleo")
    later = organisation.now + timedelta(minutes=14)
    services.resume(cookie=used, now=later)
    services.forget_idle(later + timedelta(minutes=1))
    kept = {row.staff.login for row in StaffSession.objects.exclude(sealed=b"") if row.until > later}
    assert "cleo" in kept
    assert "ada" not in kept
    assert services.locked(cookie=idle, now=later)
    services.forget_idle(organisation.now + timedelta(hours=8))
    assert not StaffSession.objects.exists()
