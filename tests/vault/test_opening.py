# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one door: who is turned away, that nothing is opened then, and that the ledger knows first."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction

from tests.organisation import Organisation
from tests.vault.records import CASE, OTHER_CASE, count_openings, put_header, stored
from watchword.accounts.rules import Actor
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.core.sealing import unseal
from watchword.journal.errors import NotIntegrated
from watchword.journal.events import Event
from watchword.journal.selectors import timeline
from watchword.keystore import services as keystore
from watchword.vault import bodies, headers, opening, services
from watchword.vault.models import SealedRecord
from watchword.vault.opening import open_record, open_stream, open_together


def open_among_others(record_uid: str, *, actor: Actor, purpose: str, now: datetime) -> bytes:
    """The third door, with one record before it; its refusal is raised like those of the other doors."""
    opened = open_together([record_uid], actor=actor, purpose=purpose, now=now)[record_uid]
    if isinstance(opened, WrongState):
        raise opened
    return opened


DOORS: dict[str, Callable[..., bytes | Iterator[bytes]]] = {
    "whole": open_record,
    "stream": open_stream,
    "together": open_among_others,
}
UNSEALING = ("unseal", "unseal_parts", "unseal_stream")


class Door:
    """Opens through one of the two functions; ``unsealed`` lists what was then unsealed, keys apart."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.unsealed: list[str] = []

    def open(self, record: SealedRecord, organisation: Organisation, login: str) -> bytes:
        actor = organisation.actor(login)
        if actor.keys is not None:
            actor.keys.identities(actor.roles)  # opens the person's copies of role keys, which are no records
        self.unsealed.clear()
        opened = DOORS[self.name](record.uid, actor=actor, purpose="triage", now=organisation.now)
        return opened if isinstance(opened, bytes) else b"".join(opened)


@pytest.fixture(params=sorted(DOORS))
def door(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Door:
    door = Door(request.param)
    for name in UNSEALING:
        monkeypatch.setattr(unseal, name, watching(name, door.unsealed))
    return door


def watching(name: str, called: list[str]) -> Callable[..., object]:
    """The genuine function, which notes that it was called."""
    genuine: Callable[..., object] = getattr(unseal, name)

    def watched(*args: object) -> object:
        called.append(name)
        return genuine(*args)

    return watched


def test_a_reader_gets_what_was_sealed(organisation: Organisation, door: Door) -> None:
    record = stored(organisation, b"I served two years.")
    assert door.open(record, organisation, "ada") == b"I served two years."


@pytest.mark.parametrize("login", ["iris", "cleo", "mira", "aud", "olha"])
def test_a_role_that_does_not_read_the_compartment_is_refused_and_nothing_is_opened(
    organisation: Organisation, door: Door, login: str
) -> None:
    record = stored(organisation, b"story")
    with pytest.raises(NotPermitted, match="not for your role"):
        door.open(record, organisation, login)
    assert door.unsealed == []
    assert count_openings(CASE) == 0


def test_a_role_claimed_without_its_key_opens_nothing(organisation: Organisation, door: Door) -> None:
    record = stored(organisation, b"story")
    organisation.actors["iris"] = replace(organisation.actor("iris"), roles=frozenset({"vetting"}))
    with pytest.raises(WrongState, match="handed over"):
        door.open(record, organisation, "iris")
    assert door.unsealed == []


def test_locked_keys_open_nothing(organisation: Organisation, door: Door) -> None:
    record = stored(organisation, b"story")
    organisation.actors["ada"] = replace(organisation.actor("ada"), keys=None)
    with pytest.raises(NotPermitted, match="locked"):
        door.open(record, organisation, "ada")


def test_a_record_that_is_not_there_is_not_found(organisation: Organisation, door: Door) -> None:
    with pytest.raises(NotFound):
        door.open(SealedRecord(uid="00" * 16), organisation, "ada")


def test_a_held_record_opens_to_its_writer_alone_until_it_is_released(
    organisation: Organisation, door: Door
) -> None:
    vote = stored(organisation, b"against", compartment="decision", writer="ben", held=True)
    assert door.open(vote, organisation, "ben") == b"against"
    with pytest.raises(WrongState, match="held back"):
        door.open(vote, organisation, "eva")
    services.release(records=[vote.uid], signer=organisation.actor("ben").signer, now=organisation.now)
    assert door.open(vote, organisation, "eva") == b"against"


def test_the_entry_is_in_the_tile_log_before_the_plaintext_exists(
    organisation: Organisation, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = stored(organisation, b"story")
    seen: list[int | None] = []
    name = "unseal_stream" if door.name == "stream" else "unseal_parts"
    genuine = getattr(unseal, name)

    def look_first(*args: object) -> object:
        opened = [moment for moment in timeline(CASE) if moment.event is Event.COMPARTMENT_OPEN]
        seen.extend(moment.index for moment in opened)
        return genuine(*args)

    monkeypatch.setattr(unseal, name, look_first)
    door.open(record, organisation, "ada")
    assert len(seen) == 1
    assert seen[0] is not None


def test_when_the_log_cannot_be_written_nothing_is_opened(organisation: Organisation, door: Door) -> None:
    record = stored(organisation, b"story")
    (organisation.home / "ledger").rename(organisation.home / "gone")
    with pytest.raises(Exception, match=r"ledger|log|checkpoint|No such file"):
        door.open(record, organisation, "ada")
    assert door.unsealed == []


def test_when_the_entry_is_not_integrated_nothing_is_opened(
    organisation: Organisation, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = stored(organisation, b"story")
    monkeypatch.setattr("watchword.journal.services.integrate", lambda _now: 0)
    with pytest.raises(NotIntegrated):
        door.open(record, organisation, "ada")
    assert door.unsealed == []


def test_opening_inside_a_transaction_that_could_be_rolled_back_is_impossible(
    organisation: Organisation, door: Door
) -> None:
    record = stored(organisation, b"story")
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        door.open(record, organisation, "ada")


def test_every_opening_is_counted_and_says_who_and_why(organisation: Organisation, door: Door) -> None:
    record = stored(organisation, b"story")
    door.open(record, organisation, "ada")
    door.open(record, organisation, "hugo")
    openings = [moment for moment in timeline(CASE) if moment.event is Event.COMPARTMENT_OPEN]
    assert [moment.actor for moment in openings] == [organisation.staff[name].uid for name in ("ada", "hugo")]
    assert {moment.payload["purpose"] for moment in openings} == {"triage"}
    assert organisation.audit().ok


def swap(one: SealedRecord, other: SealedRecord) -> None:
    """Exchange header and body of two records."""
    for record, source in ((one, other), (other, one)):
        put_header(record, headers.bare(source))
        SealedRecord.objects.filter(pk=record.pk).update(body_sha256=source.body_sha256)


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("another case", (OTHER_CASE, "story", "section:service")),
        ("another compartment", (CASE, "evidence", "section:service")),
        ("another revision", (CASE, "story", "section:skills")),
    ],
)
def test_a_record_in_the_place_of_another_is_refused(
    organisation: Organisation, door: Door, field: str, changed: tuple[str, str, str]
) -> None:
    case, compartment, kind = changed
    one = stored(organisation, b"first")
    other = stored(organisation, b"second", case=case, compartment=compartment, kind=kind)
    swap(one, other)
    for record in (one, other):
        with pytest.raises(WrongState, match=field):
            door.open(record, organisation, "ada")


def test_a_missing_body_is_named_and_no_opening_is_recorded(organisation: Organisation, door: Door) -> None:
    record = stored(organisation, b"story")
    bodies.path_of(record.body_sha256).unlink()
    with pytest.raises(WrongState, match=f"{record.body_sha256} is missing"):
        door.open(record, organisation, "ada")
    assert count_openings(CASE) == 0


@pytest.mark.parametrize("at", [0, 20, -1])
def test_an_altered_body_is_named_and_nothing_is_opened(
    organisation: Organisation, door: Door, at: int
) -> None:
    record = stored(organisation, b"story")
    path = bodies.path_of(record.body_sha256)
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    with pytest.raises(WrongState, match=f"{record.body_sha256} was altered"):
        door.open(record, organisation, "ada")
    assert door.unsealed == []


def test_an_altered_header_is_refused(organisation: Organisation, door: Door) -> None:
    record = stored(organisation, b"story")
    put_header(record, headers.bare(record).replace(b"-> ", b"-> x", 1))
    with pytest.raises(WrongState, match="is not what was stored"):
        door.open(record, organisation, "ada")


def test_a_header_in_the_place_of_another_is_refused_before_any_key_of_a_role_is_tried(
    organisation: Organisation, door: Door
) -> None:
    one, other = stored(organisation, b"one"), stored(organisation, b"two", kind="section:skills")
    SealedRecord.objects.filter(pk=one.pk).update(header=other.header, body_sha256=other.body_sha256)
    with pytest.raises(WrongState, match="is not what was stored"):
        door.open(one, organisation, "ada")


def test_a_header_without_the_key_store_is_of_no_use_to_who_has_the_key_of_the_role(
    organisation: Organisation, door: Door
) -> None:
    record = stored(organisation, b"story")
    assert b"age-encryption.org" not in bytes(record.header)
    keystore.destroy([record.key])
    keystore.finish()
    with pytest.raises(WrongState, match="erased"):
        door.open(record, organisation, "ada")
    assert (door.unsealed, count_openings(CASE)) == ([], 0)


def test_readers_added_to_a_row_gain_nothing(organisation: Organisation, door: Door) -> None:
    record = stored(organisation, b"story")
    SealedRecord.objects.filter(pk=record.pk).update(readers=["intake", "vetting"])
    with pytest.raises(NotPermitted):
        door.open(record, organisation, "iris")


def test_a_reader_to_whom_it_was_never_sealed_is_told_so(organisation: Organisation, door: Door) -> None:
    record = services.seal_record(
        case=CASE,
        compartment="story",
        kind="note",
        payload=b"for the board alone",
        signer=organisation.actor("ben").signer,
        now=organisation.now,
        readers=["board"],
    )
    with pytest.raises(NotPermitted):
        door.open(record, organisation, "ada")
    SealedRecord.objects.filter(pk=record.pk).update(readers=["board", "vetting"])
    with pytest.raises(WrongState, match="None of your keys"):
        door.open(record, organisation, "ada")
    assert door.open(record, organisation, "ben") == b"for the board alone"


def test_unlock_is_for_keys_and_takes_an_identity_not_an_actor(organisation: Organisation) -> None:
    record = stored(organisation, b"story")
    keys = organisation.actor("iris").keys
    assert keys is not None
    sealed = headers.bare(record) + Path(bodies.path_of(record.body_sha256)).read_bytes()
    with pytest.raises(Exception, match="opens"):
        opening.unlock(sealed, keys.identities(["intake"])[0])
    assert str(django_settings.WATCHWORD_VAULT_DIR).startswith(str(organisation.home))


def test_of_many_records_every_entry_is_in_the_tile_log_before_the_first_is_opened(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [stored(organisation, b"one", case=CASE), stored(organisation, b"two", case=OTHER_CASE)]
    ada, now = organisation.actor("ada"), organisation.now
    assert ada.keys is not None
    ada.keys.identities(ada.roles)  # opens her copies of role keys, which are no records
    logged: list[bool] = []
    genuine = unseal.unseal_parts

    def look_first(*args: Any) -> bytes:
        moments = [*timeline(CASE), *timeline(OTHER_CASE)]
        opened = [one.index for one in moments if one.event is Event.COMPARTMENT_OPEN]
        logged.append(len(opened) == 2 and None not in opened)
        return genuine(*args)

    monkeypatch.setattr(unseal, "unseal_parts", look_first)
    opened = open_together([one.uid for one in records], actor=ada, purpose="triage", now=now)
    assert [opened[one.uid] for one in records] == [b"one", b"two"]
    assert logged == [True, True]


def test_one_altered_record_among_many_keeps_none_of_the_others_shut(organisation: Organisation) -> None:
    good, missing, swapped, other = [
        stored(organisation, name, case=CASE, kind=f"section:{name.decode()}")
        for name in (b"good", b"missing", b"swapped", b"other")
    ]
    bodies.path_of(missing.body_sha256).unlink()
    swap(swapped, other)
    ada, now = organisation.actor("ada"), organisation.now
    uids = [good.uid, missing.uid, swapped.uid]
    opened = open_together(uids, actor=ada, purpose="triage", now=now)
    assert opened[good.uid] == b"good"
    assert all(isinstance(opened[uid], WrongState) for uid in uids[1:])
    assert count_openings(CASE) == 2, "what is not there was not opened"


def test_one_record_that_is_not_for_me_among_many_stops_them_all(organisation: Organisation) -> None:
    mine, other = stored(organisation, b"mine"), stored(organisation, b"hit", compartment="screening")
    ada, now = organisation.actor("ada"), organisation.now
    with pytest.raises(NotPermitted):
        open_together([mine.uid, other.uid], actor=ada, purpose="triage", now=now)
    assert count_openings(CASE) == 0
