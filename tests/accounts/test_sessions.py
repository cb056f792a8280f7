# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sessions: a cookie that only the browser has, a row useless without it, and clocks that end both."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.organisation import Organisation
from watchword.accounts import services
from watchword.accounts.models import Staff, StaffSession
from watchword.accounts.session_keys import Cookie, SessionKeys
from watchword.core.refusals import NotFound, NotPermitted
from watchword.core.sealing.errors import NoMatchingKey
from watchword.core.sealing.seal import seal
from watchword.journal.events import Event
from watchword.journal.selectors import latest_entries


def log_in(organisation: Organisation, login: str = "ada") -> str:
    return services.log_in(now=organisation.now, **organisation.credentials(login, organisation.now))


@given(text=st.text(max_size=80))
def test_a_cookie_that_is_not_ours_is_nobody(text: str) -> None:
    cookie = Cookie.parse(text)
    assert cookie is None or len(cookie.secret) == 32


def test_a_made_up_cookie_is_nobody(organisation: Organisation) -> None:
    assert services.resume(cookie=str(Cookie.new()), now=organisation.now) is None


def test_the_row_alone_opens_nothing(organisation: Organisation) -> None:
    log_in(organisation)
    row = StaffSession.objects.get(staff=organisation.staff["ada"])
    for guess in (row.uid, row.handle):
        cookie = Cookie.parse(guess)
        assert cookie is None or services.resume(cookie=guess, now=organisation.now) is None
    with pytest.raises(NoMatchingKey):
        SessionKeys.open_with(Cookie.new(), bytes(row.sealed))


def test_a_row_pointed_at_somebody_else_is_nobody(organisation: Organisation) -> None:
    cookie = log_in(organisation, "cleo")
    uid = Cookie(bytes.fromhex(cookie)).row_id
    StaffSession.objects.filter(pk=uid).update(staff=organisation.staff["ada"])
    assert services.resume(cookie=cookie, now=organisation.now) is None
    assert not StaffSession.objects.filter(pk=uid).exists()


def test_a_payload_sealed_to_another_cookie_is_nobody(organisation: Organisation) -> None:
    cookie = log_in(organisation, "cleo")
    forged = seal(b"x" * 88, [Cookie.new().identity.recipient])
    StaffSession.objects.filter(staff=organisation.staff["cleo"]).update(sealed=forged)
    assert services.resume(cookie=cookie, now=organisation.now) is None


@pytest.mark.parametrize(("minutes", "goes_on"), [(13, True), (15, False), (60, False)])
def test_the_keys_lock_after_a_quarter_of_an_hour_without_a_page(
    organisation: Organisation, minutes: int, *, goes_on: bool
) -> None:
    cookie = log_in(organisation)
    later = organisation.now + timedelta(minutes=minutes)
    assert (services.resume(cookie=cookie, now=later) is not None) is goes_on
    assert bool(StaffSession.objects.get(staff=organisation.staff["ada"]).sealed) is goes_on


def test_pages_keep_a_session_open_for_eight_hours_and_no_longer(organisation: Organisation) -> None:
    cookie = log_in(organisation)
    for minute in range(10, 480, 10):
        assert services.resume(cookie=cookie, now=organisation.now + timedelta(minutes=minute))
    assert services.resume(cookie=cookie, now=organisation.now + timedelta(minutes=480)) is None


def test_a_longer_life_written_into_the_row_does_not_help(organisation: Organisation) -> None:
    cookie = log_in(organisation)
    later = organisation.now + timedelta(hours=9)
    StaffSession.objects.update(until=later + timedelta(days=1), seen=later)
    assert services.resume(cookie=cookie, now=later) is None


def test_no_time_finer_than_a_minute_is_kept_and_no_page_is_a_write_of_its_own(
    organisation: Organisation,
) -> None:
    cookie = log_in(organisation)
    for second in (5, 20, 59):
        services.resume(cookie=cookie, now=organisation.now + timedelta(minutes=1, seconds=second))
    row = StaffSession.objects.get(staff=organisation.staff["ada"])
    assert row.seen == organisation.now + timedelta(minutes=1)
    assert {row.seen.second, row.opened.second, row.until.second} == {0}


