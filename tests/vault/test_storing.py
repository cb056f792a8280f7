# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sealed records at rest: what may be stored, where it lies, and that its hash is in the ledger."""

import tracemalloc
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from tests.organisation import Organisation
from tests.vault.records import CASE, stored
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.core.sealing.frame import Frame, pack_stream
from watchword.core.sealing.seal import seal, seal_stream
from watchword.journal.events import Event
from watchword.journal.selectors import timeline
from watchword.trust import current
from watchword.vault import bodies, selectors, services
from watchword.vault.models import SealedRecord
from watchword.vault.opening import open_record, open_stream

MEGABYTE = 1 << 20


def store(
    organisation: Organisation,
    sealed: Iterator[bytes] | bytes,
    *,
    compartment: str = "story",
    revision: int = 1,
) -> SealedRecord:
    """As the courier does with what the Gate has sealed."""
    return services.store_sealed(
        case=CASE,
        compartment=compartment,
        kind="attachment",
        revision=revision,
        sealed=sealed,
        written_by="applicant",
        signer=organisation.actor("ada").signer,
        now=organisation.now,
    )


def files(organisation: Organisation) -> list[Path]:
    return [path for path in (organisation.home / "vault").rglob("*") if path.is_file()]


@pytest.mark.parametrize("sealed", [b"", b"plain words", b"age-encryption.org/v1\n-> X25519 cut"])
def test_what_is_not_sealed_is_not_stored(organisation: Organisation, sealed: bytes) -> None:
    with pytest.raises(WrongState, match="not a sealed record"):
        store(organisation, sealed)
    assert files(organisation) == []
    assert timeline(CASE) == []


def test_nobody_outside_the_compartment_can_be_made_a_reader(organisation: Organisation) -> None:
    with pytest.raises(NotPermitted, match="does not read this compartment"):
        services.seal_record(
            case=CASE,
            compartment="story",
            kind="note",
            payload=b"x",
            signer=organisation.actor("ada").signer,
            now=organisation.now,
            readers=["intake", "vetting"],
        )


def test_a_record_without_readers_is_refused(organisation: Organisation) -> None:
    with pytest.raises(WrongState, match="at least one reader"):
        services.seal_record(
            case=CASE,
            compartment="story",
            kind="note",
            payload=b"x",
            signer=organisation.actor("ada").signer,
            now=organisation.now,
            readers=[],
        )


def test_a_compartment_that_the_profile_does_not_know_is_not_found(organisation: Organisation) -> None:
    with pytest.raises(NotFound):
        store(organisation, b"x", compartment="secrets")


def test_nothing_is_sealed_without_a_manifest_in_force(organisation: Organisation) -> None:
    Path(settings.WATCHWORD_MANIFEST).unlink()
    with pytest.raises(WrongState, match="list of keys"):
        stored(organisation, b"story")


def test_the_plaintext_is_nowhere_on_the_disk(organisation: Organisation) -> None:
    stored(organisation, b"a canary in a mine")
    assert all(b"canary" not in path.read_bytes() for path in organisation.home.rglob("*") if path.is_file())


def test_a_body_lies_under_its_hash_readable_by_its_owner_alone(organisation: Organisation) -> None:
    record = stored(organisation, b"story")
    path = bodies.path_of(record.body_sha256)
    assert files(organisation) == [path]
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.stat().st_size == record.body_size


def test_the_hash_of_every_body_is_in_the_ledger(organisation: Organisation) -> None:
    stored(organisation, b"story")
    stored(organisation, b"more", kind="section:skills")
    assert organisation.audit().ok
    (organisation.home / "vault" / "stray").write_bytes(b"nobody recorded this")
    assert not organisation.audit().ok


def test_a_write_that_is_cut_leaves_no_file_and_no_row(organisation: Organisation) -> None:
    def cut() -> Iterator[bytes]:
        yield seal(b"x" * 100, current().recipients(["vetting"]))
        raise ConnectionError

    with pytest.raises(ConnectionError):
        store(organisation, cut())
    assert files(organisation) == []
    assert not SealedRecord.objects.exists()


def test_a_change_that_is_rolled_back_takes_its_ledger_entry_with_it(organisation: Organisation) -> None:
    with transaction.atomic():
        stored(organisation, b"story")
        transaction.set_rollback(True)
    assert timeline(CASE) == []
    assert not SealedRecord.objects.exists()


def test_a_revision_is_stored_once(organisation: Organisation) -> None:
    sealed = seal(b"x", current().recipients(["vetting"]))
    store(organisation, sealed)
    with pytest.raises(WrongState, match="not replaced"):
        store(organisation, sealed)


def test_records_made_here_never_share_a_revision_in_their_compartment(organisation: Organisation) -> None:
    store(organisation, seal(b"x", current().recipients(["vetting"])), revision=4)
    made = [stored(organisation, b"x", kind=kind) for kind in ("proposal", "vote", "vote")]
    assert [record.revision for record in made] == [5, 6, 7]


def test_the_journal_says_who_wrote_what(organisation: Organisation) -> None:
    record = stored(organisation, b"story")
    [moment] = timeline(CASE)
    assert (moment.event, moment.actor) == (Event.SEAL_HASH, organisation.staff["ada"].uid)
    assert moment.payload == {"record": record.uid, "kind": record.kind}


def test_a_hundred_megabytes_go_in_and_out_in_constant_memory(organisation: Organisation) -> None:
    size = 100
    piece = b"\x5a" * MEGABYTE
    framed = pack_stream(Frame(bytes.fromhex(CASE), "story", 1), (piece for _ in range(size)))
    organisation.actor("ada")
    tracemalloc.start()
    record = store(organisation, seal_stream(framed, current().recipients(["vetting"])))
    opened = open_stream(record.uid, actor=organisation.actor("ada"), purpose="reading", now=organisation.now)
    total = sum(len(chunk) for chunk in opened)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert total == size * MEGABYTE
    assert peak < 16 * MEGABYTE


@bounds(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(payload=st.binary(max_size=3000), cuts=st.lists(st.integers(0, 4000), max_size=6))
def test_what_was_stored_in_any_pieces_is_what_is_opened(
    organisation: Organisation, payload: bytes, cuts: list[int]
) -> None:
    revision = SealedRecord.objects.count() + 1
    framed = b"".join(pack_stream(Frame(bytes.fromhex(CASE), "story", revision), [payload]))
    sealed = seal(framed, current().recipients(selectors.readers_of("story")))
    edges = [0, *sorted(cuts), len(sealed)]
    pieces = (sealed[start:end] for start, end in pairwise(edges))
    record = store(organisation, pieces, revision=revision)
    actor = organisation.actor("ada")
    assert open_record(record.uid, actor=actor, purpose="reading", now=organisation.now) == payload
    assert b"".join(open_stream(record.uid, actor=actor, purpose="reading", now=organisation.now)) == payload
