# SPDX-License-Identifier: AGPL-3.0-or-later
"""A new epoch of a role key: headers change, bodies do not, and nothing is lost or done twice on the way."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from pytest_django import Settings

from tests.organisation import ROOTS, Organisation
from tests.vault.records import CASE, OTHER_CASE, put_header, stored
from watchword.accounts import services as accounts
from watchword.accounts.models import RoleKey, RoleKeyCopy, StaffSession
from watchword.accounts.services import rewrapping as runs
from watchword.core.refusals import NotPermitted, WrongState
from watchword.core.sealing.envelope import header_length
from watchword.core.sealing.errors import NoMatchingKey
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.seal import seal
from watchword.core.sealing.unseal import unseal
from watchword.journal.events import Event
from watchword.journal.models import EntryDetail
from watchword.keystore import services as keystore
from watchword.trust.manifest import sign
from watchword.vault import bodies, headers, rewrapping
from watchword.vault.models import SealedRecord, Unopenable
from watchword.vault.opening import open_record
from watchword.vault.selectors import still_to_rewrap
from watchword.vault.services import erase

KINDS = ("section:service", "section:skills", "section:motivation", "section:plans", "section:contact")


def opens(record: SealedRecord, identity: Identity) -> bool:
    record.refresh_from_db()
    sealed = headers.bare(record) + bodies.path_of(record.body_sha256).read_bytes()
    try:
        unseal(sealed, [identity])
    except NoMatchingKey:
        return False
    return True


def identities_of(organisation: Organisation, login: str, role: str) -> list[Identity]:
    """The keys of the role that this person holds, the newest first."""
    keys = organisation.fresh_actor(login).keys
    assert keys is not None
    return keys.identities([role])


def renewed(organisation: Organisation, settings: Settings, role: str = "vetting", by: str = "ada") -> None:
    """The role has a new key, and the signed list names it."""
    organisation.new_epoch(role, by=by)
    organisation.publish_manifest(settings)


def begun(organisation: Organisation, by: str = "ada", session: str = "") -> runs.Run:
    return runs.begin(
        role="vetting", actor=organisation.fresh_actor(by), session=session, now=organisation.now
    )


def going(organisation: Organisation, run: runs.Run) -> Iterator[runs.Progress]:
    return runs.chunks(run, lambda: organisation.now)


def rewrap_entries() -> list[dict[str, object]]:
    rows = EntryDetail.objects.filter(event=Event.HEADER_REWRAP).order_by("pk")
    return [dict(row.payload) for row in rows]


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewrapping.next_chunk, "__kwdefaults__", {"size": 2})


def test_a_new_epoch_shuts_out_the_old_key_and_touches_no_body(
    organisation: Organisation, settings: Settings
) -> None:
    records = [stored(organisation, b"story", kind=kind) for kind in KINDS]
    before = {path: path.read_bytes() for path in vault_files()}
    changed = {path: path.stat().st_mtime_ns for path in vault_files()}
    old = identities_of(organisation, "hugo", "vetting")[0]
    accounts.end_service(
        staff_id=organisation.staff["hugo"].uid,
        reason="moved on",
        actor=organisation.actor("petro"),
        now=organisation.now,
    )
    renewed(organisation, settings)
    assert organisation.rewrap("vetting", by="ada") == len(KINDS)
    assert {path: path.read_bytes() for path in vault_files()} == before
    assert {path: path.stat().st_mtime_ns for path in vault_files()} == changed
    assert not any(opens(record, old) for record in records)
    assert all(opens(record, identities_of(organisation, "ada", "vetting")[0]) for record in records)
    assert organisation.audit().ok


def vault_files() -> list[Path]:
    return [path for path in Path(django_settings.WATCHWORD_VAULT_DIR).rglob("*") if path.is_file()]


def test_other_readers_still_open_what_was_rewrapped(organisation: Organisation, settings: Settings) -> None:
    record = stored(organisation, b"story")
    renewed(organisation, settings)
    organisation.rewrap("vetting", by="ada")
    ben = organisation.fresh_actor("ben")
    assert open_record(record.uid, actor=ben, purpose="reading", now=organisation.now) == b"story"


@pytest.mark.usefixtures("small_chunks")
def test_a_run_that_dies_between_chunks_or_in_one_loses_and_doubles_nothing(
    organisation: Organisation, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [stored(organisation, kind.encode(), kind=kind) for kind in KINDS]
    renewed(organisation, settings)
    dying = going(organisation, begun(organisation))
    assert next(dying) == runs.Progress(2, 5, ended=False)
    with monkeypatch.context() as fatal, suppress(SystemExit), transaction.atomic():
        # In the middle of the second chunk: headers are written, and the power goes before its entry is.
        fatal.setattr(rewrapping, "record", lambda *_, **__: (_ for _ in ()).throw(SystemExit))
        next(dying)
    del dying
    assert still_to_rewrap("vetting", 2).count() == 3
    assert [one.done for one in going(organisation, begun(organisation))] == [2, 3, 3]
    assert sum(int(str(entry["records"])) for entry in rewrap_entries()) == len(KINDS)
    newest = identities_of(organisation, "ada", "vetting")[0]
    assert all(opens(record, newest) for record in records)
    assert organisation.rewrap("vetting", by="ada") == 0
    assert organisation.audit().ok


@pytest.mark.usefixtures("small_chunks")
def test_who_starts_anew_takes_over_and_nothing_is_done_twice(
    organisation: Organisation, settings: Settings
) -> None:
    for kind in KINDS:
        stored(organisation, b"story", kind=kind)
    renewed(organisation, settings)
    first = going(organisation, begun(organisation, by="ada"))
    next(first)
    second = going(organisation, begun(organisation, by="hugo"))
    next(second)
    assert list(first) == []
    assert [one.ended for one in second] == [False, True]
    assert sum(int(str(entry["records"])) for entry in rewrap_entries()) == len(KINDS)


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("why", ["left", "role", "logged out", "locked"])
def test_a_run_ends_with_the_rights_and_the_session_that_it_lives_from(
    organisation: Organisation, settings: Settings, why: str
) -> None:
    for kind in KINDS:
        stored(organisation, b"story", kind=kind)
    renewed(organisation, settings)
    organisation.fresh_actor("hugo")
    session = StaffSession.objects.get(staff=organisation.staff["hugo"])
    running = going(organisation, begun(organisation, by="hugo", session=session.handle))
    next(running)
    if why == "left":
        hugo = organisation.staff["hugo"].uid
        petro = organisation.actor("petro")
        accounts.end_service(staff_id=hugo, reason="x", actor=petro, now=organisation.now)
    elif why == "role":
        organisation.revoke("hugo", "vetting")
    elif why == "logged out":
        StaffSession.objects.filter(staff=organisation.staff["hugo"]).delete()
    else:
        StaffSession.objects.filter(staff=organisation.staff["hugo"]).update(sealed=b"")
    assert list(running) == []
    assert still_to_rewrap("vetting", 2).count() == 3


def test_a_record_that_was_erased_meanwhile_does_not_come_back(
    organisation: Organisation, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, kept = stored(organisation, b"story"), stored(organisation, b"story", case=OTHER_CASE)
    renewed(organisation, settings)
    made = rewrapping._header

    def erased_meanwhile(row: SealedRecord, *words: object) -> object:
        if row.uid == gone.uid:
            erase(case=CASE)
            keystore.finish()
        return made(row, *words)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(rewrapping, "_header", erased_meanwhile)
    organisation.rewrap("vetting", by="ada")
    gone.refresh_from_db()
    assert bytes(gone.header) == b""
    assert opens(kept, identities_of(organisation, "ada", "vetting")[0])
    assert [entry["records"] for entry in rewrap_entries()] == [1]


def test_a_held_record_stays_held_and_a_record_for_fewer_readers_is_left_to_them(
    organisation: Organisation, settings: Settings
) -> None:
    vote = stored(organisation, b"against", compartment="decision", writer="ben", held=True)
    SealedRecord.objects.filter(pk=vote.pk).update(readers=["board"])
    renewed(organisation, settings)
    assert organisation.rewrap("vetting", by="ada") == 0
    renewed(organisation, settings, "board", by="ben")
    assert organisation.rewrap("board", by="eva") == 1
    with pytest.raises(WrongState, match="held back"):
        open_record(vote.uid, actor=organisation.fresh_actor("eva"), purpose="reading", now=organisation.now)
    vetting = identities_of(organisation, "ada", "vetting")
    assert not any(opens(vote, identity) for identity in vetting)


def test_who_does_not_hold_the_role_or_lacks_an_old_key_of_it_cannot_rewrap(
    organisation: Organisation, settings: Settings
) -> None:
    record = stored(organisation, b"story")
    renewed(organisation, settings)
    with pytest.raises(NotPermitted):
        begun(organisation, by="iris")
    with pytest.raises(NotPermitted):
        rewrapping.next_chunk(
            "vetting", since=2, after="", actor=organisation.actor("iris"), now=organisation.now
        )
    RoleKeyCopy.objects.filter(staff=organisation.staff["hugo"], role_key__epoch=1).delete()
    with pytest.raises(WrongState, match="lack an older key"):
        begun(organisation, by="hugo")
    record.refresh_from_db()
    assert record.manifest_version == 1


def test_a_recipient_swapped_in_the_database_is_never_sealed_to(
    organisation: Organisation, settings: Settings
) -> None:
    record = stored(organisation, b"story")
    thief = Identity.generate()
    organisation.new_epoch("vetting", by="ada")
    manifest = organisation.publish_manifest(settings)
    run = begun(organisation)
    RoleKey.objects.filter(role="vetting").update(recipient=str(thief.recipient))
    list(going(organisation, run))
    assert not opens(record, thief)
    with pytest.raises(WrongState, match="older key"):
        begun(organisation)
    Path(django_settings.WATCHWORD_MANIFEST).write_bytes(sign(manifest, ROOTS[:1]))
    with pytest.raises(WrongState, match="list of keys"):
        begun(organisation)


def test_what_no_key_opens_holds_nothing_up_and_what_is_damaged_keeps_the_old_key(
    organisation: Organisation, settings: Settings
) -> None:
    foreign, damaged, good = (stored(organisation, b"story", kind=kind) for kind in KINDS[:3])
    elsewhere = seal(b"not for us", [Identity.generate().recipient])
    put_header(foreign, elsewhere[: header_length(elsewhere)])
    whole = headers.bare(damaged)
    put_header(damaged, whole[:-3] + (b"AAA" if whole[-3:] != b"AAA" else b"BBB"))
    renewed(organisation, settings)
    assert organisation.rewrap("vetting", by="ada") == 3
    assert opens(good, identities_of(organisation, "ada", "vetting")[0])
    assert {row.record_id: row.damaged for row in Unopenable.objects.all()} == {
        foreign.pk: False,
        damaged.pk: True,
    }
    ada = organisation.fresh_actor("ada")
    with pytest.raises(WrongState, match="1 record is damaged"):
        accounts.destroy_retired(role="vetting", actor=ada, now=organisation.now)
    put_header(damaged, whole)
    assert organisation.rewrap("vetting", by="ada") == 1
    assert accounts.destroy_retired(role="vetting", actor=ada, now=organisation.now) == 3
    assert organisation.audit().ok


def test_a_list_that_is_only_renewed_makes_nobody_begin_again(
    organisation: Organisation, settings: Settings
) -> None:
    stored(organisation, b"story")
    renewed(organisation, settings)
    assert organisation.rewrap("vetting", by="ada") == 1
    organisation.publish_manifest(settings)
    assert organisation.rewrap("vetting", by="ada") == 0
    ada = organisation.fresh_actor("ada")
    assert accounts.destroy_retired(role="vetting", actor=ada, now=organisation.now) == 3


def test_what_is_left_to_do_is_known_by_role(organisation: Organisation) -> None:
    stored(organisation, b"story")
    stored(organisation, b"answers", compartment="contact", writer="iris")
    assert still_to_rewrap("vetting", 2).filter(case=CASE).count() == 2
    assert still_to_rewrap("intake", 2).count() == 1
    assert still_to_rewrap("vetting", 1).count() == 0