def test_logging_out_is_the_last_entry_that_the_session_signs(organisation: Organisation) -> None:
    cookie = log_in(organisation)
    resumed = services.resume(cookie=cookie, now=organisation.now)
    assert resumed is not None
    services.log_out(cookie=cookie, actor=resumed.actor, now=organisation.now)
    assert latest_entries(1)[0].event is Event.SESSION_CLOSE
    assert services.resume(cookie=cookie, now=organisation.now) is None
    services.log_out(cookie=cookie, actor=resumed.actor, now=organisation.now)
    assert organisation.audit().ok


def test_nobody_logs_out_or_closes_for_another(organisation: Organisation) -> None:
    cookie = log_in(organisation)
    cleo = organisation.actor("cleo")
    services.log_out(cookie=cookie, actor=cleo, now=organisation.now)
    row = StaffSession.objects.get(staff=organisation.staff["ada"])
    with pytest.raises(NotFound):
        services.end_session(handle=row.handle, actor=cleo, now=organisation.now)
    assert services.resume(cookie=cookie, now=organisation.now)


def test_a_session_closed_elsewhere_is_gone(organisation: Organisation) -> None:
    here, there = log_in(organisation), log_in(organisation)
    resumed = services.resume(cookie=there, now=organisation.now)
    mine = services.resume(cookie=here, now=organisation.now)
    assert resumed is not None
    assert mine is not None
    services.end_session(handle=resumed.handle, actor=mine.actor, now=organisation.now)
    assert services.resume(cookie=there, now=organisation.now) is None
    assert services.locked(cookie=there, now=organisation.now) is None
    assert services.resume(cookie=here, now=organisation.now)
    assert organisation.audit().ok


def test_an_administrator_ends_a_session_of_somebody_else_and_the_ledger_says_so(
    organisation: Organisation,
) -> None:
    cookie = log_in(organisation)
    row = StaffSession.objects.get(staff=organisation.staff["ada"])
    services.end_session(handle=row.handle, actor=organisation.actor("petro"), now=organisation.now)
    assert services.resume(cookie=cookie, now=organisation.now) is None
    assert latest_entries(1)[0].event is Event.SESSION_END
    assert organisation.audit().ok


def test_who_leaves_is_out_at_once(organisation: Organisation) -> None:
    cookie = log_in(organisation)
    services.end_service(
        staff_id=organisation.staff["ada"].uid,
        reason="suspicion",
        actor=organisation.actor("petro"),
        now=organisation.now,
    )
    assert services.resume(cookie=cookie, now=organisation.now) is None


def test_a_revoked_role_is_gone_from_the_open_session(organisation: Organisation) -> None:
    cookie = log_in(organisation)
    organisation.revoke("ada", "vetting")
    resumed = services.resume(cookie=cookie, now=organisation.now)
    assert resumed is not None
    assert resumed.actor.roles == frozenset()
    assert resumed.actor.keys is not None
    assert resumed.actor.keys.identities(["vetting"]) == []


def test_the_courier_cannot_log_in_and_opens_its_session_from_its_key_file(
    organisation: Organisation,
) -> None:
    first = services.courier_actor(organisation.now)
    again = services.courier_actor(organisation.now + timedelta(hours=7))
    later = services.courier_actor(organisation.now + timedelta(hours=8))
    assert first.signer.session_public == again.signer.session_public != later.signer.session_public
    openings = [x for x in latest_entries(10) if x.event is Event.SESSION_OPEN and x.actor == first.id]
    assert len(openings) == 2
    with pytest.raises(NotPermitted):
        services.log_in(login="courier", passphrase="x" * 16, code="1", now=organisation.now)
    assert Staff.objects.get(pk=first.id).is_service
