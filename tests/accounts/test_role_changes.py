# SPDX-License-Identifier: AGPL-3.0-or-later
"""Roles are given and taken by two administrators, in an emergency taken by one, and never by oneself."""

import pytest
from django.db import IntegrityError, transaction

from tests.accounts.role_changes import confirm, end, propose, revoke_now
from tests.organisation import Organisation
from tests.vault.records import stored
from watchword.accounts import selectors, services
from watchword.accounts.models import Grant, RoleKeyCopy, RoleProposal, Staff
from watchword.accounts.proposals import open_proposals
from watchword.accounts.rules import Change
from watchword.core.refusals import NotPermitted, Refused, WrongState
from watchword.vault.opening import open_record


@pytest.mark.parametrize("by", ["ada", "aud", "cleo"])
def test_only_administrators_change_who_works_here(organisation: Organisation, by: str) -> None:
    waiting = propose(organisation, "iris", "board", by="petro")
    for change, role in ((Change.GRANT, "board"), (Change.REVOKE, "vetting")):
        with pytest.raises(NotPermitted):
            propose(organisation, "hugo", role, by, change)
    for attempt in (services.confirm, services.drop):
        with pytest.raises(NotPermitted):
            attempt(uid=waiting, actor=organisation.actor(by), now=organisation.now)
    with pytest.raises(NotPermitted):
        revoke_now(organisation, "hugo", "vetting", by=by)
    with pytest.raises(NotPermitted):
        services.enrol(
            login="spy",
            name="Spy",
            roles=["vetting"],
            passphrase="a passphrase of a spy",
            language="en",
            actor=organisation.actor(by),
            now=organisation.now,
        )
    assert not Staff.objects.filter(login="spy").exists()


def test_a_role_is_given_by_two_and_by_no_one_alone(organisation: Organisation) -> None:
    hugo = organisation.staff["hugo"].uid
    waiting = propose(organisation, "hugo", "board", by="petro")
    assert selectors.roles_of(hugo) == {"vetting"}
    with pytest.raises(NotPermitted, match="another administrator"):
        confirm(organisation, waiting, by="petro")
    with pytest.raises(WrongState, match="waits for another"):
        propose(organisation, "hugo", "board", by="olha")
    confirm(organisation, waiting, by="olha")
    assert selectors.roles_of(hugo) == {"vetting", "board"}
    with pytest.raises(WrongState, match="settled already"):
        confirm(organisation, waiting, by="olha")
    assert organisation.audit().ok


def test_an_administrator_neither_asks_nor_agrees_for_himself(organisation: Organisation) -> None:
    third(organisation)
    with pytest.raises(NotPermitted, match="their own"):
        propose(organisation, "petro", "auditor", by="petro")
    about_petro = propose(organisation, "petro", "administrator", by="olha", change=Change.REVOKE)
    with pytest.raises(NotPermitted, match="your own role"):
        confirm(organisation, about_petro, by="petro")
    with pytest.raises(NotPermitted, match="their own"):
        services.drop(uid=about_petro, actor=organisation.actor("petro"), now=organisation.now)
    with pytest.raises(NotPermitted, match="their own"):
        revoke_now(organisation, "petro", "administrator", by="petro")
    confirm(organisation, about_petro, by="theo")
    assert selectors.roles_of(organisation.staff["petro"].uid) == frozenset()
    assert organisation.audit().ok


def third(organisation: Organisation) -> None:
    organisation.enrol("theo", "administrator")


def test_the_law_of_two_holds_in_the_database_as_well(organisation: Organisation) -> None:
    petro, hugo = organisation.staff["petro"], organisation.staff["hugo"]
    waiting = RoleProposal.objects.filter(pk=propose(organisation, "hugo", "board", by="petro"))
    broken = (
        {"proposed_by": hugo},
        {"state": "confirmed", "settled_by": petro},
        {"state": "confirmed", "settled_by": hugo},
        {"state": "confirmed", "settled_by": None},
    )
    for change in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            waiting.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(
            uid="x", staff=petro, role="vetting", granted_by=petro, granted=organisation.now, reason=""
        )


def test_another_administrator_cannot_make_him_a_reader_either(organisation: Organisation) -> None:
    with pytest.raises(WrongState, match="no other role"):
        propose(organisation, "petro", "vetting", by="olha")


def test_what_made_sense_when_it_was_proposed_is_looked_at_again(organisation: Organisation) -> None:
    organisation.enrol("nina")
    auditor = propose(organisation, "nina", "auditor", by="petro")
    board = propose(organisation, "nina", "board", by="olha")
    confirm(organisation, auditor, by="olha")
    with pytest.raises(WrongState, match="no other role"):
        confirm(organisation, board, by="petro")
    services.drop(uid=board, actor=organisation.actor("olha"), now=organisation.now)
    assert selectors.roles_of(organisation.staff["nina"].uid) == {"auditor"}
    assert organisation.audit().ok


def test_a_proposal_dies_with_the_rights_of_who_made_it(organisation: Organisation) -> None:
    third(organisation)
    waiting = propose(organisation, "hugo", "board", by="petro")
    revoke_now(organisation, "petro", "administrator", by="olha")
    with pytest.raises(WrongState, match="no administrator any more"):
        confirm(organisation, waiting, by="theo")
    organisation.actors["petro"] = organisation.fresh_actor("petro")
    with pytest.raises(NotPermitted):
        propose(organisation, "cleo", "board", by="petro")


def test_two_administrators_stay_whoever_goes_and_however(organisation: Organisation) -> None:
    with pytest.raises(WrongState, match="Two administrators must stay"):
        revoke_now(organisation, "olha", "administrator")
    with pytest.raises(WrongState, match="Two administrators must stay"):
        end(organisation, "olha")
    assert selectors.roles_of(organisation.staff["olha"].uid) == {"administrator"}
    third(organisation)
    end(organisation, "olha")
    with pytest.raises(WrongState, match="Two administrators must stay"):
        revoke_now(organisation, "theo", "administrator")
    assert organisation.audit().ok


def test_an_emergency_takes_effect_at_once_and_waits_for_a_second_look(organisation: Organisation) -> None:
    record = stored(organisation, b"story")
    open_before = organisation.browser("hugo")
    revoke_now(organisation, "hugo", "vetting")
    hugo = organisation.staff["hugo"]
    assert selectors.roles_of(hugo.uid) == frozenset()
    assert not RoleKeyCopy.objects.filter(staff=hugo).exists()
    # The session, its cookie and the page that was open stay; what they could open is gone.
    assert open_before.get("/cases/").status_code == 403
    with pytest.raises(NotPermitted):
        open_record(
            record.uid, actor=organisation.fresh_actor("hugo"), purpose="reading", now=organisation.now
        )
    (waiting,) = open_proposals()
    for wrong in (services.confirm, services.drop):
        with pytest.raises(Refused):
            wrong(uid=waiting.uid, actor=organisation.actor("petro"), now=organisation.now)
    confirm(organisation, waiting.uid, by="olha")
    assert not open_proposals().exists()
    assert organisation.audit().ok


def test_the_founder_makes_one_administrator_alone_and_once(organisation: Organisation) -> None:
    with pytest.raises(WrongState, match="two administrators"):
        services.second_administrator(
            login="zoe",
            name="Zoe",
            passphrase="zoe walks over the bridge",
            language="en",
            founder=organisation.actor("olha"),
            now=organisation.now,
        )
    assert not Staff.objects.filter(login="zoe").exists()
