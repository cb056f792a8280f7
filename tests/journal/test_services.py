# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recording and integrating: in the transaction or not at all, exactly once, in each author's order."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from tests.journal.conftest import ADA, BEN, DOV, NOW, Actor, note
from tests.journal.cut import FailingDisk, PowerCut
from watchword.core.ledger.canonical import JSON
from watchword.core.ledger.commitments import case_pseudonym, commit
from watchword.core.ledger.entry import parse_entry
from watchword.core.ledger.errors import Damaged, LedgerError, Malformed
from watchword.core.ledger.tree import leaf_hash
from watchword.core.refusals import WrongState
from watchword.core.sealing.keystore import derived
from watchword.core.sealing.primitives import hmac_sha256
from watchword.journal import selectors, sequencer, services
from watchword.journal.disk import Disk
from watchword.journal.errors import NotIntegrated, NotInTransaction
from watchword.journal.events import Event
from watchword.journal.keyfile import LogKey, read_key_file
from watchword.journal.models import ActorHead, CaseKey, EntryDetail, PendingEntry
from watchword.journal.tilelog import TileLog
from watchword.keystore import services as keystore

pytestmark = pytest.mark.django_db


def logged(log: TileLog) -> list[bytes]:
    with log.exclusive():
        return list(log.entries(0, log.size))


def test_what_is_recorded_is_integrated_once_and_in_order(log: TileLog) -> None:
    nonces = [note(actor) for actor in (ADA, BEN, ADA)]
    assert services.integrate(NOW) == 3
    assert services.integrate(NOW) == 0
    statements = [parse_entry(raw).statement for raw in logged(log)]
    assert [statement.nonce.hex() for statement in statements] == nonces
    assert statements[2].previous == leaf_hash(logged(log)[0])
    assert [moment.index for moment in selectors.timeline(DOV)] == [0, 1, 2]


def test_the_entry_says_nothing_that_the_case_does_not_keep(log: TileLog) -> None:
    note(to="vetting")
    services.integrate(NOW)
    (raw,) = logged(log)
    assert b"vetting" not in raw
    assert DOV.encode() not in raw
    statement, detail = parse_entry(raw).statement, EntryDetail.objects.get()
    key = keystore.secret(CaseKey.objects.get().key)
    assert key
    assert statement.commitment == commit(detail.payload, hmac_sha256(derived(key, "salt"), statement.nonce))
    assert statement.case == case_pseudonym(derived(key, "pseudonym"), bytes.fromhex(DOV))
    assert bytes(detail.salt) == b""


def test_times_are_kept_to_the_minute(log: TileLog) -> None:
    note()
    services.integrate(NOW)
    assert parse_entry(logged(log)[0]).statement.at * 60 == NOW.replace(second=0).timestamp()
    assert selectors.timeline(DOV)[0].at == NOW.replace(second=0)


