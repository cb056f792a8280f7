# SPDX-License-Identifier: AGPL-3.0-or-later
"""Enrolling, granting, handing over keys, leaving: each in the ledger, and none of it to oneself."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from tests.accounts.role_changes import confirm, end, propose
from tests.organisation import Organisation, passphrase_of
from tests.vault.records import stored
from watchword.accounts import key_states, selectors, services
from watchword.accounts.keyring import open_with_passphrase
from watchword.accounts.models import RoleKeyCopy, RoleProposal, Staff
from watchword.accounts.proposals import open_proposals
from watchword.core.refusals import NotFound, NotPermitted, Refused, WrongState
from watchword.core.sealing.errors import NoMatchingKey
from watchword.core.sealing.passphrase import Cost
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.wrapping import find_file_key
from watchword.journal.events import Event
from watchword.journal.selectors import latest_entries
from watchword.vault import headers
from watchword.vault.opening import open_record, unlock


def hand_over(organisation: Organisation, role: str, giver: str, receiver: str) -> int:
    return services.share_role_key(
        role=role,
        to_staff=organisation.staff[receiver].uid,
        actor=organisation.actor(giver),
        now=organisation.now,
    )


def test_a_granted_role_opens_nothing_until_a_holder_hands_over_the_key(organisation: Organisation) -> None:
    record = stored(organisation, b"evidence", compartment="evidence")
    organisation.grant("iris", "board")
    iris = organisation.fresh_actor("iris")
    with pytest.raises(WrongState, match="handed over"):
        open_record(record.uid, actor=iris, purpose="reading", now=organisation.now)
    assert hand_over(organisation, "board", "ben", "iris") == 1
    iris = organisation.fresh_actor("iris")
    assert open_record(record.uid, actor=iris, purpose="reading", now=organisation.now) == b"evidence"
    assert organisation.audit().ok


def test_who_waits_is_shown_to_holders_alone(organisation: Organisation) -> None:
    organisation.grant("iris", "board")
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
    organisation.grant("iris", "board")
    organisation.grant("ada", "board")
    organisation.actors["iris"] = organisation.fresh_actor("iris")
    with pytest.raises(WrongState, match="no copy"):
        hand_over(organisation, "board", "iris", "ada")


def test_a_recipient_slipped_into_the_staff_table_is_given_no_key(organisation: Organisation) -> None:
    organisation.grant("iris", "board")
    Staff.objects.filter(login="iris").update(recipient=str(Identity.generate().recipient))
    with pytest.raises(WrongState, match="not the one that was enrolled"):
        hand_over(organisation, "board", "ben", "iris")


def test_leaving_takes_everything_and_the_rest_go_on(organisation: Organisation, settings: Settings) -> None:
    record = stored(organisation, b"story")
    hugo, old_tab = organisation.staff["hugo"], organisation.browser("hugo")
    kept_copy = RoleKeyCopy.objects.get(staff=hugo, role_key__role="vetting")
    waiting = propose(organisation, "hugo", "board", by="olha")
    end(organisation, "hugo")
    assert selectors.roles_of(hugo.uid) == frozenset()
    assert not RoleKeyCopy.objects.filter(staff=hugo).exists()
    assert not hugo.sessions.exists()
    assert RoleProposal.objects.get(pk=waiting).state == "dropped"
    # The cookie that was in his browser, with the page that was open.
    for answer in (
        old_tab.get("/"),
        old_tab.post("/keys/vetting/renew/"),
        old_tab.post("/keys/vetting/re-wrap/"),
    ):
        assert answer.headers["Location"] == "/log-in/"
    with pytest.raises(NotPermitted):
        organisation.fresh_actor("hugo")
    assert key_states.stale_keys_of(organisation.actor("ada")) == ["vetting"]
    organisation.new_epoch("vetting", by="ada")
    organisation.publish_manifest(settings)
    assert organisation.rewrap("vetting", by="ada") == 1
    ada = organisation.actor("ada")
    assert services.destroy_retired(role="vetting", actor=ada, now=organisation.now) == 2
    assert not RoleKeyCopy.objects.filter(role_key__role="vetting", role_key__epoch=1).exists()
    # A copy of the key that he made while he was here opens nothing that is stored now.
    stolen = Identity.from_seed(unlock(bytes(kept_copy.sealed), identity_of(organisation, "hugo")))
    record.refresh_from_db()
    with pytest.raises(NoMatchingKey):
        find_file_key(headers.bare(record), [stolen])
    ada = organisation.fresh_actor("ada")
    assert open_record(record.uid, actor=ada, purpose="reading", now=organisation.now) == b"story"
    acts = {moment.event for moment in latest_entries(20)}
    left = {Event.ROLE_REVOKE_NOW, Event.STAFF_LEAVE}
    assert left | {Event.KEY_EPOCH, Event.HEADER_REWRAP, Event.KEY_DESTROY} <= acts
    assert organisation.audit().ok


def identity_of(organisation: Organisation, login: str) -> Identity:
    """What a person's copies are sealed to, from the keys that the passphrase still opens."""
    staff = Staff.objects.get(login=login)
    cost = Cost.parse(staff.cost)
    return open_with_passphrase(
        bytes(staff.sealed_keys), passphrase_of(login), bytes(staff.salt), cost
    ).identity


