# SPDX-License-Identifier: AGPL-3.0-or-later
"""A new epoch of a role key: headers change, bodies do not, and who left can open nothing any more."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from tests.organisation import ROOTS, Organisation
from tests.vault.records import CASE, stored
from watchword.accounts import services as accounts
from watchword.core.refusals import NotPermitted, WrongState
from watchword.core.sealing.errors import NoMatchingKey
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.unseal import unseal
from watchword.trust.manifest import sign
from watchword.vault import bodies
from watchword.vault.models import SealedRecord
from watchword.vault.opening import open_record, rewrap_role
from watchword.vault.selectors import not_yet_rewrapped


def opens(record: SealedRecord, identity: Identity) -> bool:
    record.refresh_from_db()
    sealed = bytes(record.header) + bodies.path_of(record.body_sha256).read_bytes()
    try:
        unseal(sealed, [identity])
    except NoMatchingKey:
        return False
    return True


def identity_of(organisation: Organisation, login: str, role: str) -> Identity:
    """The newest key of the role that this person holds."""
    keys = organisation.fresh_actor(login).keys
    assert keys is not None
    return keys.identities([role])[0]


def test_a_new_epoch_shuts_out_the_old_key_and_keeps_the_body(
    organisation: Organisation, settings: Settings
) -> None:
    record = stored(organisation, b"story")
    body = bodies.path_of(record.body_sha256).read_bytes()
    old = identity_of(organisation, "hugo", "vetting")
    assert opens(record, old)
    accounts.end_service(
        staff_id=organisation.staff["hugo"].uid,
        reason="moved on",
        actor=organisation.actor("petro"),
        now=organisation.now,
    )
    organisation.publish_manifest(settings)
    ada = organisation.fresh_actor("ada")
    assert rewrap_role(role="vetting", actor=ada, now=organisation.now) == 1
    assert not opens(record, old)
    assert opens(record, identity_of(organisation, "ada", "vetting"))
    assert bodies.path_of(record.body_sha256).read_bytes() == body
    assert open_record(record.uid, actor=ada, purpose="reading", now=organisation.now) == b"story"
    assert organisation.audit().ok


def test_other_readers_still_open_what_was_rewrapped(organisation: Organisation, settings: Settings) -> None:
    record = stored(organisation, b"story")
    accounts.new_epoch(role="vetting", actor=organisation.actor("petro"), now=organisation.now)
    organisation.publish_manifest(settings)
    rewrap_role(role="vetting", actor=organisation.fresh_actor("ada"), now=organisation.now)
    ben = organisation.fresh_actor("ben")
    assert open_record(record.uid, actor=ben, purpose="reading", now=organisation.now) == b"story"


def test_rewrapping_twice_does_nothing_the_second_time(
    organisation: Organisation, settings: Settings
) -> None:
    for kind in ("section:service", "section:skills", "section:motivation"):
        stored(organisation, b"story", kind=kind)
    organisation.publish_manifest(settings)
    ada = organisation.actor("ada")
    assert rewrap_role(role="vetting", actor=ada, now=organisation.now) == 3
    assert rewrap_role(role="vetting", actor=ada, now=organisation.now) == 0


def test_a_held_record_stays_held_under_its_new_header(
    organisation: Organisation, settings: Settings
) -> None:
    vote = stored(organisation, b"against", compartment="decision", writer="ben", held=True)
    organisation.publish_manifest(settings)
    rewrap_role(role="board", actor=organisation.actor("eva"), now=organisation.now)
    with pytest.raises(WrongState, match="held back"):
        open_record(vote.uid, actor=organisation.actor("eva"), purpose="reading", now=organisation.now)


def test_who_does_not_read_the_compartment_cannot_rewrap_it(
    organisation: Organisation, settings: Settings
) -> None:
    record = stored(organisation, b"story")
    organisation.publish_manifest(settings)
    with pytest.raises(NotPermitted):
        rewrap_role(role="vetting", actor=organisation.actor("iris"), now=organisation.now)
    record.refresh_from_db()
    assert record.manifest_version == 1


def test_a_recipient_swapped_in_the_database_is_never_sealed_to(
    organisation: Organisation, settings: Settings
) -> None:
    from watchword.accounts.models import RoleKey

    record = stored(organisation, b"story")
    thief = Identity.generate()
    manifest = organisation.publish_manifest(settings)
    RoleKey.objects.filter(role="vetting").update(recipient=str(thief.recipient))
    rewrap_role(role="vetting", actor=organisation.actor("ada"), now=organisation.now)
    assert not opens(record, thief)
    unsigned = sign(manifest, ROOTS[:1])
    Path(django_settings.WATCHWORD_MANIFEST).write_bytes(unsigned)
    with pytest.raises(WrongState, match="list of keys"):
        rewrap_role(role="vetting", actor=organisation.actor("ada"), now=organisation.now)


def test_what_is_left_to_do_is_known_by_role(organisation: Organisation) -> None:
    stored(organisation, b"story")
    stored(organisation, b"answers", compartment="contact", writer="iris")
    assert not_yet_rewrapped("vetting", 2).filter(case=CASE).count() == 2
    assert not_yet_rewrapped("intake", 2).count() == 1
    assert not_yet_rewrapped("vetting", 1).count() == 0
