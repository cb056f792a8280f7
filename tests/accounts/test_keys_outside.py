# SPDX-License-Identifier: AGPL-3.0-or-later
"""A seat's key that never was at the Desk: told by its public half, needed by nothing here, handed on."""

from dataclasses import replace

import pytest
from pytest_django import Settings

from tests.organisation import Organisation
from tests.vault.records import stored
from watchword.accounts import key_states, outside, services
from watchword.accounts.key_states import Seat
from watchword.accounts.models import RoleKey, RoleKeyCopy
from watchword.accounts.services import rewrapping
from watchword.core.refusals import Refused, WrongState
from watchword.core.sealing import handing_on as files
from watchword.core.sealing.handing_on import HeadersAnew
from watchword.core.sealing.primitives import sha256
from watchword.core.sealing.recipients import Identity, Recipient
from watchword.core.sealing.seat import address_of
from watchword.core.sealing.unseal import rewrap, unseal
from watchword.vault import bodies, headers
from watchword.vault.models import SealedRecord
from watchword.vault.opening import open_record

SEAT = "custodian-1"


def bring(organisation: Organisation, address: object, by: str = "halyna", holder: str = "") -> RoleKey:
    held_by = organisation.staff[holder or by].uid
    actor = organisation.actor(by)
    return services.bring_key(
        role=SEAT, address=str(address), held_by=held_by, actor=actor, now=organisation.now
    )


def state_of(organisation: Organisation, who: str) -> Seat:
    states = key_states.role_keys(viewer=organisation.fresh_actor(who), now=organisation.now)
    found = next(one.seat for one in states if one.role == SEAT)
    assert found is not None
    return found


def share(organisation: Organisation, payload: bytes = b"a share") -> SealedRecord:
    return stored(organisation, payload, compartment=SEAT)


def sealed(row: SealedRecord) -> bytes:
    row.refresh_from_db()
    return headers.bare(row) + b"".join(bodies.read(row.body_sha256))


@pytest.mark.parametrize("who", ["jonas", "ada", "petro", "aud"])
def test_nobody_but_the_holder_of_the_present_key_brings_the_next(
    organisation: Organisation, who: str
) -> None:
    with pytest.raises(Refused):
        bring(organisation, address_of(Identity.generate()), by=who, holder="halyna")


def test_whoever_was_let_into_the_seat_by_administrators_alone_brings_no_key(
    organisation: Organisation,
) -> None:
    zoia = organisation.enrol("zoia", SEAT)
    with pytest.raises(WrongState, match="no copy"):
        bring(organisation, address_of(Identity.generate()), by="zoia")
    with pytest.raises(WrongState, match="was not granted"):
        bring(organisation, address_of(Identity.generate()), holder="jonas")
    key = bring(organisation, address_of(Identity.generate()), holder="zoia")
    assert key.held_by_id == zoia.uid
    assert organisation.audit().ok


@pytest.mark.parametrize("wrong", ["age1pq1qqq", "of jonas", "without what signs", "used"])
def test_what_is_no_new_key_of_this_form_is_not_taken(organisation: Organisation, wrong: str) -> None:
    present = RoleKey.objects.get(role="custodian-2")
    texts = {
        "of jonas": f"{present.recipient} {'00' * 32}",
        "without what signs": present.recipient,
        "used": f"{RoleKey.objects.get(role=SEAT).recipient} {'00' * 32}",
    }
    with pytest.raises(WrongState):
        bring(organisation, texts.get(wrong, wrong))
    assert not outside.keys(SEAT).exists()


def test_no_session_ever_opens_what_was_sealed_to_a_key_held_outside(
    organisation: Organisation, settings: Settings
) -> None:
    before, mine = share(organisation, b"of before"), Identity.generate()
    bring(organisation, address_of(mine))
    organisation.publish_manifest(settings)
    after = stored(organisation, b"of after", compartment=SEAT)
    halyna = organisation.fresh_actor("halyna")
    assert open_record(before.uid, actor=halyna, purpose="share", now=organisation.now) == b"of before"
    assert organisation.rewrap(SEAT, by="halyna") == 1
    services.destroy_retired(role=SEAT, actor=halyna, now=organisation.now)
    assert not RoleKeyCopy.objects.filter(role_key__role=SEAT).exists()
    halyna = organisation.fresh_actor("halyna")
    for row in (before, after):
        with pytest.raises(WrongState, match="held outside"):
            open_record(row.uid, actor=halyna, purpose="share", now=organisation.now)
        assert unseal(sealed(row), [mine])
    with pytest.raises(WrongState, match="held outside"):
        rewrapping.begin(role=SEAT, actor=halyna, now=organisation.now)
    with pytest.raises(WrongState, match="held outside"):
        services.share_role_key(role=SEAT, to_staff=halyna.id, actor=halyna, now=organisation.now)
    assert organisation.audit().ok