def test_nobody_leaves_twice_or_gets_a_role_after_leaving(organisation: Organisation) -> None:
    end(organisation, "hugo")
    with pytest.raises(WrongState, match="left already"):
        end(organisation, "hugo")
    with pytest.raises(WrongState, match="has left"):
        propose(organisation, "hugo", "vetting", by="petro")
    # The look at his roles afterwards is still possible.
    confirm(organisation, open_proposals().get().uid, by="olha")


def test_the_last_copy_of_a_key_is_never_destroyed(organisation: Organisation) -> None:
    iris = organisation.staff["iris"]
    organisation.revoke("iris", "intake")
    assert RoleKeyCopy.objects.filter(staff=iris, role_key__role="intake").count() == 1
    assert selectors.holders("intake").count() == 0


def test_old_keys_stay_while_a_record_needs_them(organisation: Organisation, settings: Settings) -> None:
    stored(organisation, b"story")
    organisation.new_epoch("vetting", by="ada")
    ada = organisation.actor("ada")
    with pytest.raises(WrongState, match="Sign a new list first"):
        services.destroy_retired(role="vetting", actor=ada, now=organisation.now)
    organisation.publish_manifest(settings)
    with pytest.raises(WrongState, match="1 record is still sealed"):
        services.destroy_retired(role="vetting", actor=ada, now=organisation.now)


def test_a_newcomer_waits_for_every_key_also_for_those_made_meanwhile(organisation: Organisation) -> None:
    record = stored(organisation, b"story")
    organisation.new_epoch("vetting", by="ada")
    organisation.enrol("nina", "vetting")
    organisation.new_epoch("vetting", by="ada")
    assert [person.login for person in selectors.missing_copies("vetting")] == ["nina"]
    with pytest.raises(WrongState, match="no copy"):
        organisation.new_epoch("vetting", by="nina")
    assert hand_over(organisation, "vetting", "ada", "nina") == 3
    nina = organisation.fresh_actor("nina")
    assert open_record(record.uid, actor=nina, purpose="reading", now=organisation.now) == b"story"
    assert organisation.audit().ok


def test_no_administrator_makes_a_key_and_a_role_without_readers_has_none(organisation: Organisation) -> None:
    for by, role in (("petro", "vetting"), ("iris", "vetting"), ("aud", "board")):
        with pytest.raises(NotPermitted, match="holds this role"):
            organisation.new_epoch(role, by=by)
    with pytest.raises(WrongState, match="has no key"):
        organisation.new_epoch("administrator", by="petro")
    with pytest.raises(WrongState, match="a key already"):
        services.create_role_key(role="board", actor=organisation.actor("ben"), now=organisation.now)


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
        services.revoke_now(
            staff_id="00" * 16,
            role="board",
            reason="x",
            actor=organisation.actor("petro"),
            now=organisation.now,
        )
    with pytest.raises(NotFound):
        confirm(organisation, "00" * 16, by="petro")


def test_a_second_self_of_the_administrators_gets_no_new_key_of_a_role(
    organisation: Organisation, settings: Settings
) -> None:
    """Two enrol an invented person and grant the role; a holder makes a key: it is still not theirs."""
    organisation.enrol("shade", "vetting")
    organisation.new_epoch("vetting", by="ada")
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
    with pytest.raises(WrongState, match="no copy"):
        organisation.new_epoch("medical", by="nadia")
    organisation.revoke("mira", "medical")
    key = organisation.new_epoch("medical", by="nadia")
    assert [copy.staff.login for copy in key.copies.all()] == ["nadia"]
