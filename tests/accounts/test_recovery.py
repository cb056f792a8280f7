# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recovery: never by one, never at once, never without the phrase; and whoever helps reads nothing by it."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.accounts.test_passkeys import add, log_in
from tests.authenticator import Authenticator
from tests.organisation import Organisation, passphrase_of
from watchword.accounts import recoveries, services
from watchword.accounts.models import Recovery, RoleKeyCopy, StaffSession
from watchword.accounts.services.recovery import MOST_WAITING, Asked
from watchword.core.refusals import NotFound, NotPermitted, Refused, WrongState
from watchword.core.sealing.primitives import ed25519_public
from watchword.journal.events import Event
from watchword.journal.selectors import latest_entries

NEW = "a passphrase of the second beginning"
DAY = timedelta(days=1)


def ask(organisation: Organisation, login: str = "ada") -> Asked:
    return services.ask_recovery(login=login, now=organisation.now)


def approve(
    organisation: Organisation, asked: Asked, by: str, *, number: str = "", at: datetime | None = None
) -> Recovery:
    row = Recovery.objects.get(number=asked.number)
    return services.approve_recovery(
        uid=row.uid, number=number or asked.number, actor=organisation.actor(by), now=at or organisation.now
    )


def finish(organisation: Organisation, asked: Asked, *, login: str = "ada", after: timedelta = DAY) -> str:
    enrolment = services.finish_recovery(
        login=login, phrase=asked.phrase, passphrase=NEW, now=organisation.now + after
    )
    organisation.secrets[login] = enrolment.totp_secret
    return enrolment.staff.uid


def approved(organisation: Organisation, login: str = "ada") -> Asked:
    asked = ask(organisation, login)
    for by in ("olha", "petro"):
        approve(organisation, asked, by)
    return asked


def test_two_administrators_a_day_and_the_phrase_give_new_keys_and_end_the_old_ones(
    organisation: Organisation,
) -> None:
    device = Authenticator()
    add(organisation, device)
    old = services.log_in(now=organisation.now, **organisation.credentials("ada", organisation.now))
    asked = approved(organisation)
    ada = finish(organisation, asked)
    later = organisation.now + DAY
    assert services.resume(cookie=old, now=organisation.now) is None
    assert not StaffSession.objects.filter(staff=ada).exists()
    with pytest.raises(NotPermitted):
        log_in(organisation, device)
    typed = organisation.credentials("ada", later)
    with pytest.raises(NotPermitted):
        services.log_in(now=later, **typed)
    actor = services.unlock_for(now=later, **{**typed, "passphrase": NEW})
    assert actor.roles == {"vetting"}
    assert organisation.audit().ok


def test_nothing_sealed_to_a_role_opens_until_a_holder_hands_the_key_over_again(
    organisation: Organisation,
) -> None:
    ada = finish(organisation, approved(organisation))
    assert not RoleKeyCopy.objects.filter(staff=ada).exists()
    later = organisation.now + DAY
    typed = {**organisation.credentials("ada", later), "passphrase": NEW}
    actor = services.unlock_for(now=later, **typed)
    assert actor.keys is not None
    assert actor.keys.identities(["vetting"]) == []
    hugo = organisation.fresh_actor("hugo", later)
    services.share_role_key(role="vetting", to_staff=ada, actor=hugo, now=later)
    fresh = services.unlock_for(now=later, **{**organisation.credentials("ada", later), "passphrase": NEW})
    assert fresh.keys is not None
    assert fresh.keys.identities(["vetting"]) != []
    assert organisation.audit().ok


def test_one_administrator_does_not_approve_twice_and_the_database_knows(organisation: Organisation) -> None:
    asked = ask(organisation)
    row = approve(organisation, asked, "petro")
    with pytest.raises(NotPermitted, match="another administrator"):
        approve(organisation, asked, "petro")
    with pytest.raises(WrongState, match="Two administrators must"):
        finish(organisation, asked)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.filter(pk=row.pk).update(
            seconded_by=organisation.staff["petro"], seconded=organisation.now
        )


