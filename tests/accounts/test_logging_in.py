# SPDX-License-Identifier: AGPL-3.0-or-later
"""Logging in: what must not go through, what must not be told, and what must not be stored."""

from contextlib import ExitStack
from datetime import timedelta

import pyotp
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.organisation import Organisation, passphrase_of
from watchword.accounts import keyring, services
from watchword.accounts.keyring import StaffKeys
from watchword.accounts.models import FailedLogIns, Staff, StaffSession
from watchword.accounts.services.crowding import AT_ONCE, place
from watchword.accounts.services.delays import FREE_FAILURES, LONGEST_DELAY, delay_after
from watchword.core.refusals import NotPermitted, Refused, WrongState
from watchword.core.sealing.passphrase import Cost, new_salt, passphrase_identity
from watchword.journal.events import Event
from watchword.journal.selectors import latest_entries


def attempt(organisation: Organisation, **changed: str) -> str:
    typed = {**organisation.credentials("ada", organisation.now), **changed}
    return services.log_in(now=organisation.now, **typed)


def refusal(organisation: Organisation, **changed: str) -> str:
    with pytest.raises(Refused) as caught:
        attempt(organisation, **changed)
    return str(caught.value)


def test_the_right_three_open_a_session(organisation: Organisation) -> None:
    resumed = services.resume(cookie=attempt(organisation), now=organisation.now)
    assert resumed is not None
    assert (resumed.actor.name, resumed.actor.roles) == ("Ada", frozenset({"vetting"}))


@pytest.mark.parametrize(
    "changed",
    [
        {"passphrase": "another passphrase altogether"},
        {"passphrase": ""},
        {"login": "nobody"},
        {"login": "olha"},
        {"login": "courier"},
        {"login": "ADA"},
        {"code": "000000"},
        {"code": ""},
        {"code": "١٢٣٤٥٦"},
    ],
)
def test_one_wrong_thing_and_nothing_opens_with_one_answer_for_all(
    organisation: Organisation, changed: dict[str, str]
) -> None:
    assert "do not go together" in refusal(organisation, **changed)
    assert not StaffSession.objects.filter(staff=organisation.staff["ada"]).exists()


def test_a_code_works_once(organisation: Organisation) -> None:
    typed = organisation.credentials("ada", organisation.now)
    services.log_in(now=organisation.now, **typed)
    with pytest.raises(NotPermitted):
        services.log_in(now=organisation.now, **typed)


def test_an_older_code_than_the_last_one_used_is_refused(organisation: Organisation) -> None:
    now, before = organisation.now, organisation.now - timedelta(seconds=30)
    older = organisation.credentials("ada", before)
    services.log_in(now=now, **organisation.credentials("ada", now))
    with pytest.raises(NotPermitted):
        services.log_in(now=now, **older)


def test_a_code_of_two_minutes_ago_is_refused(organisation: Organisation) -> None:
    typed = organisation.credentials("ada", organisation.now - timedelta(minutes=2))
    with pytest.raises(NotPermitted):
        services.log_in(now=organisation.now, **typed)


@given(drift=st.integers(-29, 29), start=st.integers(0, 10**7))
def test_half_a_minute_of_drift_is_forgiven(drift: int, start: int) -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # of RFC 6238
    code = pyotp.TOTP(secret).at(start * 30 + 30 + drift)
    step = keyring.matching_step(secret, code, start * 30 + 30)
    assert step is not None
    assert abs(step - (start + 1)) <= 1


def test_who_has_left_gets_the_same_answer_as_nobody(organisation: Organisation) -> None:
    services.end_service(
        staff_id=organisation.staff["ada"].uid,
        reason="left",
        actor=organisation.actor("petro"),
        now=organisation.now,
    )
    assert refusal(organisation) == refusal(organisation, login="nobody")


def test_failures_slow_down_known_and_unknown_log_ins_alike(organisation: Organisation) -> None:
    for login in ("ada", "nobody"):
        for _ in range(FREE_FAILURES + 1):
            refusal(organisation, login=login, code="000000")
    assert refusal(organisation, login="nobody") == refusal(organisation)
    assert "Too many" in refusal(organisation)
    assert attempt(organisation, **organisation.credentials("hugo", organisation.now))


