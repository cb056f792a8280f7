# SPDX-License-Identifier: AGPL-3.0-or-later
"""Enrolling, granting, handing over keys, leaving: each in the ledger, and none of it to oneself."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError, transaction
from pytest_django import Settings

from tests.organisation import Organisation
from tests.vault.records import stored
from watchword.accounts import selectors, services
from watchword.accounts.models import Grant, RoleKeyCopy, Staff
from watchword.core.refusals import NotFound, NotPermitted, Refused, WrongState
from watchword.core.sealing.recipients import Identity
from watchword.journal.events import Event
from watchword.journal.selectors import latest_entries
from watchword.vault.opening import open_record, rewrap_role


def grant(organisation: Organisation, login: str, role: str, by: str = "petro") -> None:
    services.grant(
        staff_id=organisation.staff[login].uid,
        role=role,
        reason="needed",
        actor=organisation.actor(by),
        now=organisation.now,
    )


def revoke(organisation: Organisation, login: str, role: str, by: str = "petro") -> None:
    services.revoke(
        staff_id=organisation.staff[login].uid,
        role=role,
        reason="moved",
        actor=organisation.actor(by),
        now=organisation.now,
    )


def hand_over(organisation: Organisation, role: str, giver: str, receiver: str) -> int:
    return services.share_role_key(
        role=role,
        to_staff=organisation.staff[receiver].uid,
        actor=organisation.actor(giver),
        now=organisation.now,
    )


@pytest.mark.parametrize("by", ["ada", "aud", "cleo"])
def test_only_administrators_change_who_works_here(organisation: Organisation, by: str) -> None:
    with pytest.raises(NotPermitted):
        grant(organisation, "hugo", "board", by=by)
    with pytest.raises(NotPermitted):
        revoke(organisation, "hugo", "vetting", by=by)
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


def test_an_administrator_grants_himself_nothing_by_any_path(organisation: Organisation) -> None:
    petro = organisation.staff["petro"]
    with pytest.raises(NotPermitted):
        grant(organisation, "petro", "vetting")
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(
            uid="x", staff=petro, role="vetting", granted_by=petro, granted=organisation.now, reason=""
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.filter(staff__login="ada").update(granted_by_id=organisation.staff["ada"].uid)


def test_another_administrator_cannot_make_him_a_reader_either(organisation: Organisation) -> None:
    with pytest.raises(WrongState, match="no other role"):
        grant(organisation, "petro", "vetting", by="olha")


def test_a_granted_role_opens_nothing_until_a_holder_hands_over_the_key(organisation: Organisation) -> None:
    record = stored(organisation, b"evidence", compartment="evidence")
    grant(organisation, "iris", "board")
    iris = organisation.fresh_actor("iris")
    with pytest.raises(WrongState, match="handed over"):
        open_record(record.uid, actor=iris, purpose="reading", now=organisation.now)
    assert hand_over(organisation, "board", "ben", "iris") == 1
    iris = organisation.fresh_actor("iris")
    assert open_record(record.uid, actor=iris, purpose="reading", now=organisation.now) == b"evidence"
    assert organisation.audit().ok


def test_who_waits_is_shown_to_holders_alone(organisation: Organisation) -> None:
    grant(organisation, "iris", "board")
    seen = {
        login: [(one.role, one.name) for one in selectors.hand_overs_open_to(organisation.actor(login))]
        for login in ("ben", "ada", "petro", "aud", "iris")
    }
    assert seen == {
        "ben": [("board", "Iris")],
        "ada": [],
        "petro": [],
        "aud": [],
        "iris": [],
    }


def test_a_key_is_handed_to_nobody_who_was_not_granted_the_role(organisation: Organisation) -> None:
    with pytest.raises(WrongState, match="not granted"):
        hand_over(organisation, "board", "ben", "cleo")
    assert not RoleKeyCopy.objects.filter(staff=organisation.staff["cleo"], role_key__role="board").exists()


def test_who_waits_for_a_key_cannot_hand_it_on(organisation: Organisation) -> None:
    grant(organisation, "iris", "board")
    grant(organisation, "ada", "board")
    organisation.actors["iris"] = organisation.fresh_actor("iris")
    with pytest.raises(WrongState, match="no copy"):
        hand_over(organisation, "board", "iris", "ada")


def test_a_recipient_slipped_into_the_staff_table_is_given_no_key(organisation: Organisation) -> None:
    grant(organisation, "iris", "board")
    Staff.objects.filter(login="iris").update(recipient=str(Identity.generate().recipient))
    with pytest.raises(WrongState, match="not the one that was enrolled"):
        hand_over(organisation, "board", "ben", "iris")


def test_leaving_takes_everything_and_the_rest_go_on(organisation: Organisation, settings: Settings) -> None:
    record = stored(organisation, b"story")
    hugo = organisation.staff["hugo"]
    services.end_service(
        staff_id=hugo.uid, reason="moved on", actor=organisation.actor("petro"), now=organisation.now
    )
    assert selectors.roles_of(hugo.uid) == frozenset()
    assert not RoleKeyCopy.objects.filter(staff=hugo).exists()
    key = selectors.current_role_key("vetting")
    assert key is not None
    assert key.epoch == 2
    ada = organisation.fresh_actor("ada")
    assert open_record(record.uid, actor=ada, purpose="reading", now=organisation.now) == b"story"
    organisation.publish_manifest(settings)
    rewrap_role(role="vetting", actor=ada, now=organisation.now)
    petro = organisation.actor("petro")
    assert services.destroy_retired(role="vetting", actor=petro, now=organisation.now)
    assert not RoleKeyCopy.objects.filter(role_key__role="vetting", role_key__epoch=1).exists()
    ada = organisation.fresh_actor("ada")
    assert open_record(record.uid, actor=ada, purpose="reading", now=organisation.now) == b"story"
    acts = {moment.event for moment in latest_entries(12)}
    assert {Event.ROLE_REVOKE, Event.STAFF_LEAVE, Event.KEY_EPOCH, Event.HEADER_REWRAP} <= acts
    assert organisation.audit().ok


def test_nobody_leaves_twice_or_gets_a_role_after_leaving(organisation: Organisation) -> None:
    for attempt in range(2):
        leave = {"staff_id": organisation.staff["hugo"].uid, "reason": "x", "now": organisation.now}
        if attempt:
            with pytest.raises(WrongState, match="left already"):
                services.end_service(**leave, actor=organisation.actor("petro"))  # type: ignore[arg-type]  # the test names the fields
        else:
            services.end_service(**leave, actor=organisation.actor("petro"))  # type: ignore[arg-type]  # the test names the fields
    with pytest.raises(WrongState, match="has left"):
        grant(organisation, "hugo", "vetting")


def test_the_last_copy_of_a_key_is_never_destroyed(organisation: Organisation) -> None:
    iris = organisation.staff["iris"]
    revoke(organisation, "iris", "intake")
    assert RoleKeyCopy.objects.filter(staff=iris, role_key__role="intake").count() == 1
    assert selectors.holders("intake").count() == 0


def test_old_keys_stay_while_a_record_needs_them(organisation: Organisation, settings: Settings) -> None:
    stored(organisation, b"story")
    services.new_epoch(role="vetting", actor=organisation.actor("petro"), now=organisation.now)
    organisation.publish_manifest(settings)
    with pytest.raises(WrongState, match="1 records are still sealed"):
        services.destroy_retired(role="vetting", actor=organisation.actor("petro"), now=organisation.now)


def test_a_newcomer_waits_for_every_key_also_for_those_made_meanwhile(organisation: Organisation) -> None:
    record = stored(organisation, b"story")
    services.new_epoch(role="vetting", actor=organisation.actor("petro"), now=organisation.now)
    organisation.enrol("nina", "vetting")
    services.new_epoch(role="vetting", actor=organisation.actor("petro"), now=organisation.now)
    assert [person.login for person in selectors.missing_copies("vetting")] == ["nina"]
    organisation.actors["ada"] = organisation.fresh_actor("ada")
    assert hand_over(organisation, "vetting", "ada", "nina") == 3
    nina = organisation.actor("nina")
    assert open_record(record.uid, actor=nina, purpose="reading", now=organisation.now) == b"story"


def test_a_role_without_readers_has_no_key(organisation: Organisation) -> None:
    with pytest.raises(WrongState, match="has no key"):
        services.new_epoch(role="administrator", actor=organisation.actor("petro"), now=organisation.now)
    with pytest.raises(WrongState, match="a key already"):
        services.create_role_key(role="board", actor=organisation.actor("petro"), now=organisation.now)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"passphrase": "short"}, "at least 16"),
        ({"login": "ada"}, "already"),
        ({"roles": ["administrator", "board"]}, "no other role"),
        ({"roles": ["emperor"]}, "no such role"),
    ],
)
def test_an_enrolment_that_is_not_right_leaves_nothing(
    organisation: Organisation, changed: dict[str, object], sentence: str
) -> None:
    before = Staff.objects.count()
    wanted: dict[str, object] = {
        "login": "nina",
        "name": "Nina",
        "roles": ["vetting"],
        "passphrase": "nina walks over the bridge",
        "language": "uk",
        **changed,
    }
    with pytest.raises(Refused, match=sentence):
        services.enrol(**wanted, actor=organisation.actor("petro"), now=organisation.now)  # type: ignore[arg-type]  # the test names the fields
    assert Staff.objects.count() == before


def test_a_desk_is_founded_once(organisation: Organisation) -> None:
    with pytest.raises(WrongState, match="staff already"):
        services.found(
            login="z", name="Z", passphrase="z walks over the bridge", language="en", now=organisation.now
        )


def test_a_courier_without_its_key_file_does_nothing(organisation: Organisation) -> None:
    path = Path(django_settings.WATCHWORD_COURIER_KEY)
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_text(path.read_text().replace('"ed25519": "', '"ed25519": "00'))
    with pytest.raises(WrongState, match="key file"):
        services.courier_actor(organisation.now)
    path.unlink()
    with pytest.raises(WrongState, match="key file"):
        services.courier_sign(b"x")


def test_an_unknown_person_is_not_found(organisation: Organisation) -> None:
    with pytest.raises(NotFound):
        services.grant(
            staff_id="00" * 16,
            role="board",
            reason="x",
            actor=organisation.actor("petro"),
            now=organisation.now,
        )


def test_a_second_self_of_an_administrator_gets_no_new_key_of_a_role(
    organisation: Organisation, settings: Settings
) -> None:
    """He enrols an invented person, grants the role, and renews its key: what comes is still not for him."""
    organisation.enrol("shade", "vetting")
    services.new_epoch(role="vetting", actor=organisation.actor("petro"), now=organisation.now)
    organisation.publish_manifest(settings)
    record = stored(organisation, b"story", compartment="story")
    with pytest.raises(WrongState, match="handed over the key"):
        open_record(record.uid, actor=organisation.actor("shade"), purpose="case-work", now=organisation.now)
    opened = open_record(
        record.uid, actor=organisation.actor("ada"), purpose="case-work", now=organisation.now
    )
    assert opened == b"story"


def test_a_role_whose_holders_have_all_left_begins_anew_with_those_granted(
    organisation: Organisation,
) -> None:
    organisation.enrol("nadia", "medical")
    revoke(organisation, "mira", "medical")
    key = services.new_epoch(role="medical", actor=organisation.actor("petro"), now=organisation.now)
    assert [copy.staff.login for copy in key.copies.all()] == ["nadia"]
