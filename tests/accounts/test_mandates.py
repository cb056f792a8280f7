# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whoever watches the others does so until a day that two named: then nothing opens, no session goes on."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.organisation import Organisation
from watchword.accounts import services
from watchword.accounts.models import Grant, RoleKeyCopy, StaffSession
from watchword.accounts.proposals import open_proposals
from watchword.accounts.rules import LONGEST_MANDATE, Change, mandate_until
from watchword.accounts.selectors import ENDING, roles_of
from watchword.core.refusals import WrongState
from watchword.desk.selectors import home

AUDITOR = "auditor"


def auditor(organisation: Organisation) -> tuple[str, datetime]:
    """The auditor of the small organisation, and when the mandate ends."""
    grant = Grant.objects.get(role=AUDITOR, revoked=None)
    assert grant.until is not None
    return grant.staff.login, grant.until


def issue(organisation: Organisation, login: str, until: date | None, now: datetime) -> None:
    staff_id = organisation.staff[login].uid
    services.propose(
        change=Change.GRANT,
        staff_id=staff_id,
        role=AUDITOR,
        reason="the winter",
        actor=organisation.fresh_actor("petro", now),
        now=now,
        until=until,
    )
    proposal = open_proposals().get(role=AUDITOR)
    services.confirm(uid=proposal.uid, actor=organisation.fresh_actor("olha", now), now=now)


@pytest.mark.parametrize("days", [-1, 0, 91])
def test_a_mandate_ends_after_today_and_within_ninety_days(days: int, organisation: Organisation) -> None:
    asked = (organisation.now + timedelta(days=days)).date()
    with pytest.raises(WrongState, match="ninety days"):
        mandate_until(AUDITOR, asked, organisation.now)
    with pytest.raises(WrongState, match="Leave it empty"):
        mandate_until("board", asked, organisation.now)


def test_the_database_takes_no_auditor_without_an_end(organisation: Organisation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.filter(role=AUDITOR).update(until=None)


def test_at_the_end_session_and_keys_are_gone_and_the_ledger_says_so(
    organisation: Organisation,
) -> None:
    login, until = auditor(organisation)
    assert organisation.now < until <= organisation.now + LONGEST_MANDATE
    before = until - timedelta(hours=1)
    cookie = services.log_in(now=before, **organisation.credentials(login, before))
    resumed = services.resume(cookie=cookie, now=before)
    assert resumed is not None
    assert resumed.actor.roles == {AUDITOR}
    just_over = until + timedelta(seconds=1)
    StaffSession.objects.update(seen=just_over)
    resumed = services.resume(cookie=cookie, now=just_over)
    assert resumed is not None
    assert not resumed.actor.permissions
    services.forget_idle(just_over)
    assert services.resume(cookie=cookie, now=just_over) is None
    assert roles_of(organisation.staff[login].uid) == frozenset()
    others = Grant.objects.filter(role=AUDITOR, revoked=None).exists()
    assert not others
    assert organisation.audit().ok


def test_administrators_are_told_before_and_issue_it_anew(organisation: Organisation) -> None:
    login, until = auditor(organisation)
    told = until - ENDING
    petro = organisation.actor("petro")
    assert home(viewer=petro, now=told - timedelta(minutes=1)).mandates == []
    assert [one.until for one in home(viewer=petro, now=told).mandates] == [until]
    assert home(viewer=organisation.actor("ada"), now=told).mandates == []
    held = RoleKeyCopy.objects.filter(staff__login=login).count()
    issue(organisation, login, until.date() + timedelta(days=30), told)
    assert home(viewer=petro, now=told).mandates == []
    assert auditor(organisation)[1] == until + timedelta(days=30)
    assert RoleKeyCopy.objects.filter(staff__login=login).count() == held
    services.forget_idle(until)
    assert roles_of(organisation.staff[login].uid) == {AUDITOR}
    assert organisation.audit().ok


def test_a_mandate_that_waited_beyond_its_own_end_gives_nothing(organisation: Organisation) -> None:
    organisation.enrol("zoe")
    now = organisation.now
    staff_id, soon = organisation.staff["zoe"].uid, now.date() + timedelta(days=1)
    asked = services.propose(
        change=Change.GRANT,
        staff_id=staff_id,
        role=AUDITOR,
        reason="a look",
        actor=organisation.actor("petro"),
        now=now,
        until=soon,
    )
    later = now + timedelta(days=2)
    with pytest.raises(WrongState, match="ended already"):
        services.confirm(uid=asked.uid, actor=organisation.fresh_actor("olha", later), now=later)