def test_the_right_three_are_refused_while_held_and_forget_the_failures_after(
    organisation: Organisation,
) -> None:
    for _ in range(FREE_FAILURES + 1):
        refusal(organisation, code="000000")
    with pytest.raises(WrongState):
        attempt(organisation)
    later = organisation.now + timedelta(seconds=31)
    assert services.log_in(now=later, **organisation.credentials("ada", later))
    assert not FailedLogIns.objects.exists()


@given(failures=st.integers(0, 10**6))
def test_a_delay_grows_and_never_shuts_anybody_out(failures: int) -> None:
    assert delay_after(failures) <= delay_after(failures + 1) <= LONGEST_DELAY


def test_failures_are_forgotten_after_a_day(organisation: Organisation) -> None:
    refusal(organisation, login="nobody")
    later = organisation.now + timedelta(days=1, minutes=1)
    with pytest.raises(NotPermitted):
        services.log_in(login="someone", passphrase="x", code="1", now=later)
    assert FailedLogIns.objects.count() == 1


def test_what_was_typed_into_the_log_in_field_is_not_stored(organisation: Organisation) -> None:
    refusal(organisation, login="my secret passphrase by mistake")
    assert "secret" not in FailedLogIns.objects.get().key


def test_an_unknown_log_in_costs_as_much_work_as_a_known_one(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked: list[Cost] = []

    def counting(passphrase: str, salt: bytes, cost: Cost) -> object:
        worked.append(cost)
        return passphrase_identity(passphrase, salt, cost)

    monkeypatch.setattr(keyring, "passphrase_identity", counting)
    refusal(organisation, passphrase="wrong")
    refusal(organisation, login="nobody")
    assert len(worked) == 2
    assert worked[0] == worked[1]


def test_the_database_holds_none_of_the_three_secrets_in_clear(organisation: Organisation) -> None:
    keys = opened(organisation, "ada")
    cookie = attempt(organisation)
    dump = everything_in_the_database()
    for secret in (keys.identity_seed, keys.signing_seed, keys.totp_secret, bytes.fromhex(cookie)):
        for written in (secret, secret.hex().encode(), secret.hex().upper().encode()):
            assert written not in dump
    assert keys.totp_base32.encode() not in dump
    assert passphrase_of("ada").encode() not in dump


def everything_in_the_database() -> bytes:
    """Every value of every row, raw."""
    parts: list[bytes] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for value in (value for row in cursor.fetchall() for value in row):
                is_raw = isinstance(value, bytes | memoryview)
                parts.append(bytes(value) if is_raw else str(value).encode())
    return b"\n".join(parts)


def opened(organisation: Organisation, login: str) -> StaffKeys:
    staff = Staff.objects.get(login=login)
    cost = Cost.parse(staff.cost)
    return keyring.open_with_passphrase(
        bytes(staff.sealed_keys), passphrase_of(login), bytes(staff.salt), cost
    )


def test_keys_slipped_into_the_database_do_not_log_in(organisation: Organisation) -> None:
    theirs, salt, cost = StaffKeys.new(), new_salt(), keyring.present_cost()
    sealed = keyring.seal_to_passphrase(theirs, "the thief's own passphrase", salt, cost)
    Staff.objects.filter(login="ada").update(sealed_keys=sealed, salt=salt, cost=str(cost))
    code = pyotp.TOTP(theirs.totp_base32).at(organisation.now)
    refusal(organisation, passphrase="the thief's own passphrase", code=code)


def test_no_repr_shows_a_key(organisation: Organisation) -> None:
    keys = opened(organisation, "ada")
    assert keys.identity_seed.hex() not in repr(keys)
    assert "seed" not in repr(keys)
    assert "seed" not in repr(organisation.actor("ada"))


def test_opening_a_session_is_endorsed_by_the_enrolled_key(organisation: Organisation) -> None:
    attempt(organisation)
    newest = latest_entries(1)[0]
    assert (newest.event, newest.actor) == (Event.SESSION_OPEN, organisation.staff["ada"].uid)
    assert organisation.audit().ok


def test_a_crowd_at_the_log_in_page_is_refused_and_nobody_is_held_for_it(organisation: Organisation) -> None:
    """Anybody can ask for 256 MiB; whoever is at work needs the memory and the threads."""
    with ExitStack() as crowd:
        for _ in range(AT_ONCE):
            crowd.enter_context(place())
        assert "Try again in a few seconds" in refusal(organisation)
        assert not FailedLogIns.objects.exists()
    attempt(organisation)