def test_a_time_without_a_zone_is_refused(key: LogKey) -> None:
    with pytest.raises(Malformed, match="time zone"), transaction.atomic():
        services.record(
            Event.PAD,
            signer=ADA,
            case=None,
            payload={},
            at=datetime(2026, 1, 1),  # noqa: DTZ001 - the point
        )


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_a_transaction(key: LogKey) -> None:
    with pytest.raises(NotInTransaction):
        services.record(Event.PAD, signer=ADA, case=None, payload={}, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_integrated_inside_a_transaction_that_may_still_roll_back(log: TileLog) -> None:
    with transaction.atomic():
        note()
        with pytest.raises(RuntimeError, match="durable"):
            services.integrate(NOW)
    assert logged(log) == []


def test_a_rolled_back_change_leaves_no_entry_and_no_gap(log: TileLog) -> None:
    note()
    with transaction.atomic():
        note()
        transaction.set_rollback(True)
    note()
    assert services.integrate(NOW) == 2
    first, second = logged(log)
    assert parse_entry(second).statement.previous == leaf_hash(first)


@pytest.mark.parametrize(
    "payload",
    [
        {"name": "Dov Example"},
        {"note": "x" * 129},
        {"a b": 1},
        {"list": ["ok", "not ok"]},
        {"deep": {"text": "two words"}},
        {"weight": 0.5},
        {"text": "ім'я"},
        {"odd": object()},
    ],
)
def test_text_that_could_be_about_a_person_is_refused(key: LogKey, payload: dict[str, JSON]) -> None:
    with pytest.raises(Malformed), transaction.atomic():
        services.record(Event.PAD, signer=ADA, case=None, payload=payload, at=NOW)
    assert not PendingEntry.objects.exists()


def test_codes_numbers_and_lists_of_them_are_taken(key: LogKey) -> None:
    with transaction.atomic():
        services.record(
            Event.PAD,
            signer=ADA,
            case=None,
            payload={"record": "ab" * 16, "kinds": ["section:story", 3, None, True], "more": {"to": "board"}},
            at=NOW,
        )


@pytest.mark.parametrize(
    ("event", "public"),
    [
        (Event.PAD, {"note": "x"}),
        (Event.ROLE_GRANT, None),
        (Event.ROLE_GRANT, {"staff": "Dov Example", "role": "board"}),
        (Event.ROLE_GRANT, {"staff": ADA.id, "role": "Head of the board"}),
        (Event.SESSION_OPEN, {"key": b"short", "until": 1}),
        (Event.SESSION_OPEN, {"key": bytes(32), "until": -1}),
    ],
)
def test_public_facts_have_the_fields_and_shapes_of_their_act(
    key: LogKey, event: Event, public: dict[str, services.PublicFact] | None
) -> None:
    with pytest.raises(Malformed), transaction.atomic():
        services.record(event, signer=ADA, case=None, payload={}, at=NOW, public=public, proof="code")


def test_an_actor_or_a_case_with_a_name_is_refused(key: LogKey) -> None:
    for actor, case in ((Actor("ada", b"a" * 32), DOV), (ADA, "the case of Dov")):
        with pytest.raises(Malformed), transaction.atomic():
            services.record(Event.PAD, signer=actor, case=case, payload={}, at=NOW)


def test_the_base_is_the_newest_checkpoint(log: TileLog) -> None:
    note()
    services.integrate(NOW)
    head = selectors.latest_checkpoint().head
    note()
    services.integrate(NOW)
    assert parse_entry(logged(log)[1]).statement.base == head
    assert head.size == 1


def test_without_a_ledger_nothing_is_recorded(settings: Settings, tmp_path: Path) -> None:
    settings.WATCHWORD_LEDGER_DIR = tmp_path / "nowhere"
    with pytest.raises(Damaged):
        note(case=None)
    assert not PendingEntry.objects.exists()


def test_without_a_key_store_nothing_is_recorded_of_a_case(
    log: TileLog, settings: Settings, tmp_path: Path
) -> None:
    settings.WATCHWORD_KEYSTORE_DIR = tmp_path / "nowhere"
    with pytest.raises(WrongState, match="no key store"):
        note()
    assert not PendingEntry.objects.exists()


def test_waiting_returns_the_index_of_a_durable_entry(log: TileLog) -> None:
    first, second = note(), note()
    assert services.wait_until_integrated(second) == 1
    assert services.wait_until_integrated(first) == 0
    assert len(logged(log)) == 2


def test_waiting_for_what_was_never_recorded_is_refused(key: LogKey) -> None:
    with pytest.raises(NotIntegrated):
        services.wait_until_integrated("00" * 16)


def test_waiting_fails_when_the_log_cannot_be_written(key: LogKey, settings: Settings) -> None:
    """What depends on the entry (an opening) must then not happen."""
    nonce = note()
    (Path(settings.WATCHWORD_LEDGER_DIR) / "checkpoint").write_bytes(b"spoilt\n\n")
    with pytest.raises(LedgerError):
        services.wait_until_integrated(nonce)


def test_counts_and_latest_entries(key: LogKey) -> None:
    note()
    note(case="c0" * 16)
    with transaction.atomic():
        services.record(Event.PAD, signer=BEN, case=None, payload={}, at=NOW)
    assert selectors.counts() == {Event.CASE_STAGE: 2, Event.PAD: 1}
    assert selectors.counts(DOV) == {Event.CASE_STAGE: 1}
    assert [moment.event for moment in selectors.latest_entries(2)] == [Event.PAD, Event.CASE_STAGE]
    assert selectors.timeline(DOV)[0].actor == ADA.id


def test_the_founder_opens_the_log(log: TileLog) -> None:
    services.open_log(founder=ADA, at=NOW)
    services.integrate(NOW)
    statement = parse_entry(logged(log)[0]).statement
    assert statement.act is Event.LOG_OPEN
    assert statement.session == ADA.session_public


# The boundary between database and log.


def failing(settings: Settings, fatal: int) -> TileLog:
    disk = FailingDisk(Path(settings.WATCHWORD_LEDGER_DIR), fatal=fatal)
    return TileLog.open(disk, read_key_file(Path(settings.WATCHWORD_LEDGER_KEY)))


def test_a_cut_at_any_step_of_integration_leaves_each_entry_in_the_log_once(
    log: TileLog, settings: Settings
) -> None:
    nonces: list[str] = []
    fatal, cut = 0, True
    while cut:
        fatal += 1
        log.settle()
        nonces += [note(ADA), note(BEN)]
        try:
            sequencer.integrate(failing(settings, fatal), timestamp=0)
            cut = False
        except PowerCut:
            services.integrate(NOW)
        assert [parse_entry(raw).statement.nonce.hex() for raw in logged(log)] == nonces
        indices = PendingEntry.objects.order_by("pk").values_list("leaf_index", flat=True)
        assert list(indices) == list(range(len(nonces)))
    assert fatal > 8


def test_a_cut_between_the_log_and_the_database_is_noticed(log: TileLog) -> None:
    note()
    log.append([bytes(entry.entry) for entry in PendingEntry.objects.all()])
    note()
    assert services.integrate(NOW) == 1
    assert len(logged(log)) == 2
    assert [moment.index for moment in selectors.timeline(DOV)] == [0, 1]


def test_a_restored_older_database_gets_its_lost_entries_back_from_the_log(log: TileLog) -> None:
    note()
    services.integrate(NOW)
    point = transaction.savepoint()
    note()
    services.integrate(NOW)
    lost = logged(log)[1]
    transaction.savepoint_rollback(point)
    assert PendingEntry.objects.count() == 1
    assert services.integrate(NOW) == 0
    assert bytes(PendingEntry.objects.get(leaf_index=1).entry) == lost
    assert bytes(ActorHead.objects.get(actor=ADA.id).entry_hash) == leaf_hash(lost)


def test_a_log_that_forgot_its_end_is_refused(log: TileLog, settings: Settings, tmp_path: Path) -> None:
    note()
    services.integrate(NOW)
    settings.WATCHWORD_LEDGER_DIR = tmp_path / "older"
    TileLog.create(Disk(tmp_path / "older"), read_key_file(Path(settings.WATCHWORD_LEDGER_KEY)))
    note()
    with pytest.raises(Damaged, match="its end is gone"):
        services.integrate(NOW)


def test_a_log_with_another_entry_under_a_known_nonce_is_refused(log: TileLog) -> None:
    note()
    raw = bytes(PendingEntry.objects.get().entry)
    log.append([parse_entry(raw).statement.signed(bytes(64))])
    with pytest.raises(Damaged, match="not the one that was recorded"):
        services.integrate(NOW)


def test_times_of_another_zone_are_the_same_minute(key: LogKey) -> None:
    assert connection.in_atomic_block
    note()
    assert selectors.timeline(DOV)[0].at.astimezone(UTC).minute == 30