def test_nobody_approves_their_own_and_who_is_no_administrator_approves_nothing(
    organisation: Organisation,
) -> None:
    asked = ask(organisation, "petro")
    with pytest.raises(NotPermitted, match="your own"):
        approve(organisation, asked, "petro")
    with pytest.raises(NotPermitted):
        approve(organisation, asked, "hugo")
    with pytest.raises(WrongState, match="number"):
        approve(organisation, asked, "olha", number="00000000")
    assert Recovery.objects.get().approved_by is None


@pytest.mark.parametrize("after", [timedelta(0), DAY - timedelta(minutes=1)])
def test_it_cannot_be_finished_before_the_day_is_over(organisation: Organisation, after: timedelta) -> None:
    asked = approved(organisation)
    with pytest.raises(WrongState, match="a day after"):
        finish(organisation, asked, after=after)
    assert services.log_in(now=organisation.now, **organisation.credentials("ada", organisation.now))


def test_another_phrase_or_the_phrase_of_somebody_else_finishes_nothing(organisation: Organisation) -> None:
    approved(organisation)
    theirs = ask(organisation, "cleo")
    nobodys = ask(organisation, "nobody")
    assert Recovery.objects.count() == 2
    for wrong in (theirs, nobodys):
        with pytest.raises(NotPermitted):
            finish(organisation, wrong)
    with pytest.raises(NotPermitted):
        finish(organisation, theirs, login="nobody")


def test_it_is_finished_once(organisation: Organisation) -> None:
    asked = approved(organisation)
    finish(organisation, asked)
    with pytest.raises(Refused):
        finish(organisation, asked, after=2 * DAY)


@pytest.mark.parametrize("by", ["ada", "olha"])
def test_whoever_it_is_about_or_an_administrator_stops_it_and_the_ledger_says_so(
    organisation: Organisation, by: str
) -> None:
    asked = approved(organisation)
    row = Recovery.objects.get()
    with pytest.raises(NotPermitted):
        services.stop_recovery(uid=row.uid, actor=organisation.actor("hugo"), now=organisation.now)
    services.stop_recovery(uid=row.uid, actor=organisation.actor(by), now=organisation.now)
    assert latest_entries(1)[0].event is Event.RECOVERY_STOP
    with pytest.raises(NotPermitted):
        finish(organisation, asked)
    assert organisation.audit().ok


def test_a_claim_put_into_the_database_by_a_thief_is_found_by_the_verifier(
    organisation: Organisation,
) -> None:
    approved(organisation)
    thiefs = services.ask_recovery(login="cleo", now=organisation.now)
    stolen = recoveries.claim_seed(thiefs.phrase, organisation.staff["ada"].uid)
    public = ed25519_public(stolen).hex()
    Recovery.objects.filter(staff=organisation.staff["ada"]).update(claim=public)
    finish(organisation, thiefs)
    assert "recovery.unapproved" in {finding.fault for finding in organisation.audit().findings}


def test_requests_of_strangers_do_not_fill_the_list_nor_push_out_what_was_approved(
    organisation: Organisation,
) -> None:
    asked = ask(organisation)
    approve(organisation, asked, "petro")
    for _ in range(MOST_WAITING + 3):
        ask(organisation)
    assert Recovery.objects.count() == MOST_WAITING + 1
    assert Recovery.objects.filter(number=asked.number).exists()


def test_a_request_that_nobody_approved_is_forgotten_after_a_week(organisation: Organisation) -> None:
    asked = ask(organisation)
    with pytest.raises(NotFound):
        approve(organisation, asked, "olha", at=organisation.now + 8 * DAY)


def test_the_phrase_is_in_no_row_of_the_database(organisation: Organisation) -> None:
    asked = approved(organisation)
    row = Recovery.objects.get()
    digits = asked.phrase.replace(" ", "")
    assert digits not in "".join(str(getattr(row, field.attname)) for field in row._meta.concrete_fields)
    assert passphrase_of("ada") != NEW