def test_a_seat_held_outside_goes_on_to_a_successor_by_the_machine_of_the_old_holder_alone(
    organisation: Organisation, settings: Settings
) -> None:
    old, new = Identity.generate(), Identity.generate()
    bring(organisation, address_of(old))
    organisation.publish_manifest(settings)
    organisation.rewrap(SEAT, by="halyna")
    services.destroy_retired(role=SEAT, actor=organisation.actor("halyna"), now=organisation.now)
    kept = share(organisation)
    zoia = organisation.enrol("zoia", SEAT)
    bring(organisation, address_of(new), holder="zoia")
    organisation.publish_manifest(settings)
    late = share(organisation)
    assert (state_of(organisation, "halyna").to_hand_on, state_of(organisation, "halyna").hands_on) == (
        1,
        True,
    )
    assert not state_of(organisation, "zoia").hands_on
    with pytest.raises(WrongState, match="machine of your own"):
        services.headers_to_hand_on(role=SEAT, actor=organisation.fresh_actor("zoia"))
    halyna = organisation.fresh_actor("halyna")
    given = files.unpack(services.headers_to_hand_on(role=SEAT, actor=halyna))
    assert given.headers.keys() == {kept.uid}
    made = anew(given.headers, old, str(new.recipient))
    for wrong in (
        files.pack_anew(made, new),
        files.pack_anew(replace(made, seat="custodian-2"), old),
        files.pack_anew(replace(made, recipient=str(Identity.generate().recipient)), old),
        files.pack_anew(made, old).replace(b"custodian-1", b"custodian-2"),
    ):
        with pytest.raises(WrongState):
            services.hand_on(role=SEAT, raw=wrong, actor=halyna, now=organisation.now)
    raw = files.pack_anew(made, old)
    with pytest.raises(Refused):
        services.hand_on(role=SEAT, raw=raw, actor=organisation.actor("jonas"), now=organisation.now)
    assert services.hand_on(role=SEAT, raw=raw, actor=halyna, now=organisation.now) == 1
    assert services.hand_on(role=SEAT, raw=raw, actor=halyna, now=organisation.now) == 0
    for row in (kept, late):
        assert unseal(sealed(row), [new])
    assert state_of(organisation, "halyna").to_hand_on == 0
    organisation.revoke("halyna", SEAT)
    assert RoleKey.objects.filter(role=SEAT).latest("epoch").stale is None
    with pytest.raises(Refused):
        bring(organisation, address_of(Identity.generate()))
    bring(organisation, address_of(Identity.generate()), by="zoia")
    assert zoia.uid == RoleKey.objects.filter(role=SEAT).latest("epoch").held_by_id
    assert organisation.audit().ok


def test_when_the_only_holder_of_a_key_outside_leaves_the_next_one_is_due(
    organisation: Organisation, settings: Settings
) -> None:
    bring(organisation, address_of(Identity.generate()))
    organisation.publish_manifest(settings)
    organisation.enrol("zoia", SEAT)
    organisation.revoke("halyna", SEAT)
    zoia = organisation.fresh_actor("zoia")
    assert key_states.stale_keys_of(zoia) == [SEAT]
    services.new_epoch(role=SEAT, actor=zoia, now=organisation.now)
    assert RoleKeyCopy.objects.get(role_key__role=SEAT, role_key__epoch=3).staff_id == zoia.id


def anew(given: dict[str, bytes], old: Identity, recipient: str) -> HeadersAnew:
    """What the old holder's machine makes of them."""
    to = [Recipient.parse(recipient)]
    made = {uid: (sha256(header).hex(), rewrap(header, [old], to)) for uid, header in given.items()}
    return HeadersAnew(made, recipient, SEAT, ())
